import { expect } from "@open-wc/testing";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import type { Destination } from "../../src/tracker/destination.js";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import type { Tracker } from "../../src/tracker/facade.js";
import { carried } from "../support/carried.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import type { Answer } from "../support/fake-fetch.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { scene, type Scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { microtasks } from "../support/turn.js";
import { watchTraces } from "../support/watch-traces.js";

const DAY = 864e5;

/** The ways to say no. */
const REFUSALS: Record<
  string,
  (consent: ConsentStore, tracker: Tracker) => void
> = {
  "denyAll()": (consent) => consent.denyAll(),
  "withdraw()": (consent) => consent.withdraw(),
  "set()": (consent) => consent.set({ analytics: "denied" }),
  "optOut()": (_, tracker) => tracker.optOut(),
};

/** A tracker that may send, has sent, and knows who the visitor is. */
async function underWay(options: Parameters<typeof scene>[0] = {}) {
  const all = scene({ optInEvent: "", ...options });
  all.consent.grantAll();
  all.tracker.register({ site: "shop" });
  all.tracker.identify("user-42");
  await all.pass(1000);
  all.requests.splice(0);
  return all;
}

/** Another page of the site says no, and nobody tells this one. */
function denyElsewhere({ time }: Scene, storage: FakeRecordStorage) {
  createStore({
    purposes: ["analytics", "marketing"],
    storage,
    clock: time.now,
  }).denyAll();
}

for (const [name, refuse] of Object.entries(REFUSALS))
  describe(`tracker at a refusal by ${name}`, () => {
    it("drops what was held, and what comes later", async () => {
      const { tracker, consent, pass, requests, time } = scene();
      tracker.track("never");
      tracker.identify("never");
      refuse(consent, tracker);
      tracker.track("never");
      tracker.page();
      await pass(DAY);
      const before = carried(requests);
      consent.grantAll();
      await pass();
      expect([before, carried(requests), time.waiting]).to.deep.equal([
        [],
        [["$opt_in"]],
        [],
      ]);
    });

    it("empties the queue, stops the timers and removes the identity before it returns", async () => {
      const all = await underWay();
      const { tracker, consent, requests, time, identity, pass } = all;
      tracker.track("never");
      await microtasks(1);
      const before = [time.waiting.length, identity() !== null];
      refuse(consent, tracker);
      const after = [time.waiting, identity()];
      await pass(DAY);
      tracker.flush();
      dispatchEvent(new Event("pagehide"));
      await pass(DAY);
      expect([before, after, carried(requests)]).to.deep.equal([
        [1, true],
        [[], null],
        [],
      ]);
    });

    it("cuts off a request under way and never repeats it", async () => {
      const all = await underWay({ answers: [{}, "hang"] });
      const { tracker, consent, requests, time, pass, errors } = all;
      tracker.track("a");
      await pass(1000);
      tracker.track("never");
      const before = requests.map(({ signal }) => signal.aborted);
      refuse(consent, tracker);
      const after = requests.map(({ signal }) => signal.aborted);
      await pass(DAY);
      expect([before, after, carried(requests), errors]).to.deep.equal([
        [false],
        [true],
        [["a"]],
        [],
      ]);
      expect(time.waiting).to.deep.equal([]);
    });

    it("stops the retries of a request that failed", async () => {
      const all = await underWay({ answers: [{}, { status: 503 }] });
      const { tracker, consent, requests, time, pass } = all;
      tracker.track("a");
      await pass(1000);
      const before = [carried(requests), time.waiting.length];
      refuse(consent, tracker);
      const after = time.waiting;
      await pass(DAY);
      expect([before, after, carried(requests)]).to.deep.equal([
        [[["a"]], 1],
        [],
        [["a"]],
      ]);
    });

    it("removes an identity that it never used, with the sending code not even loaded", () => {
      const storage = new FakeRecordStorage();
      const id = "leftover-of-a-closed-page";
      localStorage.setItem(id, '{"deviceId":"x"}');
      const { tracker, consent, identity } = scene({
        name: id,
        store: { storage, mode: "opt-out" },
      });
      const before = identity();
      refuse(consent, tracker);
      expect([before, identity()]).to.deep.equal(['{"deviceId":"x"}', null]);
    });

    it("starts the next visit without leaving or writing anything", async () => {
      const storage = new FakeRecordStorage();
      const first = scene({ store: { storage } });
      refuse(first.consent, first.tracker);
      const next = scene({ store: { storage }, name: first.name });
      const seen = watchTraces();
      next.tracker.track("never");
      next.tracker.register({ never: true });
      next.tracker.reset();
      await next.pass(DAY);
      expect([seen, carried(next.requests)]).to.deep.equal([[], []]);
    });
  });

describe("tracker after a refusal", () => {
  it("has forgotten a profile's properties that had no name yet", async () => {
    const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
    consent.grantAll();
    tracker.set({ never: true });
    tracker.track("a");
    await pass(1000);
    consent.denyAll();
    consent.grantAll();
    tracker.identify("user-42");
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["a"], ["identify"]]);
  });

  it("has forgotten who the visitor was also where nothing can be stored", async () => {
    stubProperty(Storage.prototype, "setItem", () => () => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const { consent, pass, requests } = scene();
    const ids: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      consent.grantAll();
      await pass();
      ids.push(messagesIn(requests[round]!)[0]?.who.deviceId);
      consent.denyAll();
    }
    expect([carried(requests), new Set(ids).size]).to.deep.equal([
      [["$opt_in"], ["$opt_in"]],
      2,
    ]);
  });

  it("does not even look at what it is told", () => {
    const { tracker, consent } = scene();
    const looks: string[] = [];
    const properties = {
      get secret() {
        looks.push("looked");
        return 1;
      },
    };
    tracker.track("a", properties);
    consent.denyAll();
    looks.push("refused");
    tracker.track("never", properties);
    tracker.page(properties);
    tracker.set(properties);
    tracker.register(properties);
    expect(looks).to.deep.equal(["looked", "refused"]);
  });
});

