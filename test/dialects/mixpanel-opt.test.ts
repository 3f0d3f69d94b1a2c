import { expect } from "@open-wc/testing";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import type {
  MixpanelConfig,
  OptInOptions,
} from "../../src/dialects/mixpanel.js";
import { catchError } from "../support/catch-error.js";
import { readCookies, setCookie } from "../support/cookies.js";
import {
  mixpanelScene,
  type MixpanelScene,
} from "../support/mixpanel-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { microtasks } from "../support/turn.js";
import { watchTraces } from "../support/watch-traces.js";

const BY_DEFAULT = { opt_out_tracking_by_default: true };
const DAY = 864e5;

/** Everything that is stored, but for a flag. */
const stored = (flag: string) => [
  ...Object.keys(localStorage).filter((key) => key !== flag),
  ...Object.keys(sessionStorage),
  ...readCookies(),
];

/** A page that is tracking a named visitor. */
async function underWay(...given: Parameters<typeof mixpanelScene>) {
  const all = mixpanelScene(...given);
  all.mixpanel.opt_in_tracking({ track: null });
  all.mixpanel.register({ plan: "pro" });
  all.mixpanel.identify("user-42");
  await all.pass(5000);
  all.requests.splice(0);
  return all;
}

function fill({ mixpanel }: MixpanelScene) {
  mixpanel.track("never");
  mixpanel.people.set({ never: 1 });
  mixpanel.get_group("company", "c1").set({ never: 1 });
}

