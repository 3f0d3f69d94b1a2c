import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import {
  newTracker,
  trackPageView,
  type TrackerConfiguration,
} from "../../src/dialects/snowplow.js";
import { catchError } from "../support/catch-error.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { fakeFetch } from "../support/fake-fetch.js";
import { fakeTimers } from "../support/fake-timers.js";
import { stubProperty } from "../support/stub-property.js";
import {
  ENDPOINT,
  newName,
  nextTracker,
  snowplowScene as scene,
} from "../support/snowplow-scene.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

const errorOf = (configuration: unknown) =>
  catchError(() =>
    newTracker(newName(), ENDPOINT, configuration as TrackerConfiguration),
  ).replace("consent-elements: ", "");

describe("snowplow dialect", () => {
  const REFUSED: [configuration: object, error: string][] = [
    [
      { withSessionTracking: true },
      'TypeError: an option in the configuration is ["withSessionTracking"]; write anonymousTracking: { withSessionTracking }',
    ],
    [
      { webPage: true },
      'TypeError: an option in the configuration is ["webPage"]; write contexts: { webPage }',
    ],
    [
      { anonymoustracking: true },
      'TypeError: an option in the configuration is ["anonymoustracking"]; write anonymousTracking',
    ],
    [
      { anonymousTracking: { withServerAnonimisation: true } },
      'TypeError: an option in anonymousTracking is ["withServerAnonimisation"]; write withServerAnonymisation',
    ],
    [
      { anonymousTracking: "yes" },
      'TypeError: anonymousTracking is ["yes"]; write { withSessionTracking,withServerAnonymisation,withServerAnonymization }',
    ],
    [
      { anonymousTracking: { withSessionTracking: 1 } },
      "TypeError: withSessionTracking is [1]; write true or false",
    ],
    [
      { stateStorageStrategy: "cookies" },
      'RangeError: stateStorageStrategy is "cookies"; write cookieAndLocalStorage or cookie or localStorage or none',
    ],
    [
      { cookieExtensionService: "/id" },
      'TypeError: an option in the configuration is ["cookieExtensionService"]; write nothing; it is a request that would set an identifier before consent is asked',
    ],
    [
      { discoverRootDomain: true },
      "TypeError: discoverRootDomain is [true]; write false, with cookieDomain for cookies that subdomains share; a domain is not tried out with test cookies",
    ],
    [
      { eventMethod: "beacon" },
      'RangeError: eventMethod is "beacon"; write post or get',
    ],
    [{ bufferSize: 0 }, "TypeError: bufferSize is [0]; write a number above 0"],
    [
      { consent: {} },
      'TypeError: consent is ["no store"]; write createConsent()',
    ],
    [{ onError: 5 }, "TypeError: onError is [5]; write a function"],
    [{ postPath: 5 }, "RangeError: postPath is 5; write a text"],
    [{ purpose: "" }, "TypeError: purpose is null; write a text"],
    [
      { whenDenied: "full" },
      'RangeError: whenDenied is "full"; write off or anonymous',
    ],
  ];
  it("refuses an option that the real one would ignore, and names the right one", () => {
    expect(
      REFUSED.map(([configuration]) => [configuration, errorOf(configuration)]),
    ).to.deep.equal(REFUSED);
  });

  it("gives a second newTracker() of the same id the first tracker", () => {
    const { tracker } = scene();
    expect(newTracker(tracker.id, ENDPOINT)).to.equal(tracker);
  });

  it("takes entities as they are at the call, and refuses at the call what JSON cannot hold", async () => {
    const { tracker, events } = scene({ anonymousTracking: true });
    const data: Record<string, unknown> = {};
    const product = { schema: "iglu:com.acme/product/jsonschema/1-0-0", data };
    const event = { category: "list", action: "show", context: [product] };
    for (const id of [1, 2, 3]) {
      data["id"] = id;
      tracker.trackStructEvent(event);
    }
    for (const id of [NaN, 1n, data]) {
      data["id"] = id;
      expect(catchError(() => tracker.trackStructEvent(event))).to.match(
        /^(Type|Range)Error/,
      );
    }
    const ids = (await events()).map(
      ({ entities }) =>
        entities.find(({ schema }) => schema === product.schema)!.data["id"],
    );
    expect(ids).to.deep.equal([1, 2, 3]);
  });

  it("takes a collector's address without a scheme for https", async () => {
    const time = fakeTimers();
    const { fetch, requests } = fakeFetch();
    newTracker(newName(), "c.shop.test", {
      customFetch: fetch,
      anonymousTracking: true,
    }).trackPageView();
    await import("../../src/tracker/sender.js");
    await turn();
    await time.advance(0);
    expect(requests.map(({ url }) => url.origin)).to.deep.equal([ENDPOINT]);
  });

  it("keeps a user id in memory while anonymous, and sends it at the level full alone", async () => {
    const { tracker, sent } = scene({ anonymousTracking: true });
    tracker.setUserId("user-42");
    tracker.trackPageView();
    await sent();
    tracker.disableAnonymousTracking();
    tracker.trackPageView();
    await sent();
    tracker.enableAnonymousTracking();
    tracker.disableAnonymousTracking();
    tracker.trackPageView();
    expect((await sent()).map(({ uid }) => uid)).to.deep.equal([
      undefined,
      "user-42",
      undefined,
    ]);
  });

  it("check 7: the stricter of the record and the tracker's own switch counts", async () => {
    const consent = createStore();
    consent.grantAll();
    const { tracker, sent } = scene({
      consent,
      whenDenied: "anonymous",
      anonymousTracking: { withSessionTracking: true },
    });
    tracker.trackPageView({ title: "session" });
    await sent();
    consent.denyAll();
    tracker.trackPageView({ title: "anonymous" });
    await sent();
    tracker.disableAnonymousTracking();
    tracker.trackPageView({ title: "still anonymous" });
    await sent();
    consent.grantAll();
    tracker.trackPageView({ title: "full" });
    expect(
      (await sent()).map(({ page, sid, duid }) => [page, !!sid, !!duid]),
    ).to.deep.equal([
      ["session", true, false],
      ["anonymous", false, false],
      ["still anonymous", false, false],
      ["full", true, true],
    ]);
  });

  it("check 4: writes a policy's address as addresses are written", async () => {
    const { tracker, events } = scene({ anonymousTracking: true });
    tracker.trackConsentAllow({
      consentScopes: ["necessary"],
      basisForProcessing: "consent",
      consentUrl: "https://shop.test/privacy policy",
      consentVersion: "1",
      domainsApplied: ["shop.test"],
    });
    const [told] = await events();
    expect(told?.event?.data["consentUrl"]).to.equal(
      "https://shop.test/privacy%20policy",
    );
  });

  it("check 7: refuses a store that does not know the purpose", () => {
    const consent = createStore({ purposes: ["ads"] });
    expect(errorOf({ consent })).to.match(/^RangeError: .*ads/);
  });

  it("pings while the page is being read, and not otherwise", async () => {
    const { tracker, time, sent } = scene({ anonymousTracking: true });
    tracker.enableActivityTracking({
      minimumVisitLength: 30,
      heartbeatDelay: 10,
    });
    tracker.trackPageView({ title: "Read" });
    await sent();
    await time.advance(30_000);
    dispatchEvent(new Event("mousemove"));
    await time.advance(10_000);
    await time.advance(10_000);
    tracker.updatePageActivity();
    await time.advance(10_000);
    tracker.disableActivityTracking();
    dispatchEvent(new Event("mousemove"));
    await time.advance(60_000);
    const events = await sent();
    expect(events.map(({ e }) => e)).to.deep.equal(["pv", "pp", "pp"]);
    const [, ping] = events;
    expect([
      ping?.["pp_mix"],
      ping?.["pp_may"],
      ping?.["se_ca"],
      ping?.["se_ac"],
    ]).to.deep.equal(["0", `${Math.round(scrollY)}`, undefined, undefined]);
  });

  it("pings, and calls the caller's function, each until it is ended", async () => {
    const { tracker, time, sent } = scene({ anonymousTracking: true });
    const rates = { minimumVisitLength: 10, heartbeatDelay: 10 };
    let calls = 0;
    tracker.enableActivityTracking(rates);
    tracker.enableActivityTrackingCallback({
      ...rates,
      callback: () => calls++,
    });
    tracker.trackPageView();
    await sent();
    const count = async () => {
      tracker.updatePageActivity();
      await time.advance(10_000);
      return [calls, (await sent()).length - 1];
    };
    const both = await count();
    tracker.disableActivityTracking();
    const one = await count();
    tracker.disableActivityTrackingCallback();
    expect([both, one, await count()]).to.deep.equal([
      [1, 1],
      [2, 1],
      [2, 1],
    ]);
  });

  it("pings with the entities of the page view, asked for anew", async () => {
    const { tracker, time, events } = scene({
      anonymousTracking: true,
      contexts: { webPage: false },
    });
    const types: string[] = [];
    const contexts: unknown[] = [];
    const product = (id: number) => ({
      schema: "iglu:com.acme/product/jsonschema/1-0-0",
      data: { id },
    });
    let asked = 0;
    tracker.addGlobalContexts([
      ({ eventType }) => {
        types.push(eventType);
        return undefined;
      },
    ]);
    const rates = { minimumVisitLength: 10, heartbeatDelay: 10 };
    tracker.enableActivityTracking(rates);
    tracker.enableActivityTrackingCallback({
      ...rates,
      callback: ({ context }) => contexts.push(...context),
    });
    tracker.trackPageView({
      context: [product(0)],
      contextCallback: () => [product(++asked)],
    });
    await events();
    tracker.updatePageActivity();
    await time.advance(10_000);
    const sent = await events();
    tracker.disableActivityTracking();
    tracker.disableActivityTrackingCallback();
    expect([
      types,
      sent.map(({ entities }) => entities.map(({ data }) => data["id"])),
      contexts,
    ]).to.deep.equal([
      ["pv", "pp"],
      [
        [0, 1],
        [0, 2],
      ],
      [product(0), product(3)],
    ]);
  });

  it("reports what the caller's function throws in a ping", async () => {
    const { tracker, time, errors } = scene({ anonymousTracking: true });
    const failure = new Error("no");
    tracker.enableActivityTrackingCallback({
      minimumVisitLength: 10,
      heartbeatDelay: 10,
      callback() {
        throw failure;
      },
    });
    tracker.trackPageView();
    tracker.updatePageActivity();
    await time.advance(10_000);
    tracker.disableActivityTrackingCallback();
    expect(errors).to.deep.equal([failure]);
  });

  it("check 12: goes on in memory where cookies are refused", async () => {
    stubProperty(
      document,
      "cookie",
      () => "",
      () => {},
    );
    const { tracker, sent } = scene({ stateStorageStrategy: "cookie" });
    tracker.trackPageView();
    await sent();
    tracker.trackPageView();
    const [first, second] = await sent();
    expect(first?.["duid"]).to.match(/^[\da-f-]{36}$/);
    expect([second?.["duid"], second?.["sid"]]).to.deep.equal([
      first?.["duid"],
      first?.["sid"],
    ]);
  });

  it("check 8: takes the id off links that were decorated when the level full is left", async () => {
    const { tracker, sent } = scene({ crossDomainLinker: () => true });
    const link = document.createElement("a");
    link.href = "https://partner.test/x?color=red";
    document.body.append(link);
    afterThisTest(() => link.remove());
    tracker.trackPageView();
    const [view] = await sent();
    link.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    const before = link.href;
    tracker.enableAnonymousTracking();
    expect([
      before.includes(`&_sp=${view?.["duid"]}.`),
      link.href,
    ]).to.deep.equal([true, "https://partner.test/x?color=red"]);
  });

  it("knows the id of a page view right after the call, and gives another one after a change of level", async () => {
    const consent = createStore();
    const { tracker, events } = scene({ consent });
    const ids: (string | undefined)[] = [];
    const step = (body: () => void) => {
      body();
      ids.push(tracker.getPageViewId());
    };
    const event = () =>
      tracker.trackStructEvent({ category: "a", action: "b" });
    // Held, and sent with the first page view.
    step(event);
    step(() => tracker.trackPageView());
    step(() => consent.grantAll());
    step(event);
    step(() => tracker.trackPageView());
    await events();
    step(() => consent.set({ analytics: "anonymous" }));
    step(event);
    step(() => tracker.trackPageView());
    const sent = (await events()).map(
      ({ entities }) => entities[0]?.data["id"],
    );
    consent.denyAll();
    const [one, , , , two, three] = ids;
    expect(new Set(ids).size).to.equal(3);
    expect([ids, sent, tracker.getPageViewId()]).to.deep.equal([
      [one, one, one, one, two, three, three, three],
      [one, one, one, two, three, three],
      undefined,
    ]);
  });

  it("gives a tab another id after a change of level", async () => {
    const { tracker, sent } = scene({ contexts: { browser: true } });
    tracker.trackPageView();
    await sent();
    const before = tracker.getTabId();
    tracker.enableAnonymousTracking();
    expect([tracker.getTabId()]).to.deep.equal([null]);
    tracker.disableAnonymousTracking();
    tracker.trackPageView();
    await sent();
    expect(tracker.getTabId()).to.match(/^[\da-f-]{36}$/);
    expect(tracker.getTabId()).not.to.equal(before);
  });
});

