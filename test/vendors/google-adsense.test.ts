import { expect } from "@open-wc/testing";
import { googleAdsense } from "../../src/vendors/google-adsense.js";
import { catchError } from "../support/catch-error.js";
import { forgetGoogle, layer } from "../support/google-scene.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

const SRC = "https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js";
const paused = () =>
  (window as { adsbygoogle?: { pauseAdRequests?: number } }).adsbygoogle
    ?.pauseAdRequests;

describe("AdSense", () => {
  it("is right in each of the seven states", async () => {
    const loads = [`${SRC}?client=ca-pub-1`];
    expect(
      await sevenStates(() => googleAdsense({ client: "ca-pub-1" }), {
        calls: paused,
        undo: forgetGoogle,
      }),
    ).to.deep.equal({
      "fresh, EU": { loads: [], calls: 1 },
      "returning, granted": { loads, calls: 0 },
      "returning, denied": { loads: [], calls: 1 },
      grant: { loads, calls: 0 },
      revoke: { loads, calls: 1 },
      "grant again": { loads, calls: 0 },
      "GPC, US": { loads: [], calls: 1 },
    });
  });

  it("asks for no ad when its script comes after the yes has ended", async () => {
    const { consent, arrive } = vendorScene(
      googleAdsense({ client: "ca-pub-1" }),
      { isSlow: true },
    );
    layer();
    consent.grantAll();
    consent.denyAll();
    await arrive();
    expect(paused()).to.equal(1);
  });

  it("refuses what is no publisher's id", () => {
    expect(catchError(() => googleAdsense({ client: "pub-1" }))).to.match(
      /^RangeError: consent-elements: client is "pub-1"; write a publisher's id/,
    );
  });
});
