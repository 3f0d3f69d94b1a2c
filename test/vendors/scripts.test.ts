import { expect } from "@open-wc/testing";
import { clarity } from "../../src/vendors/clarity.js";
import { fathom } from "../../src/vendors/fathom.js";
import { fullstory } from "../../src/vendors/fullstory.js";
import { hotjar } from "../../src/vendors/hotjar.js";
import { matomo } from "../../src/vendors/matomo.js";
import { umami } from "../../src/vendors/umami.js";
import type { Vendor } from "../../src/vendors/vendor.js";
import { catchError } from "../support/catch-error.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

const page = globalThis as unknown as Record<string, any>;
const PAQ = "_paq";
const HOTJAR = "_hjSettings";
const CAPTURES = "_fs_capture_on_startup";
const ORG = "_fs_org";

/** What is in the queue that a page's own function keeps. */
const queue = (name: string) => () =>
  (page[name].q as ArrayLike<unknown>[]).map((call) => Array.from(call));

const forget =
  (...names: string[]) =>
  () => {
    for (const name of names) delete page[name];
  };

const denied = { ad_Storage: "denied", analytics_Storage: "denied" };
const granted = { ad_Storage: "granted", analytics_Storage: "granted" };
const statsOnly = { ad_Storage: "denied", analytics_Storage: "granted" };

describe("the vendor clarity", () => {
  beforeEach(() => afterThisTest(forget("clarity")));
  const make = () => clarity({ id: "project" });

  it("is told both answers in the seven states, with the capital S", async () => {
    const loads = ["https://www.clarity.ms/tag/project"];
    const no = ["consentv2", denied];
    const yes = ["consentv2", granted];
    const seen = await sevenStates(make, {
      calls: queue("clarity"),
      undo: forget("clarity"),
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: [no] },
      "returning, granted": { loads, calls: [no, yes] },
      "returning, denied": { loads: [], calls: [no] },
      grant: { loads, calls: [no, yes] },
      revoke: { loads, calls: [no, yes, no] },
      "grant again": { loads, calls: [yes] },
      "GPC, US": { loads, calls: [no, ["consentv2", statsOnly]] },
    });
  });

  it("stops at a no, and begins again without what was kept meanwhile", async () => {
    const { consent } = vendorScene(make(), {
      onLoad: () => {
        const running = (...call: unknown[]) => void running.told.push(call);
        running.told = [] as unknown[];
        running.q = [["event", "during the no"]];
        page.clarity = running;
      },
    });
    consent.grantAll();
    await turn();
    consent.set({ marketing: "denied" });
    consent.withdraw();
    consent.grantAll();
    expect(page.clarity.told).to.deep.equal([
      ["consentv2", statsOnly],
      ["consentv2", denied],
      ["stop"],
      ["start"],
      ["consentv2", granted],
    ]);
    expect(page.clarity.q).to.deep.equal([]);
  });

  it("takes a store that does not ask about advertising for a no to it", async () => {
    const { consent } = vendorScene(make(), {
      store: { purposes: ["analytics"] },
    });
    consent.grantAll();
    await turn();
    expect(queue("clarity")().at(-1)).to.deep.equal(["consentv2", statsOnly]);
  });
});

describe("the vendor fullstory", () => {
  it("is held, started and shut down in the seven states", async () => {
    const loads = ["https://edge.fullstory.com/s/fs.js"];
    const undo = forget(
      "FS",
      CAPTURES,
      "_fs_host",
      "_fs_script",
      ORG,
      "_fs_namespace",
    );
    const seen = await sevenStates(() => fullstory({ org: "o-1" }), {
      calls: () => [page[CAPTURES], page[ORG], ...queue("FS")()],
      undo,
    });
    const held = [false, "o-1", ["shutdown"]];
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: held },
      "returning, granted": { loads, calls: [...held, ["start"]] },
      "returning, denied": { loads: [], calls: held },
      grant: { loads, calls: [...held, ["start"]] },
      revoke: { loads, calls: [...held, ["start"], ["shutdown"]] },
      "grant again": {
        loads,
        calls: [...held, ["start"], ["shutdown"], ["start"]],
      },
      "GPC, US": { loads, calls: [...held, ["start"]] },
    });
  });
});

describe("the vendor hotjar", () => {
  it("has no call: it is loaded at a yes, and needs a new page after a no", async () => {
    const make = () => hotjar({ id: 42 });
    const loads = ["https://static.hotjar.com/c/hotjar-42.js?sv=6"];
    const calls = { hjid: 42, hjsv: 6 };
    const seen = await sevenStates(make, {
      calls: () => page[HOTJAR],
      undo: forget("hj", HOTJAR),
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls },
      "returning, granted": { loads, calls },
      "returning, denied": { loads: [], calls },
      grant: { loads, calls },
      revoke: { loads, calls },
      "grant again": { loads, calls },
      "GPC, US": { loads, calls },
    });
    expect(make().needsReload).to.equal(true);
  });
});