describe("tracker at a refusal in the same breath", () => {
  const DEPTHS: Record<string, () => Promise<void> | void> = {
    "at once": () => {},
    "after a microtask": () => microtasks(1),
    "after 5 microtasks": () => microtasks(5),
    "after 50 microtasks": () => microtasks(50),
    "after the sending code has loaded": async () => {
      await import("../../src/tracker/sender.js");
      await microtasks(50);
    },
  };
  const DESTINATIONS: Record<string, () => Destination> = {
    "a destination": () => fakeDestination(),
    Mixpanel: () => mixpanel({ token: "tok_demo_0001" }),
  };
  for (const [where, destination] of Object.entries(DESTINATIONS))
    for (const [when, wait] of Object.entries(DEPTHS)) {
      it(`lets nothing leave for ${where} that was tracked before it, ${when}`, async () => {
        const { tracker, consent, pass, requests, identity, time } = scene({
          destination: destination(),
          flushInterval: 0,
        });
        consent.grantAll();
        tracker.track("never");
        tracker.identify("never");
        await wait();
        consent.denyAll();
        const after = [identity(), time.waiting];
        await pass(DAY);
        expect([after, carried(requests), identity()]).to.deep.equal([
          [null, []],
          [],
          null,
        ]);
      });

      it(`lets nothing leave for ${where} where the sender was at work before, ${when}`, async () => {
        const all = await underWay({
          destination: destination(),
          flushInterval: 0,
        });
        const { tracker, consent, pass, requests, identity, time } = all;
        tracker.track("never");
        tracker.identify("never");
        await wait();
        tracker.optOut();
        const after = [identity(), time.waiting];
        await pass(DAY);
        consent.grantAll();
        await pass(DAY);
        expect([after, carried(requests)]).to.deep.equal([[null, []], []]);
      });
    }

  it("lets nothing leave that waited for the sending code", async () => {
    const code = deferred<Destination>();
    const { tracker, consent, pass, requests, identity, time } = scene({
      destination: () => code.promise,
    });
    consent.grantAll();
    tracker.track("never");
    await pass();
    consent.denyAll();
    code.resolve(fakeDestination());
    await pass(DAY);
    expect([carried(requests), identity(), time.waiting]).to.deep.equal([
      [],
      null,
      [],
    ]);
  });

  it("sends only what came after a new grant, when the sending code arrives after both", async () => {
    const code = deferred<Destination>();
    const { tracker, consent, pass, requests } = scene({
      destination: () => code.promise,
    });
    consent.grantAll();
    tracker.track("never");
    await pass();
    consent.denyAll();
    tracker.track("never");
    consent.grantAll();
    tracker.track("a");
    code.resolve(fakeDestination());
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["$opt_in", "a"]]);
  });

  it("does not download a destination any more", async () => {
    const downloads: string[] = [];
    const { tracker, consent, pass } = scene({
      destination: async () => {
        downloads.push(`while ${consent.get("analytics")}`);
        return fakeDestination();
      },
    });
    consent.grantAll();
    tracker.track("never");
    consent.denyAll();
    await pass(DAY);
    // At the grant or not at all.
    expect(downloads).not.to.include("while denied");
  });

  const LATE_ANSWERS: [string, Answer][] = [
    ["a yes", {}],
    ["a no", { status: 400 }],
    ["a complaint", { body: '{"status":0}' }],
    ["a failure", { status: 503 }],
    ["a broken connection", "fail"],
  ];
  for (const [name, answer] of LATE_ANSWERS)
    it(`takes no notice of ${name} that comes after it`, async () => {
      const all = await underWay({ answers: [{}, "hang"] });
      const { tracker, consent, pass, requests, time, errors } = all;
      tracker.track("a");
      await pass(1000);
      // The answer is on its way into the page when the visitor says no.
      requests[0]!.answer(answer);
      consent.denyAll();
      await pass(DAY);
      expect([carried(requests), time.waiting, errors]).to.deep.equal([
        [["a"]],
        [],
        [],
      ]);
    });
});

