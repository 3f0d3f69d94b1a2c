import { expect } from "@open-wc/testing";
import { hubspot } from "../../src/vendors/hubspot.js";
import { intercom } from "../../src/vendors/intercom.js";
import { microsoftUet } from "../../src/vendors/microsoft-uet.js";
import { tiktok } from "../../src/vendors/tiktok.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

// Vendors that have a queue or a stub of a shape of their own.

type Calls = { push(...call: unknown[]): unknown };
const page = globalThis as unknown as Record<string, any>;
const NAMES = [
  "uetq",
  "UET",
  "ttq",
  "TiktokAnalyticsObject",
  "_hsp",
  "_hsq",
  "disableHubSpotCookieBanner",
  "Intercom",
  "intercomSettings",
];
const undo = () => {
  for (const name of NAMES) delete page[name];
};
beforeEach(() => afterThisTest(undo));

describe("Microsoft UET", () => {
  /** What was pushed and when the script came, in order. */
  let told: unknown[] = [];
  const make = () => microsoftUet({ tagId: "7" });
  const src = "https://bat.bing.com/bat.js";

  /** Stands for bat.js: an object takes the place of the array, and plays what that held. */
  const batJs = () => {
    page.UET = class {
      constructor({ q, ...options }: { q: unknown[] }) {
        told.push(...q, options);
      }
      push(...call: unknown[]) {
        told.push(...call);
      }
    };
  };
  const calls = () => (Array.isArray(page.uetq) ? page.uetq : told);
  const undoBoth = () => {
    told = [];
    undo();
  };
  beforeEach(undoBoth);

  const no = ["consent", "default", { ad_storage: "denied" }];
  const yes = ["consent", "update", { ad_storage: "granted" }];
  const began = [{ ti: "7", enableAutoSpaTracking: false }, "pageLoad"];
  const noMore = ["consent", "update", { ad_storage: "denied" }];

  it("is told the same in each of the seven states, flat", async () => {
    const seen = await sevenStates(make, {
      calls,
      undo: undoBoth,
      onLoad: batJs,
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: no },
      "returning, granted": {
        loads: [src],
        calls: [...no, ...yes, ...began],
      },
      "returning, denied": { loads: [], calls: no },
      grant: { loads: [src], calls: [...no, ...yes, ...began] },
      revoke: { loads: [src], calls: [...no, ...yes, ...began, ...noMore] },
      "grant again": {
        loads: [src],
        calls: [...no, ...yes, ...began, ...noMore, ...yes],
      },
      "GPC, US": { loads: [], calls: no },
    });
  });

  it("does not get what the page pushed before the yes", () => {
    const { consent } = vendorScene(make(), { isSlow: true });
    (page.uetq as Calls).push("event", "purchase", {});
    consent.grantAll();
    expect(page.uetq).to.deep.equal([...no, ...yes]);
    (page.uetq as Calls).push("event", "purchase", {});
    consent.denyAll();
    expect(page.uetq).to.deep.equal(no);
  });

  it("that the page has loaded itself is told of, and left alone", () => {
    const own = (page.uetq = { push() {} });
    const { consent, errors, loads } = vendorScene(make());
    consent.grantAll();
    expect(`${errors[0]}`).to.match(/the page has loaded bat.js itself/);
    expect([loads, page.uetq]).to.deep.equal([[], own]);
  });

  it("whose script brings nothing is an error, and off", async () => {
    const { errors } = vendorScene(make(), {
      before: (consent) => consent.grantAll(),
    });
    await turn();
    expect(errors).to.have.length(1);
  });

  it("names what it keeps, and that a no needs a new page", () => {
    const { stores, needsReload, purposes } = make();
    const names = [
      "_uetsid",
      "_uetsid_exp",
      "_uetvid",
      "_uetvid_exp",
      "_uetmsclkid",
    ];
    expect([stores, needsReload, purposes]).to.deep.equal([
      { cookies: names, local: names },
      true,
      ["marketing"],
    ]);
  });
});

describe("the TikTok Pixel", () => {
  const make = () => tiktok({ pixelId: "C8" });
  const src =
    "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C8&lib=ttq";
  const calls = () => [...page.ttq];
  const began = [["holdConsent"], ["grantConsent"], ["page"]];

  it("is told the same in each of the seven states", async () => {
    const seen = await sevenStates(make, { calls, undo });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: [["holdConsent"]] },
      "returning, granted": { loads: [src], calls: began },
      "returning, denied": { loads: [], calls: [["holdConsent"]] },
      grant: { loads: [src], calls: began },
      revoke: {
        loads: [src],
        calls: [...began, ["revokeConsent"], ["disableCookie"]],
      },
      "grant again": {
        loads: [src],
        calls: [
          ...began,
          ["revokeConsent"],
          ["disableCookie"],
          ["enableCookie"],
          ["grantConsent"],
        ],
      },
      "GPC, US": { loads: [], calls: [["holdConsent"]] },
    });
  });

  it("has the stub that its script looks for", () => {
    vendorScene(make(), { before: (consent) => consent.grantAll() });
    const { ttq } = page;
    expect(ttq.methods).to.include.members([
      "holdConsent",
      "grantConsent",
      "revokeConsent",
    ]);
    for (const method of ttq.methods) expect(ttq[method]).to.be.a("function");
    expect(page.TiktokAnalyticsObject).to.equal("ttq");
    expect(Object.keys(ttq["_i"])).to.deep.equal(["C8"]);
    expect(ttq["_i"].C8["_u"]).to.equal(
      "https://analytics.tiktok.com/i18n/pixel/events.js",
    );
    expect(ttq["_t"].C8).to.be.a("number");
    expect(ttq["_o"].C8).to.deep.equal({});
    ttq.instance("C8").track("Subscribe");
    expect([...ttq["_i"].C8]).to.deep.equal([["track", "Subscribe"]]);
  });

  it("does not get what the page called before the yes, or after a no", () => {
    const { consent } = vendorScene(make(), { isSlow: true });
    page.ttq.track("Purchase");
    consent.grantAll();
    expect(calls()).to.deep.equal(began);
    page.ttq.track("Purchase");
    consent.denyAll();
    expect(calls()).to.deep.equal([["holdConsent"]]);
  });

  it("of a page's own that knows no consent is told of, and left alone", () => {
    page.ttq = Object.assign([], { methods: ["page"] });
    const { consent, errors, loads } = vendorScene(make());
    consent.grantAll();
    expect(`${errors[0]}`).to.match(/a window.ttq without holdConsent/);
    expect(loads).to.deep.equal([]);
  });
});

