import { expect } from "@open-wc/testing";
import { attach } from "../../src/vendors/attach.js";
import { googleTagManager } from "../../src/vendors/google-tag-manager.js";
import { catchError } from "../support/catch-error.js";
import {
  ALL,
  forgetGoogle,
  layer,
  readLayer,
  told,
} from "../support/google-scene.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

const GTM = "https://www.googletagmanager.com/gtm.js";
const START = ["default: none", "set ads_data_redaction true"];
const GTM_START = '{"gtm.start":"now","event":"gtm.js"}';
const onLoad = () => readLayer();

/** The event that triggers of the container hear. */
const event = (analytics: string, marketing = analytics) =>
  JSON.stringify({
    event: "consent_elements_update",
    consent_elements: {
      necessary: "granted",
      functional: analytics,
      analytics,
      marketing,
    },
  });

describe("Google Tag Manager", () => {
  it("is right in each of the seven states", async () => {
    const loads = [`${GTM}?id=GTM-1`];
    const yes = [`update: ${ALL}`, event("granted"), GTM_START];
    const no = ["update: none", event("denied")];
    expect(
      await sevenStates(() => googleTagManager({ containerId: "GTM-1" }), {
        calls: () => told().slice(2),
        undo: forgetGoogle,
        onLoad,
      }),
    ).to.deep.equal({
      "fresh, EU": { loads: [], calls: [] },
      "returning, granted": { loads, calls: yes },
      "returning, denied": { loads: [], calls: no },
      grant: { loads, calls: yes },
      revoke: { loads, calls: [...yes, ...no] },
      "grant again": {
        loads,
        calls: [...yes, ...no, `update: ${ALL}`, event("granted")],
      },
      "GPC, US": {
        loads,
        calls: [
          "update: analytics_storage functionality_storage personalization_storage",
          event("granted", "denied"),
          GTM_START,
        ],
      },
    });
  });

  it("hears the default before the container starts, in the queue that the site names", () => {
    const { loads } = vendorScene(
      googleTagManager({ containerId: "GTM-1", layer: "events" }),
      { before: (consent) => consent.grantAll() },
    );
    expect(told(layer("events"))).to.deep.equal([
      ...START,
      `update: ${ALL}`,
      event("granted"),
      GTM_START,
    ]);
    expect(loads).to.deep.equal([`${GTM}?id=GTM-1&l=events`]);
  });

  it("announces a decision once, to two containers too, which are scripts of their own", () => {
    const { consent } = vendorScene(googleTagManager({ containerId: "GTM-1" }));
    const loads: string[] = [];
    const detach = attach(consent, googleTagManager({ containerId: "GTM-2" }), {
      load: async (src) => void loads.push(src),
    });
    for (let i = 0; i < 3; i++) consent.grantAll();
    expect(
      told().filter((entry) => entry.includes("consent_elements")),
    ).to.deep.equal([event("granted")]);
    expect(loads).to.deep.equal([`${GTM}?id=GTM-2`]);
    detach();
  });

  it("does not start for a yes that ended on the way", async () => {
    const { consent, arrive } = vendorScene(
      googleTagManager({ containerId: "GTM-1" }),
      {
        isSlow: true,
      },
    );
    consent.grantAll();
    consent.denyAll();
    await arrive();
    expect(told().slice(2)).to.deep.equal([
      `update: ${ALL}`,
      "update: none",
      event("denied"),
    ]);
  });

  it("says that only a new page stops it", () => {
    expect(googleTagManager({ containerId: "GTM-1" }).needsReload).to.equal(
      true,
    );
  });

  it("refuses what is no container's id", () => {
    expect(catchError(() => googleTagManager({ containerId: "G-1" }))).to.equal(
      'RangeError: consent-elements: containerId is "G-1"; write a container\'s id: GTM-XXXXXXX',
    );
  });
});