describe("tracker at a refusal that nobody told it of", () => {
  const whole = ({ requests, time, identity }: Scene) => [
    carried(requests),
    time.waiting,
    identity(),
  ];

  it("reads the record again before each request, and sends nothing", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    all.tracker.track("never");
    denyElsewhere(all, storage);
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  it("sends nothing at flush()", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    all.tracker.track("never");
    denyElsewhere(all, storage);
    all.tracker.flush();
    await all.pass();
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  it("sends nothing more after the request that is under way", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({
      store: { storage },
      answers: [{}, "hang"],
    });
    all.tracker.track("a");
    await all.pass(1000);
    all.tracker.track("never");
    denyElsewhere(all, storage);
    all.requests[0]!.answer({});
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[["a"]], [], null]);
  });

  it("does not repeat a request that failed", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({
      store: { storage },
      answers: [{}, "fail"],
    });
    all.tracker.track("a");
    await all.pass(1000);
    denyElsewhere(all, storage);
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[["a"]], [], null]);
  });

  it("hands nothing to the browser when the page goes away", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    all.tracker.track("never");
    denyElsewhere(all, storage);
    dispatchEvent(new Event("pagehide"));
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  it("sends nothing of what waited for the sending code", async () => {
    const storage = new FakeRecordStorage();
    const code = deferred<Destination>();
    const all = scene({
      store: { storage },
      destination: () => code.promise,
    });
    all.tracker.track("never");
    all.consent.grantAll();
    all.tracker.page();
    all.tracker.track("never");
    await all.pass();
    denyElsewhere(all, storage);
    code.resolve(fakeDestination());
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  const CALLS: Record<string, (tracker: Tracker) => void> = {
    "identify()": (tracker) => tracker.identify("never"),
    "register()": (tracker) => tracker.register({ never: true }),
    "set()": (tracker) => tracker.set({ never: true }),
    "page()": (tracker) => tracker.page(),
    "reset() and track()": (tracker) => {
      tracker.reset();
      tracker.track("never");
    },
  };
  for (const [name, call] of Object.entries(CALLS))
    it(`writes no identifier at ${name}`, async () => {
      const storage = new FakeRecordStorage();
      const all = await underWay({ store: { storage } });
      denyElsewhere(all, storage);
      localStorage.removeItem(all.name);
      const seen = watchTraces();
      call(all.tracker);
      const written = seen.filter((trace) => trace.startsWith("setItem"));
      await all.pass(DAY);
      expect([written, ...whole(all)]).to.deep.equal([[], [], [], null]);
    });

  it("writes no identifier at the first event", async () => {
    const storage = new FakeRecordStorage();
    const all = scene({ store: { storage }, optInEvent: "" });
    all.consent.grantAll();
    // Something anonymous has made the tracker load its sending code.
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    await all.pass(1000);
    all.consent.grantAll();
    denyElsewhere(all, storage);
    const seen = watchTraces();
    all.tracker.track("never");
    await all.pass(DAY);
    expect([
      seen.filter((trace) => trace.startsWith("setItem")),
      ...whole(all),
    ]).to.deep.equal([[], [["a"]], [], null]);
  });

  it("goes down with the visitor to the anonymous level", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    all.tracker.track("never");
    createStore({
      purposes: ["analytics", "marketing"],
      storage,
      clock: all.time.now,
    }).set({ analytics: "anonymous" });
    await all.pass(DAY);
    all.tracker.track("a");
    await all.pass(1000);
    const [message] = all.requests.flatMap(messagesIn);
    expect([...whole(all), message?.level]).to.deep.equal([
      [["a"]],
      [],
      null,
      "anonymous",
    ]);
  });

  it("starts afresh when a new grant followed while it slept", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    const { deviceId } = JSON.parse(all.identity()!) as { deviceId: string };
    all.tracker.track("never");
    // In another tab, whose tracker removes the entry as this one would have done.
    denyElsewhere(all, storage);
    localStorage.removeItem(all.name);
    createStore({
      purposes: ["analytics", "marketing"],
      storage,
      clock: all.time.now,
    }).grantAll();
    all.consent.refresh();
    all.tracker.track("a");
    await all.pass(1000);
    const messages = all.requests.flatMap(messagesIn);
    expect([
      messages.map(({ name }) => name),
      messages.filter(({ who }) => who.deviceId === deviceId).length,
    ]).to.deep.equal([["a"], 0]);
  });

  it("starts afresh with a profile's properties, too", async () => {
    const storage = new FakeRecordStorage();
    const all = scene({ store: { storage }, optInEvent: "" });
    all.consent.grantAll();
    all.tracker.set({ never: true });
    await all.pass(1000);
    denyElsewhere(all, storage);
    localStorage.removeItem(all.name);
    createStore({
      purposes: ["analytics", "marketing"],
      storage,
      clock: all.time.now,
    }).grantAll();
    all.consent.refresh();
    all.tracker.identify("user-42");
    await all.pass(1000);
    expect(carried(all.requests)).to.deep.equal([["identify"]]);
  });

  it("believes no record that it cannot read", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage } });
    all.tracker.track("never");
    storage.texts = ["damaged"];
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  it("stops when the grant has expired", async () => {
    const storage = new FakeRecordStorage();
    const all = await underWay({ store: { storage, maxAge: 60_000 } });
    await all.time.advance(60_000);
    all.tracker.track("never");
    await all.pass(DAY);
    expect(whole(all)).to.deep.equal([[], [], null]);
  });

  it("carries on where localStorage refuses to remove the identity", async () => {
    const all = await underWay();
    stubProperty(globalThis, "localStorage", () => {
      throw new DOMException("blocked", "SecurityError");
    });
    all.tracker.track("never");
    all.consent.denyAll();
    await all.pass(DAY);
    expect([carried(all.requests), all.time.waiting]).to.deep.equal([[], []]);
  });
});