describe("mixpanel dialect: opting in and out", () => {
  it("check 10: leaves no trace before a decision", async () => {
    const { open, pass, requests, flag } = mixpanelScene(null);
    const mixpanel = open({ ...BY_DEFAULT, flags: true, track_pageview: true });
    mixpanel.identify("alice@shop.test");
    mixpanel.register({ plan: "pro" });
    mixpanel.time_event("A");
    mixpanel.track("A");
    mixpanel.people.set({ plan: "pro" });
    mixpanel.reset();
    mixpanel.get_distinct_id();
    await pass(DAY);
    const databases = (await indexedDB.databases?.()) ?? [];
    expect([
      requests.length,
      localStorage.getItem(flag),
      stored(flag),
      databases,
    ]).to.deep.equal([0, null, [], []]);
  });

  it("check 10: writes nothing and makes no id before a decision", async () => {
    const { open, pass } = mixpanelScene(null);
    const seen = watchTraces();
    const mixpanel = open(BY_DEFAULT);
    mixpanel.track("A");
    await pass(DAY);
    expect(
      seen.filter((trace) =>
        /^(setItem|write|open|get?Rand|random)/.test(trace),
      ),
    ).to.deep.equal([]);
  });

  it("check 4, 12: forgets everything at a no, and sends nothing that was taken before it", async () => {
    const all = await underWay();
    const { mixpanel, flag, pass, requests, time } = all;
    mixpanel.time_event("B");
    fill(all);
    void mixpanel.opt_out_tracking();
    const at = [localStorage.getItem(flag), stored(flag), time.waiting];
    await pass(DAY);
    dispatchEvent(new Event("pagehide"));
    await pass(DAY);
    expect([at, requests.length]).to.deep.equal([["0", [], []], 0]);
  });

  it("check 4: forgets clocks, and properties that only the page knew", async () => {
    const { mixpanel, pass, sent } = await underWay();
    mixpanel.time_event("B");
    mixpanel.register({ tour: 1 }, { persistent: false });
    void mixpanel.opt_out_tracking();
    mixpanel.opt_in_tracking({ track: null });
    mixpanel.track("B");
    await pass(5000);
    const { $duration, tour } = sent()[0]!.properties!;
    expect([$duration, tour]).to.deep.equal([undefined, undefined]);
  });

  for (const [what, fall] of [
    ["a no", ({ mixpanel }) => void mixpanel.opt_out_tracking()],
    [
      "an anonymous answer",
      (_, consent) => consent.set({ analytics: "anonymous" }),
    ],
    ["a signal", () => stubProperty(navigator, "doNotTrack", () => "1")],
  ] as [string, (scene: MixpanelScene, consent: ConsentStore) => void][])
    it(`check 4: takes nothing that only the page knew below ${what}`, async () => {
      const consent = createStore({ purposes: ["analytics"] });
      const scene = await underWay({ consent, when_denied: "anonymous" });
      const { mixpanel, pass, sent } = scene;
      mixpanel.register({ email: "alice@shop.test" }, { persistent: false });
      mixpanel.time_event("B");
      fall(scene, consent);
      mixpanel.track("B");
      // A signal tells nobody: it is seen where somebody looks.
      mixpanel.get_decision();
      await pass(5000);
      const { event, properties } = sent()[0]!;
      expect([event, properties!.email, properties!.$duration]).to.deep.equal([
        "B",
        undefined,
        undefined,
      ]);
    });

  it("check 12: purges the queue whatever clear_persistence says", async () => {
    const all = await underWay();
    fill(all);
    void all.mixpanel.opt_out_tracking({ clear_persistence: false });
    const at = stored(all.flag);
    await all.pass(DAY);
    dispatchEvent(new Event("pagehide"));
    expect([at, all.requests.length]).to.deep.equal([[], 0]);
  });

  it("check 12: sends no leftover of an earlier page while out by default", async () => {
    const { open, pass, requests, flag, mixpanel, names } = await underWay();
    mixpanel.track("leftover");
    await microtasks(5);
    const waits = Object.keys(localStorage).some((key) =>
      key.includes("/out/"),
    );
    // The decision is gone, the queue is not.
    localStorage.removeItem(flag);
    requests.splice(0);
    open(BY_DEFAULT);
    await pass(0);
    expect([waits, stored(flag), names()]).to.deep.equal([true, [], []]);
  });

  for (const depth of [0, 1, 2, 10])
    it(`check 11: drops what was tracked in the same task, ${depth} microtasks before the no, also after a new yes`, async () => {
      const { mixpanel, pass, names, flag } = await underWay();
      mixpanel.track("never");
      mixpanel.track("never");
      await microtasks(depth);
      void mixpanel.opt_out_tracking();
      await pass(0);
      const left = stored(flag);
      mixpanel.opt_in_tracking();
      await pass(DAY);
      expect([left, names()]).to.deep.equal([[], ["$opt_in"]]);
    });

  it("check 12: cuts off what is under way", async () => {
    const all = await underWay({}, [{}, "hang"]);
    all.mixpanel.track("A");
    await all.pass(5000);
    const [request] = all.requests;
    void all.mixpanel.opt_out_tracking();
    expect([all.requests.length, request!.signal.aborted]).to.deep.equal([
      1,
      true,
    ]);
  });

  it("check 5, 20: tells of a yes once a change, with version and purposes", async () => {
    const { mixpanel, pass, sent, names, open } = mixpanelScene(BY_DEFAULT);
    mixpanel.opt_in_tracking();
    mixpanel.opt_in_tracking();
    await pass(0);
    open(BY_DEFAULT).opt_in_tracking();
    await pass(60_000);
    const { consent_version, consent_purposes } = sent()[0]!.properties!;
    expect([names(), consent_version, consent_purposes]).to.deep.equal([
      ["$opt_in"],
      "1",
      ["analytics"],
    ]);
  });

  it("check 5: names the event and its properties as the call says, and sends it at once", async () => {
    const { mixpanel, pass, sent } = mixpanelScene(BY_DEFAULT);
    const properties = { via: "banner" };
    mixpanel.opt_in_tracking({
      track_event_name: "User opted in",
      track_properties: properties,
    });
    properties.via = "later";
    await pass(0);
    const [{ event, properties: given }] = sent() as [
      ReturnType<typeof sent>[0],
    ];
    expect([event, given!.via, sent().length]).to.deep.equal([
      "User opted in",
      "banner",
      1,
    ]);
  });

  it("check 5: tells of a yes as the call that made it said, whatever is called before it is sent", async () => {
    const { mixpanel, pass, names } = mixpanelScene(BY_DEFAULT);
    mixpanel.opt_in_tracking({ track_event_name: "Yes" });
    mixpanel.opt_in_tracking({ track: null });
    await pass(0);
    expect(names()).to.deep.equal(["Yes"]);
  });

  it("check 5: lets before_track and disable have their say about the event", async () => {
    const seen: unknown[] = [];
    for (const answer of [
      null,
      ["Yes", { via: "hook" }],
      ["Yes", { via: NaN }],
      "disabled",
    ]) {
      const { mixpanel, pass, sent, errors } = mixpanelScene({
        ...BY_DEFAULT,
        hooks: {
          before_track: (name, own) => (name === "A" ? [name, own] : answer),
        },
      } as MixpanelConfig);
      mixpanel.disable(["disabled"]);
      mixpanel.opt_in_tracking();
      mixpanel.track("A");
      await pass(5000);
      seen.push([
        sent().map(({ event, properties }) => [event, properties!.via]),
        errors.length,
      ]);
    }
    expect(seen).to.deep.equal([
      [[["A", undefined]], 0],
      [
        [
          ["Yes", "hook"],
          ["A", undefined],
        ],
        0,
      ],
      [[["A", undefined]], 1],
      [[["A", undefined]], 0],
    ]);
  });

  it("check 5: sends the event at once when the code that sends is here already, too", async () => {
    const all = await underWay();
    void all.mixpanel.opt_out_tracking();
    all.mixpanel.opt_in_tracking();
    await all.pass(0);
    expect(all.names()).to.deep.equal(["$opt_in"]);
  });

  it("check 5: hands the event to the site's own function instead, once", async () => {
    const { mixpanel, pass, requests } = mixpanelScene(BY_DEFAULT);
    const told: unknown[] = [];
    const track = (...args: unknown[]) => told.push(args);
    mixpanel.opt_in_tracking({ track, track_properties: { via: "banner" } });
    mixpanel.opt_in_tracking({ track });
    await pass(60_000);
    expect([told, requests.length]).to.deep.equal([
      [["$opt_in", { via: "banner" }, { send_immediately: true }]],
      0,
    ]);
  });

  it("check 5: tells nobody with track: null, and of no no", async () => {
    const { mixpanel, pass, requests } = mixpanelScene(BY_DEFAULT);
    mixpanel.opt_in_tracking({ track: null });
    await pass(0);
    void mixpanel.opt_out_tracking();
    await pass(DAY);
    expect(requests.length).to.equal(0);
  });

  it("check 20: goes on trying until the yes has arrived", async () => {
    const { mixpanel, pass, names, errors } = mixpanelScene(BY_DEFAULT, [
      { status: 503 },
      "fail",
    ]);
    mixpanel.opt_in_tracking();
    await pass(30_000);
    expect([names(), errors.length]).to.deep.equal([
      ["$opt_in", "$opt_in", "$opt_in"],
      1,
    ]);
  });

  for (const [what, kind, options] of [
    ["a number that is none", "TypeError", { track_properties: { a: NaN } }],
    ["a function", "TypeError", { track_properties: { a: () => 1 } }],
    ["no name", "TypeError", { track_event_name: "" }],
    ["a long name", "RangeError", { track_event_name: "x".repeat(256) }],
    ["a track that is none", "TypeError", { track: "yes" }],
  ] as const)
    it(`refuses an opt-in with ${what} before anything is recorded`, async () => {
      const { mixpanel, pass, names } = mixpanelScene({
        ...BY_DEFAULT,
        hold: true,
      });
      mixpanel.track("held");
      const words = catchError(() =>
        mixpanel.opt_in_tracking(options as OptInOptions),
      );
      const decision = mixpanel.get_decision();
      mixpanel.opt_in_tracking();
      await pass(5000);
      expect([words.split(":")[0], decision, names()]).to.deep.equal([
        kind,
        undefined,
        ["$opt_in", "held"],
      ]);
    });

  it("check 13: deletes the profile once, although nothing else may leave, and says whether it was", async () => {
    const all = await underWay();
    fill(all);
    const deleted = all.mixpanel.opt_out_tracking({ delete_user: true });
    const again = all.mixpanel.opt_out_tracking({ delete_user: true });
    expect([await deleted, await again]).to.deep.equal([true, false]);
    await all.pass(DAY);
    expect([all.names(), all.sent()[0]!.$delete]).to.deep.equal([
      ["$delete"],
      "user-42",
    ]);
  });

  it("check 6: deletes no profile unless it is told to", async () => {
    const all = await underWay();
    const deleted = await all.mixpanel.opt_out_tracking();
    await all.pass(DAY);
    expect([deleted, all.requests.length]).to.deep.equal([false, 0]);
  });

  it("check 6: keeps the decision over a reset", async () => {
    const { mixpanel } = await underWay();
    mixpanel.reset();
    const isIn = mixpanel.has_opted_in_tracking();
    void mixpanel.opt_out_tracking();
    mixpanel.reset();
    expect([isIn, mixpanel.has_opted_out_tracking()]).to.deep.equal([
      true,
      true,
    ]);
  });

  it("check 14: purges another tab, and lets none of its calls store anything", async () => {
    const all = await underWay();
    const other = all.open();
    fill({ ...all, mixpanel: other });
    await all.pass(0);
    all.requests.splice(0);
    void all.mixpanel.opt_out_tracking();
    other.track("never");
    other.register({ never: 1 });
    other.identify("alice@shop.test");
    await all.pass(DAY);
    expect([all.requests.length, stored(all.flag)]).to.deep.equal([0, []]);
  });

  it("check 14: takes another tab's yes along with its id", async () => {
    const all = mixpanelScene(BY_DEFAULT);
    const other = all.open(BY_DEFAULT);
    all.mixpanel.opt_in_tracking();
    await all.pass(0);
    // What a tab hears by a message, it also sees before it does anything.
    other.get_distinct_id();
    other.track("B");
    await all.pass(5000);
    const ids = new Set(
      all.sent().map(({ properties }) => properties!.$device_id),
    );
    expect([all.names(), ids.size]).to.deep.equal([["$opt_in", "B"], 1]);
  });

  it("check 15: drops what was said before a yes", async () => {
    const { mixpanel, pass, names, sent } = mixpanelScene(BY_DEFAULT);
    mixpanel.identify("alice@shop.test");
    mixpanel.register({ plan: "pro" });
    mixpanel.track("never");
    mixpanel.opt_in_tracking();
    await pass(60_000);
    expect([names(), JSON.stringify(sent()).includes("alice")]).to.deep.equal([
      ["$opt_in"],
      false,
    ]);
  });

  it("check 15: holds what was said before a yes in memory, and says it after $opt_in, where it is told to", async () => {
    const { mixpanel, pass, names, sent, flag } = mixpanelScene({
      ...BY_DEFAULT,
      hold: true,
    });
    mixpanel.register({ plan: "pro" });
    mixpanel.identify("user-42");
    mixpanel.track("A");
    await pass(0);
    const before = [stored(flag), sent().length];
    mixpanel.opt_in_tracking();
    await pass(60_000);
    const { plan, distinct_id } = sent().at(-1)!.properties!;
    expect([before, names(), plan, distinct_id]).to.deep.equal([
      [[], 0],
      ["$opt_in", "$identify", "A"],
      "pro",
      "user-42",
    ]);
  });

  it("check 16: begins afresh after a no and a new yes", async () => {
    const { mixpanel, pass, sent } = await underWay();
    const before = mixpanel.get_property("plan");
    mixpanel.track("A");
    await pass(5000);
    void mixpanel.opt_out_tracking();
    mixpanel.opt_in_tracking({ track: null });
    mixpanel.track("B");
    await pass(5000);
    const [a, b] = sent().map(({ properties }) => properties!);
    expect([
      before,
      mixpanel.get_property("plan"),
      b!.plan,
      b!.$user_id,
      a!.$device_id === b!.$device_id,
    ]).to.deep.equal(["pro", undefined, undefined, undefined, false]);
  });

  it("check 16: takes name and super properties back from memory where clear_persistence is false", async () => {
    const { mixpanel, pass, sent, flag } = await underWay();
    void mixpanel.opt_out_tracking({ clear_persistence: false });
    const between = [stored(flag), mixpanel.get_property("plan")];
    mixpanel.opt_in_tracking({ track: null });
    mixpanel.track("B");
    await pass(5000);
    const { plan, $user_id } = sent().at(-1)!.properties!;
    expect([between, plan, $user_id]).to.deep.equal([
      [[], undefined],
      "pro",
      "user-42",
    ]);
  });

  it("check 16: brings the same id back, be it hashed or hooked", async () => {
    const hashing = () => crypto.subtle.digest("SHA-256", new Uint8Array());
    const seen: unknown[] = [];
    for (const config of [
      { hash_ids: true },
      { hooks: { before_identify: (id: string) => `shop-${id}` } },
    ]) {
      const { mixpanel, pass } = mixpanelScene(config);
      mixpanel.identify("user-42");
      await pass();
      await hashing();
      await pass(5000);
      const id = mixpanel.get_distinct_id();
      void mixpanel.opt_out_tracking({ clear_persistence: false });
      mixpanel.opt_in_tracking({ track: null });
      await pass();
      await hashing();
      await pass(5000);
      seen.push(mixpanel.get_distinct_id() === id);
    }
    expect(seen).to.deep.equal([true, true]);
  });

  for (const [what, between] of [
    ["a reset", ({ mixpanel }) => mixpanel.reset()],
    ["another name", ({ mixpanel }) => mixpanel.identify("user-43")],
  ] as [string, (scene: MixpanelScene) => void][])
    it(`check 16: brings nothing back after ${what}, be it while out`, async () => {
      const scene = await underWay();
      const { mixpanel, pass, sent } = scene;
      void mixpanel.opt_out_tracking({ clear_persistence: false });
      between(scene);
      mixpanel.opt_in_tracking({ track: null });
      mixpanel.track("B");
      await pass(5000);
      const { plan, $user_id } = sent().at(-1)!.properties!;
      expect([plan, $user_id]).to.deep.equal([undefined, undefined]);
    });

  it("check 16: brings nothing back after a yes from elsewhere", async () => {
    const consent = createStore({ purposes: ["analytics"] });
    const { mixpanel, pass } = await underWay({ consent });
    void mixpanel.opt_out_tracking({ clear_persistence: false });
    consent.grantAll();
    await pass(5000);
    mixpanel.opt_in_tracking();
    await pass(5000);
    expect([
      mixpanel.get_distinct_id()!.startsWith("$device:"),
      mixpanel.get_property("plan"),
    ]).to.deep.equal([true, undefined]);
  });

  it("sends without a cookie where persistence is not enabled", async () => {
    const { mixpanel, pass, names, flag } = mixpanelScene(BY_DEFAULT);
    mixpanel.opt_in_tracking({ enable_persistence: false });
    mixpanel.track("A");
    await pass(5000);
    expect([names(), stored(flag)]).to.deep.equal([["$opt_in", "A"], []]);
  });

  it("check 24: replays calls in their order", async () => {
    const { mixpanel, pass, names, sent, token, open } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    mixpanel.replay([
      ["init", token, { fetch, clock }],
      ["track", "A"],
      ["identify", "user-42"],
      ["people.set", { plan: "pro" }],
      ["track", "B"],
    ]);
    await pass(5000);
    expect([
      names(),
      sent().find(({ event }) => event === "A")!.properties!.$user_id,
    ]).to.deep.equal([["A", "$identify", "$set", "B"], undefined]);
  });

  it("check 24: lets a refusal anywhere win over what was noted before it", async () => {
    const { mixpanel, pass, requests, token, open, flag } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    mixpanel.replay([
      ["init", token, { fetch, clock, track_pageview: true }],
      ["opt_in_tracking"],
      ["identify", "alice@shop.test"],
      ["track", "never"],
      ["opt_out_tracking"],
      ["track", "never"],
    ]);
    await pass(DAY);
    expect([
      requests.length,
      mixpanel.has_opted_out_tracking(),
      stored(flag),
    ]).to.deep.equal([0, true, []]);
  });

  it("check 24: makes every call that was noted, also behind one that is refused, and says so", async () => {
    const { mixpanel, pass, names, token, open } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    const words = catchError(() =>
      mixpanel.replay([
        ["init", token, { fetch, clock }],
        ["init", "tok_other", { fetch, clock, ip: "no" }, "second"],
        ["second.track", "never"],
        ["track", "A"],
        ["track_links", "#nav", "Click"],
        ["track", "B"],
      ]),
    );
    await pass(5000);
    expect([words.split(";")[0], names()]).to.deep.equal([
      'TypeError: consent-elements: ip is ["no"]',
      ["A", "B"],
    ]);
  });

  it("check 24: carries a refusal out behind a call that is refused", async () => {
    const { mixpanel, pass, requests, token, open } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    catchError(() =>
      mixpanel.replay([
        ["init", token, { fetch, clock }],
        ["init", "tok_other", { fetch, clock }, "second"],
        ["second.track", ""],
        ["opt_out_tracking"],
        ["track", "never"],
      ]),
    );
    await pass(5000);
    expect([requests.length, mixpanel.has_opted_out_tracking()]).to.deep.equal([
      0,
      true,
    ]);
  });

  it("check 24: does nothing of what was noted before a refusal", () => {
    const { mixpanel, token, open } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    const told: unknown[] = [];
    const track = () => told.push("in");
    mixpanel.replay([
      ["init", token, { fetch, clock }],
      ["opt_in_tracking", { track }],
      ["track", "never", {}, track],
      ["optOutTracking"],
    ]);
    expect(told).to.deep.equal([]);
  });

  it("check 24: lets one instance's refusal be its own", async () => {
    const { mixpanel, pass, names, token, open } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    mixpanel.replay([
      ["init", token, { fetch, clock }],
      ["init", "tok_other", { fetch, clock }, "second"],
      ["track", "A"],
      ["second.track", "never"],
      ["second.people.set", { never: 1 }],
      ["second.opt_out_tracking"],
    ]);
    await pass(5000);
    expect(names()).to.deep.equal(["A"]);
  });

  it("check 27: counts the page that the visitor is on when the yes comes late", async () => {
    const { mixpanel, pass, names } = mixpanelScene({
      ...BY_DEFAULT,
      track_pageview: true,
    });
    await pass(0);
    mixpanel.opt_in_tracking();
    mixpanel.opt_in_tracking();
    await pass(5000);
    expect(names()).to.deep.equal(["$opt_in", "$mp_web_page_view"]);
  });
});

