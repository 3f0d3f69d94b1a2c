import { expect } from "@open-wc/testing";
import {
  googleStateConsent,
  type GoogleStateOptions,
} from "../../src/cmps/google-state.js";
import type { OtherConsent } from "../../src/cmps/other-consent.js";
import { catchError } from "../support/catch-error.js";
import { collectChanges } from "../support/collect-changes.js";
import { afterThisTest } from "../support/undo.js";
import { turn } from "../support/turn.js";

const page = window as unknown as { dataLayer?: unknown[] };

/** What Google's snippet defines: the entry is an arguments object, since an array would be none. */
const gtag: (...entry: unknown[]) => void = function () {
  (page.dataLayer ??= []).push(arguments);
};

const YES = {
  analytics_storage: "granted",
  ad_storage: "granted",
  ad_user_data: "granted",
  ad_personalization: "granted",
  functionality_storage: "granted",
  personalization_storage: "granted",
};
const NO = Object.fromEntries(Object.keys(YES).map((key) => [key, "denied"]));

const NAMES = ["functional", "analytics", "marketing"];
const granted = (consent: OtherConsent) =>
  NAMES.filter((name) => consent.isGranted(name));

/** The store, after what was in the data layer has been taken in. */
async function follow(
  options: Partial<GoogleStateOptions> = {},
): Promise<OtherConsent> {
  const consent = googleStateConsent(options);
  afterThisTest(() => consent.stop());
  await turn();
  return consent;
}

beforeEach(() => {
  delete page.dataLayer;
});
after(() => {
  delete page.dataLayer;
});