/** What the real tracker of this name may have left, in every place. */
function leaveBehind(namespace: string): () => string[] {
  const queue = `snowplowOutQueue_${namespace}`;
  const ids = ["_sp_id.c169", "_sp_ses.c169"];
  const entries = [
    queue,
    `${queue}_post2`,
    `${queue}_post2.expires`,
    `${queue}_get`,
    ...ids,
    "_sp_id.c169.expires",
  ];
  for (const key of entries) localStorage.setItem(key, "old");
  sessionStorage.setItem("_sp_tab_id", "old");
  for (const key of ids) setCookie(`${key}=old`);
  afterThisTest(() => {
    for (const key of entries) localStorage.removeItem(key);
    sessionStorage.removeItem("_sp_tab_id");
  });
  return () =>
    [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...readCookies().map((cookie) => cookie.replace(/=.*/, "")),
    ].filter((key) => /^(_sp_(id|ses)\.|_sp_tab_id)|OutQueue/.test(key));
}

describe("snowplow dialect: global contexts", () => {
  const entity = (id: number) => ({
    schema: "iglu:com.acme/product/jsonschema/1-0-0",
    data: { id },
  });

  it("refuses what is no entity where it is added", () => {
    const { tracker } = scene({ anonymousTracking: true });
    const add = (context: unknown) =>
      catchError(() => tracker.addGlobalContexts([context as never])).replace(
        "consent-elements: ",
        "",
      );
    expect(
      [
        { schema: "product", data: {} },
        { schema: "iglu:com.acme/product/jsonschema/1-0-0" },
        [() => true, { schema: "product", data: {} }],
        5,
      ].map(add),
    ).to.deep.equal([
      'RangeError: a global context\'s schema is "product"; write iglu:vendor/name/jsonschema/1-0-0',
      "TypeError: a global context's data is [null]; write an object",
      'RangeError: a global context\'s schema is "product"; write iglu:vendor/name/jsonschema/1-0-0',
      "TypeError: a global context's schema is null; write iglu:vendor/name/jsonschema/1-0-0",
    ]);
  });

  it("leaves out what a function makes that is none, and reports it", async () => {
    const { tracker, events, errors } = scene({
      anonymousTracking: true,
      contexts: { webPage: false },
    });
    const made = [
      {},
      { schema: "product", data: {} },
      { ...entity(1), data: 1 },
    ];
    tracker.addGlobalContexts([
      () => made as never,
      () => ({ ...entity(2), data: { id: NaN } }),
      () => entity(3),
      entity(4),
    ]);
    tracker.trackPageView();
    const [view] = await events();
    expect([
      view?.entities.map(({ data }) => data["id"]),
      errors.length,
    ]).to.deep.equal([[3, 4], 4]);
  });

  it("calls all trackers, also where one refuses", async () => {
    const first = scene({ anonymousTracking: true });
    const second = scene({ anonymousTracking: true });
    let thrown = 0;
    first.tracker.trackPageView = () => {
      thrown++;
      throw new TypeError("no");
    };
    expect(
      catchError(() =>
        trackPageView({}, [first.tracker.id, second.tracker.id]),
      ),
    ).to.equal("TypeError: no");
    expect([thrown, (await second.sent()).length]).to.deep.equal([1, 1]);
  });
});