describe("mixpanel dialect: the mobile names", () => {
  it("starts out where init says so, and tells of an opt-in after it has said who it is", async () => {
    const { mixpanel, pass, sent, names } = mixpanelScene({
      optOutTrackingByDefault: true,
    });
    const before = mixpanel.hasOptedOutTracking();
    mixpanel.track("never");
    mixpanel.optInTracking("user-42", { via: "settings" });
    await pass(5000);
    expect([
      before,
      mixpanel.hasOptedOutTracking(),
      names(),
      sent()[1]!.properties!.via,
      sent()[1]!.properties!.$user_id,
      sent()[1]!.properties!.consent_purposes,
    ]).to.deep.equal([
      true,
      false,
      ["$identify", "$opt_in"],
      "settings",
      "user-42",
      ["analytics"],
    ]);
  });

  it("tells of an opt-in once, and before what was held for it", async () => {
    const { mixpanel, pass, names } = mixpanelScene({
      optOutTrackingByDefault: true,
      hold: true,
    });
    mixpanel.track("held");
    mixpanel.optInTracking("user-42");
    mixpanel.optInTracking("user-42");
    await pass(5000);
    expect(names()).to.deep.equal(["$opt_in", "held", "$identify"]);
  });

  it("takes nothing over to the one whom an opt-in names", async () => {
    const { mixpanel, pass, sent } = await underWay();
    void mixpanel.opt_out_tracking({ clear_persistence: false });
    mixpanel.optInTracking("user-43");
    mixpanel.track("B");
    await pass(5000);
    expect(JSON.stringify(sent())).not.to.match(/user-42|"plan"/);
  });

  it("records nothing for an id that Mixpanel does not take", async () => {
    const { mixpanel, pass, requests } = mixpanelScene(BY_DEFAULT);
    const words = catchError(() => mixpanel.optInTracking("anonymous"));
    await pass(5000);
    expect([
      words.split(":")[0],
      mixpanel.get_decision(),
      requests.length,
    ]).to.deep.equal(["RangeError", undefined, 0]);
  });

  it("deletes events and updates that still wait", async () => {
    const all = await underWay();
    fill(all);
    await microtasks(5);
    const waited = Object.keys(localStorage).some((key) =>
      key.includes("/out/"),
    );
    all.mixpanel.optOutTracking();
    const left = stored(all.flag);
    all.mixpanel.optInTracking();
    await all.pass(DAY);
    expect([waited, left, all.names()]).to.deep.equal([true, [], ["$opt_in"]]);
  });

  it("remembers an opt-out at the next start, whatever the default", () => {
    const { mixpanel, open } = mixpanelScene();
    mixpanel.optOutTracking();
    expect(
      open({ optOutTrackingDefault: false }).hasOptedOutTracking(),
    ).to.equal(true);
  });
});