describe("the state of Google's Consent Mode in place of our banner", () => {
  it("has granted nothing, and asks for no banner, without an entry", async () => {
    const consent = await follow();
    expect(granted(consent)).to.deep.equal([]);
    expect(consent.isReady).to.equal(false);
    expect(consent.needsChoice).to.equal(false);
  });

  it("is read from the entries that are there, and then followed", async () => {
    gtag("consent", "default", NO);
    gtag("consent", "update", { analytics_storage: "granted" });
    const consent = await follow();
    expect(granted(consent)).to.deep.equal(["analytics"]);
    gtag("consent", "update", YES);
    expect(granted(consent)).to.deep.equal(NAMES);
    gtag("consent", "update", { ad_user_data: "denied" });
    expect(granted(consent)).to.deep.equal(["functional", "analytics"]);
    gtag("consent", "update", NO);
    expect(granted(consent)).to.deep.equal([]);
  });

  for (const [what, push] of [
    ["a default", () => gtag("consent", "default", YES)],
    [
      "an array, which Google's tag does not read",
      () => (page.dataLayer ??= []).push(["consent", "update", YES]),
    ],
    [
      "an object with numbers",
      () =>
        (page.dataLayer ??= []).push({
          0: "consent",
          1: "update",
          2: YES,
          length: 3,
        }),
    ],
    ["another command", () => gtag("event", "update", YES)],
    ["another kind", () => gtag("consent", "declare", YES)],
    [
      "an update for a region",
      () => gtag("consent", "update", { ...YES, region: ["US"] }),
    ],
    [
      "another word than granted",
      () => gtag("consent", "update", { analytics_storage: true }),
    ],
    ["no types", () => gtag("consent", "update")],
  ] as [string, () => void][])
    it(`takes ${what} for no yes`, async () => {
      push();
      const consent = await follow();
      push();
      await turn();
      expect(granted(consent)).to.deep.equal([]);
    });

  it("waits on after a default, which answers nothing, and takes no yes from it beside an update", async () => {
    gtag("consent", "default", YES);
    const consent = await follow();
    expect(consent.isReady).to.equal(false);
    gtag("consent", "update", { analytics_storage: "granted" });
    await consent.ready;
    expect(granted(consent)).to.deep.equal(["analytics"]);
  });

  it("takes defaults for an answer where the site says so", async () => {
    gtag("consent", "default", YES);
    const consent = await follow({ trustDefaults: true });
    expect(granted(consent)).to.deep.equal(NAMES);
    gtag("consent", "update", { analytics_storage: "denied" });
    expect(granted(consent)).to.deep.equal(["functional", "marketing"]);
  });

  it("does not take a yes of the defaults where one for a region says no, until an update", async () => {
    gtag("consent", "default", YES);
    gtag("consent", "default", { ...NO, region: ["DE", "FR"] });
    const consent = await follow({ trustDefaults: true });
    expect(granted(consent)).to.deep.equal([]);
    gtag("consent", "default", YES);
    expect(granted(consent)).to.deep.equal([]);
    gtag("consent", "update", { analytics_storage: "granted" });
    expect(granted(consent)).to.deep.equal(["analytics"]);
  });

  it("does not take a yes for a region", async () => {
    gtag("consent", "default", { ...YES, region: ["US"] });
    const consent = await follow({ trustDefaults: true });
    expect(granted(consent)).to.deep.equal([]);
  });

  it("leaves the data layer the array that it is, and its push what it was", async () => {
    const layer: unknown[] = (page.dataLayer = [{ event: "first" }]);
    const passed: unknown[][] = [];
    const push = (...entries: unknown[]) => {
      passed.push(entries);
      return Array.prototype.push.apply(layer, entries);
    };
    layer.push = push;
    const consent = await follow();
    expect(page.dataLayer).to.equal(layer);
    expect(layer.push({ event: "second" }, { event: "third" })).to.equal(3);
    expect(passed).to.deep.equal([[{ event: "second" }, { event: "third" }]]);
    expect(Object.keys(layer)).to.deep.equal(["0", "1", "2", "push"]);
    consent.stop();
    expect(layer.push).to.equal(push);
  });

  it("adds nothing to an array that a page goes through, and takes itself away again", async () => {
    page.dataLayer = [];
    const consent = await follow();
    expect(Object.keys(page.dataLayer)).to.deep.equal([]);
    consent.stop();
    expect(Object.hasOwn(page.dataLayer, "push")).to.equal(false);
  });

  it("goes on where a tag manager has wrapped push in turn, and follows nothing after the end", async () => {
    page.dataLayer = [];
    const layer = page.dataLayer;
    const consent = await follow();
    const ours = layer.push;
    const theirs = (...entries: unknown[]) => ours.apply(layer, entries);
    layer.push = theirs;
    gtag("consent", "update", { analytics_storage: "granted" });
    await consent.ready;
    expect(granted(consent)).to.deep.equal(["analytics"]);
    consent.stop();
    gtag("consent", "update", YES);
    expect(layer).to.have.length(2);
    expect(layer.push).to.equal(theirs);
    expect(granted(consent)).to.deep.equal(["analytics"]);
  });

  it("passes the page's entry on although a listener of ours throws", async () => {
    const consent = await follow();
    consent.report = () => {};
    const broken = new Proxy(
      {},
      {
        ownKeys() {
          throw Error("broken");
        },
      },
    );
    expect(() => gtag("consent", "update", broken)).not.to.throw();
    expect(page.dataLayer).to.have.length(1);
  });

  it("says its first answer as heard, later changes as decisions, and the same once more not at all", async () => {
    const consent = await follow();
    const changes = collectChanges(consent);
    gtag("consent", "update", { analytics_storage: "granted" });
    await consent.ready;
    gtag("consent", "update", { analytics_storage: "granted" });
    gtag("consent", "update", { analytics_storage: "denied" });
    expect(
      changes.map(({ source, changed }) => `${source}: ${changed}`),
    ).to.deep.equal([`tab: ${NAMES}`, "import: analytics"]);
  });

  it("reads a data layer of another name, and purposes of the site's own", async () => {
    const own = window as unknown as { layer?: unknown[] };
    afterThisTest(() => {
      delete own.layer;
    });
    const consent = await follow({
      dataLayer: "layer",
      purposes: { statistics: ["analytics_storage", "ad_user_data"] },
    });
    page.dataLayer = own.layer!;
    gtag("consent", "update", { analytics_storage: "granted" });
    await consent.ready;
    expect(consent.isGranted("statistics")).to.equal(false);
    gtag("consent", "update", { ad_user_data: "granted" });
    expect(consent.isGranted("statistics")).to.equal(true);
  });

  for (const [what, options, message] of [
    [
      "a purpose without types",
      { purposes: { analytics: [] } },
      "RangeError: consent-elements: analytics is",
    ],
    [
      "a type that there is not",
      { purposes: { analytics: ["analytics"] } },
      "RangeError: consent-elements: analytics is",
    ],
    [
      "no purposes",
      { purposes: {} },
      "TypeError: consent-elements: purposes is null",
    ],
    [
      "an option that there is not",
      { region: "US" },
      "TypeError: consent-elements: an option",
    ],
    [
      "a data layer without a name",
      { dataLayer: "" },
      "TypeError: consent-elements: dataLayer",
    ],
    [
      "a data layer that is no array",
      { dataLayer: "location" },
      "TypeError: consent-elements: location",
    ],
  ] as [string, object, string][])
    it(`refuses ${what}`, () => {
      expect(catchError(() => googleStateConsent(options as never))).to.contain(
        message,
      );
    });
});