describe("snowplow dialect: what the real tracker has left", () => {
  const consent = () =>
    createStore({
      purposes: ["analytics"],
      mode: "opt-in",
      storage: { read: () => [], write() {} },
    });
  it("is removed at the start where there is no choice yet", () => {
    const left = leaveBehind(nextTracker());
    scene({ consent: consent() });
    expect(left()).to.deep.equal([]);
  });

  it("is removed on leaving the level full", () => {
    const left = leaveBehind(nextTracker());
    const { tracker } = scene();
    const before = left().length;
    tracker.enableAnonymousTracking();
    expect([before, left()]).to.deep.equal([10, []]);
  });

  it("is removed by clearUserData() at the level full", () => {
    const left = leaveBehind(nextTracker());
    scene().tracker.clearUserData();
    expect(left()).to.deep.equal([]);
  });

  it("stays with the strategy none until the record holds a no", () => {
    const left = leaveBehind(nextTracker());
    const store = consent();
    scene({ consent: store, stateStorageStrategy: "none" });
    const before = left().length;
    store.set({ analytics: "denied" });
    expect([before, left()]).to.deep.equal([10, []]);
  });

  it("is not mistaken for what another script has stored", () => {
    const names = ["_sp_id.shop", "_sp_ident.c169", "snowplowOutQueue_other"];
    for (const key of names) localStorage.setItem(key, "theirs");
    afterThisTest(() => names.forEach((key) => localStorage.removeItem(key)));
    scene({ anonymousTracking: true });
    expect(names.map((key) => localStorage.getItem(key))).to.deep.equal(
      names.map(() => "theirs"),
    );
  });
});

describe("snowplow dialect: what another storage strategy has left", () => {
  const ID = "0a1b2c3d-0000-4000-8000-000000000001";
  for (const stateStorageStrategy of ["localStorage", "none"] as const)
    it(`is removed at a no of the record (${stateStorageStrategy})`, () => {
      const name = `_sp_consent.${nextTracker()}`;
      setCookie(`${name}=${ID}`);
      setCookie(`${encodeURIComponent(`${name}/session`)}=${ID}`);
      const consent = createStore();
      scene({ consent, stateStorageStrategy });
      consent.denyAll();
      expect(document.cookie).not.to.include(ID);
    });

  it("is removed at the start below the level full, but with the strategy none", () => {
    const left = (["localStorage", "none"] as const).map(
      (stateStorageStrategy) => {
        setCookie(`_sp_consent.${nextTracker()}=${ID}`);
        scene({ anonymousTracking: true, stateStorageStrategy });
        return document.cookie.includes(ID);
      },
    );
    expect(left).to.deep.equal([false, true]);
  });
});