describe("mixpanel dialect with a site's store", () => {
  const store = () => createStore({ purposes: ["analytics", "marketing"] });

  it("holds calls until the record decides, and tells of a yes from anywhere", async () => {
    const consent = store();
    const { mixpanel, pass, names, sent, flag } = mixpanelScene({ consent });
    mixpanel.track("A");
    await pass(0);
    const before = [names(), stored(flag), mixpanel.has_opted_out_tracking()];
    consent.grantAll();
    await pass(5000);
    expect([
      before,
      names(),
      sent()[0]!.properties!.consent_purposes,
      localStorage.getItem(flag),
      mixpanel.has_opted_in_tracking(),
    ]).to.deep.equal([
      [[], [], false],
      ["$opt_in", "A"],
      ["analytics", "marketing"],
      null,
      true,
    ]);
  });

  it("tells of a yes from elsewhere in the default words, whatever an earlier opt-in was called", async () => {
    const consent = store();
    const { mixpanel, pass, names } = mixpanelScene({ consent });
    mixpanel.opt_in_tracking({ track_event_name: "User opted in" });
    await pass(0);
    consent.denyAll();
    consent.grantAll();
    await pass(0);
    expect(names()).to.deep.equal(["User opted in", "$opt_in"]);
  });

  it("writes its calls into the record", () => {
    const consent = store();
    const { mixpanel } = mixpanelScene({ consent });
    mixpanel.opt_in_tracking();
    const yes = consent.get("analytics");
    void mixpanel.opt_out_tracking();
    const no = [consent.get("analytics"), consent.record!.action];
    mixpanel.clear_opt_in_out_tracking();
    expect([yes, no, consent.get("analytics")]).to.deep.equal([
      "granted",
      ["denied", "opt-out"],
      undefined,
    ]);
  });

  it("asks for the purpose that it is told, and drops calls where the default is out and nothing is to be held", async () => {
    const consent = store();
    const { mixpanel, pass, names } = mixpanelScene({
      ...BY_DEFAULT,
      consent,
      purpose: "marketing",
      hold: false,
    });
    mixpanel.track("never");
    consent.set({ analytics: "granted" });
    mixpanel.track("never");
    consent.set({ marketing: "granted" });
    mixpanel.track("A");
    await pass(5000);
    expect(names()).to.deep.equal(["$opt_in", "A"]);
  });

  it("takes opt_out_tracking_by_default for the stricter word where the store would not ask", async () => {
    const consent = createStore({ mode: "opt-out" });
    const { mixpanel, pass, requests } = mixpanelScene({
      ...BY_DEFAULT,
      consent,
    });
    mixpanel.track("never");
    await pass(5000);
    expect([requests.length, mixpanel.has_opted_out_tracking()]).to.deep.equal([
      0,
      true,
    ]);
  });

  it("carries a no of the old flag over into the record, once, and does not take its yes for one", () => {
    const first = mixpanelScene(null);
    localStorage.setItem(first.flag, "0");
    const consent = store();
    consent.grantAll();
    first.open({ consent });
    const carried = [
      consent.get("analytics"),
      consent.get("marketing"),
      consent.record!.source,
      localStorage.getItem(first.flag),
    ];
    consent.grantAll();
    first.open({ consent });
    const second = mixpanelScene(null);
    localStorage.setItem(second.flag, "1");
    const other = store();
    second.open({ consent: other });
    expect([
      carried,
      consent.get("analytics"),
      other.get("analytics"),
    ]).to.deep.equal([
      ["denied", "granted", "import", null],
      "granted",
      undefined,
    ]);
  });

  for (const [who, say] of [
    ["an opt-in", ({ mixpanel }) => mixpanel.opt_in_tracking()],
    ["the site", (_, consent) => consent.grantAll()],
  ] as [string, (scene: MixpanelScene, consent: ConsentStore) => void][])
    it(`carries over a no that the SDK writes while the page lives, and lets a later yes of ${who} win`, async () => {
      const consent = store();
      consent.grantAll();
      const scene = mixpanelScene({ consent });
      const { mixpanel, flag, pass, names } = scene;
      localStorage.setItem(flag, "0");
      const seen = [
        mixpanel.has_opted_out_tracking(),
        consent.get("analytics"),
        localStorage.getItem(flag),
      ];
      mixpanel.track("never");
      say(scene, consent);
      mixpanel.track("A");
      await pass(5000);
      expect([seen, mixpanel.has_opted_in_tracking(), names()]).to.deep.equal([
        [true, "denied", null],
        true,
        ["$opt_in", "A"],
      ]);
    });

  it("takes a yes for later than a no of the SDK that nobody has looked at", async () => {
    const consent = store();
    const { mixpanel, flag, pass, names } = mixpanelScene({ consent });
    localStorage.setItem(flag, "0");
    consent.grantAll();
    mixpanel.track("A");
    await pass(5000);
    expect([
      names(),
      mixpanel.has_opted_in_tracking(),
      localStorage.getItem(flag),
    ]).to.deep.equal([["$opt_in", "A"], true, null]);
  });

  it("carries the old cookie's no over as well", () => {
    setCookie("mp_optout=1");
    const consent = store();
    mixpanelScene({ consent });
    expect(consent.get("analytics")).to.equal("denied");
  });

  it("sends without a name or a lasting id where the answer is anonymous", async () => {
    const consent = store();
    consent.set({ analytics: "anonymous" });
    const { mixpanel, pass, sent, requests, flag } = mixpanelScene({ consent });
    mixpanel.identify("user-42");
    mixpanel.track("A");
    await pass(5000);
    expect([
      sent().map(({ event }) => event),
      sent()[0]!.properties!.$user_id,
      requests[0]!.url.searchParams.get("ip"),
      stored(flag),
      mixpanel.has_opted_in_tracking(),
      mixpanel.has_opted_out_tracking(),
      mixpanel.get_distinct_id(),
    ]).to.deep.equal([["A"], undefined, "0", [], false, false, undefined]);
  });

  it("refuses a purpose that the store does not have", () => {
    expect(() =>
      mixpanelScene({ consent: store(), purpose: "analitics" }),
    ).to.throw(RangeError, "analytics");
  });
});