describe("HubSpot", () => {
  const make = () => hubspot({ portalId: "9" });
  const src = "https://js.hs-scripts.com/9.js";
  const calls = () => [...page["_hsp"], ...(page["_hsq"] ?? [])];
  const may = (
    analytics: boolean,
    advertisement: boolean,
    functionality: boolean,
  ) => ["setHubSpotConsent", { analytics, advertisement, functionality }];
  const none = may(false, false, false);
  const all = may(true, true, true);
  const follow = ["doNotTrack", { track: true }];

  it("is told whole objects in each of the seven states", async () => {
    const seen = await sevenStates(make, { calls, undo });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: [none] },
      "returning, granted": { loads: [src], calls: [none, all, follow] },
      "returning, denied": { loads: [], calls: [none, none] },
      grant: { loads: [src], calls: [none, all, follow] },
      revoke: {
        loads: [src],
        calls: [
          none,
          all,
          none,
          ["revokeCookieConsent"],
          follow,
          ["doNotTrack"],
        ],
      },
      "grant again": {
        loads: [src],
        calls: [
          none,
          all,
          none,
          ["revokeCookieConsent"],
          all,
          follow,
          ["doNotTrack"],
          follow,
        ],
      },
      // What nobody was asked about is a yes in that mode; the signal's no to marketing stands.
      "GPC, US": { loads: [], calls: [none, may(true, false, true)] },
    });
  });

  it("hears of a purpose that it does not wait for", () => {
    const { consent, loads } = vendorScene(make());
    consent.set({ analytics: "granted" });
    expect(loads).to.deep.equal([]);
    expect(page["_hsp"].at(-1)).to.deep.equal(may(true, false, false));
  });

  it("takes a purpose that nobody is asked about for a no", () => {
    vendorScene(hubspot({ portalId: "9", functionality: "chat" }), {
      before: (consent) => consent.grantAll(),
    });
    expect(page["_hsp"].at(-1)).to.deep.equal(may(true, true, false));
  });

  it("keeps its own banner away, and comes from where the site says", () => {
    const { loads } = vendorScene(
      hubspot({ portalId: "9", src: "https://js-eu1.hs-scripts.com/9.js" }),
      { before: (consent) => consent.grantAll() },
    );
    expect(page.disableHubSpotCookieBanner).to.equal(true);
    expect(loads).to.deep.equal(["https://js-eu1.hs-scripts.com/9.js"]);
  });

  it("does not get what the page pushed before the yes", () => {
    page["_hsq"] = [["identify", { email: "a@b.test" }]];
    const { consent } = vendorScene(make());
    consent.grantAll();
    expect(page["_hsq"]).to.deep.equal([follow]);
  });
});

describe("Intercom", () => {
  const make = () =>
    intercom({ appId: "a10", settings: { alignment: "left" } });
  const src = "https://widget.intercom.io/widget/a10";
  const settings = { alignment: "left", app_id: "a10" };
  let told: unknown[][] = [];
  /** Stands for Intercom's script: its own function takes the place of the stub, and plays what that held. */
  const widget = () => {
    told.push(
      ...page.Intercom.q.map((call: ArrayLike<unknown>) => Array.from(call)),
    );
    page.Intercom = (...call: unknown[]) => told.push(call);
  };
  const undoBoth = () => {
    told = [];
    undo();
  };
  beforeEach(undoBoth);

  it("is told the same in each of the seven states", async () => {
    const boot = ["boot", settings];
    const seen = await sevenStates(make, {
      calls: () => told,
      undo: undoBoth,
      onLoad: widget,
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: [] },
      "returning, granted": { loads: [src], calls: [boot] },
      "returning, denied": { loads: [], calls: [] },
      grant: { loads: [src], calls: [boot] },
      revoke: { loads: [src], calls: [boot, ["shutdown"]] },
      "grant again": { loads: [src], calls: [boot, ["shutdown"], boot] },
      "GPC, US": { loads: [src], calls: [boot] },
    });
  });

  it("leaves nothing of the page's for a later yes", async () => {
    const { consent, arrive } = vendorScene(make(), {
      isSlow: true,
      onLoad: widget,
    });
    page.Intercom("show");
    consent.grantAll();
    page.Intercom("trackEvent", "one");
    expect(page.intercomSettings).to.deep.equal(settings);
    consent.denyAll();
    page.Intercom("trackEvent", "two");
    expect(page.intercomSettings).to.equal(undefined);
    consent.grantAll();
    await arrive();
    expect(told).to.deep.equal([["boot", settings]]);
  });
});

describe("these vendors", () => {
  it("need their ids", () => {
    for (const [make, message] of [
      [() => microsoftUet({}), /tagId is null; write a text/],
      [() => tiktok({}), /pixelId is null; write a text/],
      [() => hubspot({}), /portalId is null; write a text/],
      [() => intercom({}), /appId is null; write a text/],
    ] as const)
      expect(make).to.throw(message);
  });
});