describe("the vendor matomo", () => {
  const make = () => matomo({ url: "https://stats.shop.test/", siteId: 7 });
  beforeEach(() => afterThisTest(forget(PAQ)));

  it("requires consent first, and is given it on every page, in the seven states", async () => {
    const loads = ["https://stats.shop.test/matomo.js"];
    const no = [["requireConsent"]];
    const yes = [
      ...no,
      ["setTrackerUrl", "https://stats.shop.test/matomo.php"],
      ["setSiteId", "7"],
      ["setConsentGiven"],
    ];
    const gone = [["forgetConsentGiven", 1], ["deleteCookies"]];
    const seen = await sevenStates(make, {
      calls: () => page[PAQ],
      undo: forget(PAQ),
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: no },
      "returning, granted": { loads, calls: yes },
      "returning, denied": { loads: [], calls: no },
      grant: { loads, calls: yes },
      revoke: { loads, calls: [...yes, ...gone] },
      "grant again": {
        loads,
        calls: [...yes, ...gone, ["trackPageView"], ["setConsentGiven"]],
      },
      "GPC, US": { loads, calls: yes },
    });
  });

  it("comes before what the page has said already", () => {
    page[PAQ] = [["trackPageView"]];
    vendorScene(make());
    expect(page[PAQ]).to.deep.equal([["requireConsent"], ["trackPageView"]]);
  });

  it("sends what waits at a yes, and forgets it at a no", async () => {
    const { consent } = vendorScene(make());
    page[PAQ].push(["trackPageView"], ["setDocumentTitle", "Shoes"]);
    consent.denyAll();
    expect(page[PAQ]).to.deep.equal([
      ["requireConsent"],
      ["setDocumentTitle", "Shoes"],
    ]);
  });
});

for (const [name, make, flag, src, mark] of [
  [
    "umami",
    umami,
    "umami.disabled",
    "https://cloud.umami.is/script.js",
    "data-website-id",
  ],
  [
    "fathom",
    fathom,
    "blockFathomTracking",
    "https://cdn.usefathom.com/script.js",
    "data-site",
  ],
] as const)
  describe(`the vendor ${name}`, () => {
    const undo = () => localStorage.removeItem(flag);
    beforeEach(() => afterThisTest(undo));

    it("is loaded at a yes and kept still by its flag after a no, in the seven states", async () => {
      const seen = await sevenStates(() => make({ id: "site" }), {
        calls: () => localStorage.getItem(flag),
        undo,
      });
      const loads = [src];
      expect(seen).to.deep.equal({
        "fresh, EU": { loads: [], calls: null },
        "returning, granted": { loads, calls: null },
        "returning, denied": { loads: [], calls: null },
        grant: { loads, calls: null },
        revoke: { loads, calls: "consent-elements" },
        "grant again": { loads, calls: null },
        "GPC, US": { loads, calls: null },
      });
    });

    it("leaves a flag alone that the visitor has set", () => {
      localStorage.setItem(flag, "1");
      const { consent } = vendorScene(make({ id: "site" }));
      consent.grantAll();
      expect(localStorage.getItem(flag)).to.equal("1");
      consent.withdraw();
      expect(localStorage.getItem(flag)).to.equal("1");
    });

    it("names the site on its script", async () => {
      const given: unknown[] = [];
      await make({ id: "site" }).grant({
        signal: new AbortController().signal,
        load: async (...details) => void given.push(...details),
      });
      expect(given).to.deep.equal([src, { defer: "", [mark]: "site" }]);
    });
  });

describe("a vendor by its script", () => {
  const makers: Record<string, [(options: any) => Vendor, object]> = {
    clarity: [clarity, { id: "a" }],
    fathom: [fathom, { id: "a" }],
    fullstory: [fullstory, { org: "a" }],
    hotjar: [hotjar, { id: 1 }],
    matomo: [matomo, { url: "https://stats.shop.test", siteId: 1 }],
    umami: [umami, { id: "a" }],
  };
  for (const [name, [make, good]] of Object.entries(makers))
    it(`${name} refuses an option that there is not, a missing one, and what is no address`, () => {
      expect(make(good).name).to.equal(name);
      for (const [given, message] of [
        [{ ...good, colour: 1 }, /TypeError: .*option is \["colour"\]/],
        [{}, /TypeError: .*; write /],
        [{ ...good, src: "javascript:1" }, /RangeError: .*src is .*; write /],
        [{ ...good, purpose: "" }, /TypeError: .*purpose is null/],
      ] as const)
        expect(catchError(() => make(given))).to.match(message);
    });
});