describe("mixpanel dialect: what the real SDK has left", () => {
  /** What it keeps for the next scene's token, in every place. */
  function leaveBehind(token: string): () => string[] {
    const identity = `mp_${token}_mixpanel`;
    for (const key of [
      `__mpq_${token}_ev`,
      `__mpq_${token}_pp:X`,
      identity,
      "__mpq_another_ev",
    ])
      localStorage.setItem(key, "[]");
    for (const kind of ["mp_tab_id", "mp_gen_new_tab_id"])
      sessionStorage.setItem(`${kind}_mixpanel_${token}`, "1");
    setCookie(`${identity}=%7B%7D`);
    return () =>
      stored(`__mp_opt_in_out_${token}`).map((key) => key.replace(/=.*/, ""));
  }

  it("is removed at a no, and nothing else is", () => {
    const { token, open } = mixpanelScene(null);
    const left = leaveBehind(token);
    const mixpanel = open({ persistence: "localStorage" });
    const before = left().length;
    void mixpanel.opt_out_tracking();
    expect([before, left()]).to.deep.equal([7, ["__mpq_another_ev"]]);
  });

  it("is removed at the start where the record holds a no", () => {
    const { token, open } = mixpanelScene(null);
    const left = leaveBehind(token);
    const consent = createStore({
      purposes: ["analytics"],
      storage: { read: () => [], write() {} },
    });
    consent.set({ analytics: "denied" });
    open({ consent });
    expect(left()).to.deep.equal(["__mpq_another_ev"]);
  });
});
