import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import type { Message, Properties } from "../../src/tracker/destination.js";
import { catchError } from "../support/catch-error.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { FakeStorage } from "../support/fake-storage.js";
import { stubProperty } from "../support/stub-property.js";
import { NAME, tabs, type Tab, type Tabs } from "../support/tabs.js";
import { turn } from "../support/turn.js";

const DAY = 864e5;

const names = (messages: readonly Message[]) =>
  messages.map(({ name }) => name);

/** How often each event was sent with one id of its own. */
function arrivals(all: Tabs): Record<string, number> {
  const ids = new Map<string, Set<string>>();
  for (const { name, id } of all.messages())
    ids.set(name, (ids.get(name) ?? new Set()).add(id));
  return Object.fromEntries(
    [...ids].map(([name, { size }]): [string, number] => [name, size]),
  );
}

/** A tab whose visitor has granted, with the code that sends. */
async function granted(all: Tabs, options?: Parameters<Tabs["open"]>[0]) {
  const tab = all.open(options);
  tab.consent.grantAll();
  tab.track("first");
  await all.pass(1000);
  return tab;
}

describe("P1 engine before permission", () => {
  it("touches no storage and no network, whatever it is told", async () => {
    const all = tabs();
    const { engine, local, session, track } = all.open();
    track("a");
    engine.call("page");
    engine.call("identify", "user-42");
    engine.call("register", "", { plan: "pro" });
    engine.flush();
    dispatchEvent(new Event("pagehide"));
    await all.pass(DAY);
    const wrote = [local, session].flatMap(({ seen }) =>
      seen.filter((what) => what.startsWith("setItem")),
    );
    expect([all.requests, wrote, engine.level(), engine.who()]).to.deep.equal([
      [],
      [],
      "hold",
      undefined,
    ]);
  });

  it("holds until a storage that answers late has answered, then sends under the old grant", async () => {
    const all = tabs();
    const first = await granted(all);
    first.crash();
    const answer = deferred<void>();
    const late = Object.assign(new FakeRecordStorage(), {
      ready: answer.promise,
    });
    const { engine, track, local } = all.open({ store: { storage: late } });
    track("b");
    await all.pass(10_000);
    const before = [engine.level(), names(all.messages()), local.writes];
    late.texts = all.record.texts;
    answer.resolve();
    await all.pass(1000);
    expect([before, names(all.messages())]).to.deep.equal([
      ["hold", ["first"], 0],
      ["first", "b"],
    ]);
  });

  it("sends what an earlier page left once such a storage has answered, without a new event", async () => {
    const all = tabs({}, "fail");
    const first = await granted(all);
    first.track("left");
    await all.pass(1000);
    first.crash();
    const answer = deferred<void>();
    const late = Object.assign(new FakeRecordStorage(...all.record.texts), {
      ready: answer.promise,
    });
    all.open({ store: { storage: late } });
    await all.pass(10_000);
    const before = names(all.messages());
    answer.resolve();
    await all.pass(10_000);
    expect([before, names(all.messages())]).to.deep.equal([
      ["first", "left"],
      ["first", "left", "left"],
    ]);
  });

  it("holds on a prerendered page", async () => {
    let prerendering = true;
    stubProperty(document, "prerendering", () => prerendering);
    const all = tabs();
    const { consent, track, local, engine } = all.open({
      optInEvent: "$opt_in",
    });
    consent.grantAll();
    track("a");
    await all.pass(DAY / 1000);
    const before = [all.requests.length, local.writes, engine.level()];
    prerendering = false;
    document.dispatchEvent(new Event("prerenderingchange"));
    await all.pass(1000);
    expect([before, names(all.messages())]).to.deep.equal([
      [0, 0, "hold"],
      ["$opt_in", "a"],
    ]);
  });
});

describe("P1 engine that holds", () => {
  it("keeps a thousand calls and a million characters, counts the rest and says so", async () => {
    const all = tabs();
    const { consent, track, errors } = all.open();
    track(...Array.from({ length: 1007 }, (_, i) => `e${i}`));
    consent.grantAll();
    await all.pass(1000);
    const found = names(all.messages());
    expect([found.length, found[0], errors.map(String)]).to.deep.equal([
      1000,
      "e7",
      [
        "Error: consent-elements: 7 held calls were dropped; raise holdLimit, holdBytes or holdTime",
      ],
    ]);
  });

  it("drops the oldest where all together are too long", async () => {
    const all = tabs();
    const { consent, engine, errors } = all.open({ holdBytes: 1000 });
    for (const name of ["a", "b", "c", "d"])
      engine.call("track", name, { text: "x".repeat(400) });
    consent.grantAll();
    await all.pass(1000);
    expect([names(all.messages()), errors.length]).to.deep.equal([
      ["c", "d"],
      1,
    ]);
  });

  for (const bound of [{ holdLimit: 0 }, { holdBytes: 0 }, { holdBytes: -1 }])
    it(`holds nothing, and does not hang, with ${JSON.stringify(bound)}`, async () => {
      const all = tabs();
      const { consent, track } = all.open(bound);
      track("a");
      consent.grantAll();
      track("b");
      await all.pass(1000);
      expect(names(all.messages())).to.deep.equal(["b"]);
    });

  it("drops what is older than ten minutes", async () => {
    const all = tabs();
    const { consent, track, errors } = all.open();
    track("a");
    all.time.advance(1).catch(() => {});
    await all.pass(600_000);
    track("b");
    consent.grantAll();
    await all.pass(1000);
    expect([names(all.messages()), errors.length]).to.deep.equal([["b"], 1]);
  });
});

/** What may happen around a refusal. Each begins with a granted visitor who has sent `first`. */
const MOMENTS: Record<string, (tab: Tab, all: Tabs) => Promise<void> | void> = {
  "in the same breath": (tab) => tab.track("never"),
  "while it waits to be sent": async (tab, all) => {
    tab.track("never");
    await all.pass(500);
  },
  "while it is under way": async (tab, all) => {
    tab.track("under way");
    await all.pass(1000);
    tab.track("never");
  },
  "in a back-off": async (tab, all) => {
    tab.track("under way");
    await all.pass(1000);
    all.requests.at(-1)!.answer({ status: 503 });
    await all.pass(500);
    tab.track("never");
    await all.pass();
  },
  "when it was handed over on leaving": async (tab, all) => {
    tab.track("under way");
    await all.pass();
    dispatchEvent(new Event("pagehide"));
    tab.track("never");
    await all.pass();
  },
};

const REFUSALS: Record<string, (tab: Tab, all: Tabs) => void> = {
  "denyAll()": ({ consent }) => {
    consent.denyAll();
  },
  "withdraw()": ({ consent }) => {
    consent.withdraw();
  },
  "another tab, unheard": (_, all) => {
    // The other tab's own engine removes what is stored.
    all.open().consent.denyAll();
  },
};

for (const [moment, begin] of Object.entries(MOMENTS))
  for (const [how, refuse] of Object.entries(REFUSALS))
    describe(`P2 engine at a refusal by ${how}, ${moment}`, () => {
      const told = how !== "another tab, unheard";
      const start = async () => {
        const all = tabs({}, "hang", "hang", "hang", "hang");
        const tab = await granted(all);
        await begin(tab, all);
        const { length } = all.requests;
        refuse(tab, all);
        return { all, tab, length };
      };

      it("leaves nothing in any storage and lets nothing leave later", async () => {
        const { all, tab, length } = await start();
        const now = told && [
          all.local.content,
          tab.session.content,
          all.requests
            .slice(1)
            .every(
              ({ signal }) => signal.aborted || moment === "in a back-off",
            ),
        ];
        for (const request of all.requests.slice(1)) request.answer("fail");
        await all.pass(DAY);
        tab.engine.flush();
        tab.track("never");
        dispatchEvent(new Event("pagehide"));
        dispatchEvent(new Event("online"));
        await all.pass(DAY);
        // A later page.
        tab.crash();
        const next = all.open();
        next.track("never");
        await all.pass(DAY);
        expect([
          now,
          all.requests.length,
          all.local.content,
          all.time.waiting,
          names(all.messages()).includes("never"),
        ]).to.deep.equal([told && [{}, {}, true], length, {}, [], false]);
      });

      it("lets nothing from before leave after a new grant", async () => {
        const { all, tab, length } = await start();
        const before = all.messages()[0]!.who.deviceId;
        const at = told ? tab : all.open();
        at.consent.grantAll();
        // The first event of a page that slept through both wakes it, and is from before.
        tab.track(told ? "again" : "never");
        await all.pass();
        // It has looked at the end of that task, or looks when its visitor comes back.
        if (!told) tab.consent.refresh();
        tab.track("more");
        for (let i = 0; i < 9; i++) {
          await all.pass(10_000);
          for (const request of all.requests) request.answer({});
        }
        const later = all.requests.slice(length).flatMap(messagesIn);
        expect([
          [...new Set(names(later))],
          later.some(({ who }) => who.deviceId === before),
        ]).to.deep.equal([told ? ["again", "more"] : ["more"], false]);
      });
    });

describe("P2 engine and what waits", () => {
  it("sends nothing later that was held when the visitor said no", async () => {
    const all = tabs();
    const { consent, track } = all.open();
    track("never");
    consent.denyAll();
    track("never");
    consent.grantAll();
    track("a");
    await all.pass(1000);
    expect(names(all.messages())).to.deep.equal(["a"]);
  });

  it("sends nothing at a stricter level that waited for the code at another", async () => {
    const all = tabs();
    const { consent, track } = all.open();
    consent.grantAll();
    track("never");
    consent.set({ analytics: "anonymous" });
    track("a");
    await all.pass(1000);
    expect(
      all.messages().map(({ name, level }) => [name, level]),
    ).to.deep.equal([["a", "anonymous"]]);
  });

  it("sends nothing later of a call in the middle of which the visitor says no", async () => {
    const all = tabs();
    const { consent, engine, track } = all.open();
    consent.grantAll();
    engine.call("track", "never", {
      get a() {
        consent.denyAll();
        return 1;
      },
    });
    consent.grantAll();
    track("a");
    await all.pass(1000);
    expect(names(all.messages())).to.deep.equal(["a"]);
  });

  it("looks at the session's storage before it empties the other, which would make the look wait", () => {
    const order: string[] = [];
    const watched = (name: string) => {
      const storage = new FakeStorage();
      storage.key = (index) => {
        order.push(`looks at ${name}`);
        return FakeStorage.prototype.key.call(storage, index);
      };
      storage.removeItem = (key) => {
        order.push(`empties ${name}`);
        FakeStorage.prototype.removeItem.call(storage, key);
      };
      return storage;
    };
    const [local, session] = [watched("local"), watched("session")];
    const { consent } = tabs().open({
      storage: () => local,
      sessionStorage: () => session,
    });
    consent.grantAll();
    for (const storage of [local, session]) storage.setItem(NAME, "{}");
    order.length = 0;
    consent.denyAll();
    const looked = order.indexOf("looks at session");
    expect(looked).to.be.within(0, order.indexOf("empties local") - 1);
  });

  for (const choice of ["denied", "anonymous"] as const)
    it(`removes what an earlier page left at a level above, once it is ${choice}, before any code that sends is there`, async () => {
      const all = tabs();
      const first = all.open({ anonymousLevel: "session" });
      first.consent.set({ analytics: "anonymous" });
      first.track("a");
      await all.pass(1000);
      const before = Object.keys(first.session.content);
      first.crash();
      const next = all.open({ after: first });
      next.consent.set({ analytics: choice });
      expect([before, next.session.content, all.local.content]).to.deep.equal([
        [`${NAME}/session`],
        {},
        {},
      ]);
    });
});

describe("P2 engine and a deletion", () => {
  it("knows who the visitor is from storage before it has sent anything, and nobody after a no", async () => {
    const all = tabs();
    const first = await granted(all);
    first.engine.call("identify", "user-42");
    const known = first.engine.who();
    first.crash();
    const { engine, consent } = all.open();
    const read = engine.who();
    consent.denyAll();
    expect([known, JSON.parse(read!).userId, engine.who()]).to.deep.equal([
      read,
      "user-42",
      undefined,
    ]);
  });
});

describe("P3 engine at a grant", () => {
  it("tells of it first and once, then what it held with its own time, then the rest", async () => {
    const all = tabs();
    const { consent, track } = all.open({ optInEvent: "$opt_in" });
    const start = all.time.now();
    track("a");
    await all.pass(5000);
    track("b");
    await all.pass(5000);
    consent.grantAll();
    track("c");
    consent.grantAll();
    await all.pass(1000);
    expect(
      all.messages().map(({ name, time }) => [name, time - start]),
    ).to.deep.equal([
      ["$opt_in", 10_000],
      ["a", 0],
      ["b", 5000],
      ["c", 10_000],
    ]);
  });

  it("tells a destination that wants it of every decision, from the page where it was made", async () => {
    const all = tabs();
    const seen: string[] = [];
    const destination = fakeDestination(50, {
      write(message) {
        const { analytics } = message.decision?.choices ?? {};
        seen.push(
          `${message.verb} ${message.name}${analytics} ${message.level}`,
        );
        return { route: "events", text: JSON.stringify(message) };
      },
    });
    const options = { destination, decisions: true };
    const { consent } = all.open(options);
    const other = all.open(options);
    for (const choice of [
      "granted",
      "anonymous",
      "denied",
      "granted",
    ] as const) {
      consent.set({ analytics: choice });
      other.consent.refresh();
      await all.pass(1000);
    }
    expect(seen).to.deep.equal([
      "consent granted full",
      "consent anonymous anonymous",
      "consent granted full",
    ]);
  });

  it("does not tell of it again after a reload", async () => {
    const all = tabs();
    const first = await granted(all, { optInEvent: "$opt_in" });
    first.crash();
    all.open({ optInEvent: "$opt_in" }).track("b");
    await all.pass(1000);
    expect(names(all.messages())).to.deep.equal(["$opt_in", "first", "b"]);
  });
});

describe("P5 engine and what must not be lost", () => {
  it("leaves to a page of another revision what that one keeps for its own grant", async () => {
    const all = tabs({}, "hang");
    const old = await granted(all, { store: { revision: "1" } });
    const fresh = all.open({ store: { revision: "2" } });
    fresh.consent.grantAll();
    fresh.track("a");
    await all.pass(0);
    const kept = { ...all.local.content };
    old.consent.refresh();
    await all.pass(1000);
    expect([
      old.engine.level(),
      Object.keys(kept).length,
      all.local.content,
    ]).to.deep.equal(["hold", 2, kept]);
    fresh.consent.denyAll();
    old.consent.refresh();
    expect(all.local.content).to.deep.equal({});
  });

  const ENDS: Record<string, (tab: Tab) => void> = {
    "a crash": (tab) => tab.crash(),
    "being left": (tab) => {
      dispatchEvent(new Event("pagehide"));
      tab.crash();
    },
  };
  for (const [how, end] of Object.entries(ENDS)) {
    it(`sends after ${how} what nobody has answered, with the same ids`, async () => {
      const all = tabs({}, "hang");
      const tab = await granted(all);
      tab.track("a", "b");
      await all.pass(1000);
      tab.track("c");
      await turn();
      end(tab);
      all.open();
      await all.pass(10_000);
      expect([arrivals(all), all.local.content[NAME] !== undefined])
        .to.deep //
        .equal([{ first: 1, a: 1, b: 1, c: 1 }, true]);
      expect(
        all.requests.at(-1) && names(messagesIn(all.requests.at(-1)!)),
      ).to.deep.equal(["a", "b", "c"]);
      expect(
        Object.keys(all.local.content).filter((key) => key.includes("/out/")),
      ).to.deep.equal([]);
    });

    it(`sends after ${how} what an offline page had gathered`, async () => {
      const all = tabs({}, ...Array.from({ length: 6 }, () => "fail" as const));
      const tab = await granted(all);
      for (const name of ["a", "b", "c"]) {
        tab.track(name);
        await all.pass(4000);
      }
      end(tab);
      const next = all.open();
      next.track("d");
      await all.pass(DAY);
      const last = names(messagesIn(all.requests.at(-1)!));
      expect([arrivals(all), last]).to.deep.equal([
        { first: 1, a: 1, b: 1, c: 1, d: 1 },
        ["a", "b", "c", "d"],
      ]);
    });
  }

  it("sends what an earlier page left in an outbox of its own, without a new event", async () => {
    const all = tabs({}, "fail");
    const outbox = new FakeStorage();
    const tab = await granted(all, { outbox: () => outbox });
    tab.track("a");
    await all.pass(1000);
    tab.crash();
    const left = Object.keys(outbox.content).length;
    all.open({ outbox: () => outbox });
    await all.pass(10_000);
    expect([left, names(all.messages()), outbox.content]).to.deep.equal([
      1,
      ["first", "a", "a"],
      {},
    ]);
  });

  it("removes at a refusal what is in an outbox of its own", async () => {
    const all = tabs({}, "fail");
    const outbox = new FakeStorage();
    const tab = await granted(all, { outbox: () => outbox });
    tab.track("a");
    await all.pass(1000);
    tab.consent.denyAll();
    expect([outbox.content, all.local.content]).to.deep.equal([{}, {}]);
  });

  it("sends one tab at a time, each event once, whoever was first", async () => {
    const all = tabs(...Array.from({ length: 12 }, () => "hang" as const));
    const one = await granted({ ...all, pass: async () => {} });
    await all.pass(1000);
    all.requests[0]!.answer({});
    await all.pass();
    const two = all.open();
    for (let i = 0; i < 4; i++) {
      one.track(`one${i}`);
      two.track(`two${i}`);
      await all.pass(4000);
      for (const request of all.requests) request.answer({});
      await all.pass();
    }
    await all.pass(10_000);
    for (const request of all.requests) request.answer({});
    await all.pass(10_000);
    const sent = names(all.messages());
    expect([all.most, sent.length, new Set(sent).size]).to.deep.equal([
      1, 9, 9,
    ]);
    for (const tab of ["one", "two"])
      expect(sent.filter((name) => name.startsWith(tab))).to.deep.equal(
        [0, 1, 2, 3].map((i) => `${tab}${i}`),
      );
  });

  it("sends what a tab held that died in the middle of a request", async () => {
    const all = tabs({}, "hang");
    const one = await granted(all);
    const two = all.open();
    one.track("a");
    await all.pass(1000);
    one.track("b");
    await turn();
    two.track("c");
    await all.pass(1000);
    const before = all.requests.length;
    one.crash();
    await all.pass(10_000);
    two.track("d");
    await all.pass(10_000);
    expect([before, arrivals(all)]).to.deep.equal([
      2,
      { first: 1, a: 1, b: 1, c: 1, d: 1 },
    ]);
  });

  it("loses nothing and keeps the order where storage has no room", async () => {
    const all = tabs({}, "fail");
    const tab = await granted(all);
    tab.local.room = 0;
    tab.track("a");
    await all.pass(1000);
    tab.track("b");
    tab.local.room = Infinity;
    tab.track("c");
    await all.pass(10_000);
    expect([names(all.messages()), tab.errors.map(String)]).to.deep.equal([
      ["first", "a", "a", "b", "c"],
      ["QuotaExceededError: full", "TypeError: Failed to fetch"],
    ]);
  });

  it("sends, and knows the visitor for this page, where storage is blocked", async () => {
    const all = tabs();
    const tab = all.open();
    tab.local.blocked = tab.session.blocked = true;
    tab.consent.grantAll();
    tab.track("a");
    await all.pass(1000);
    tab.track("b");
    await all.pass(1000);
    const devices = all.messages().map(({ who }) => who.deviceId);
    expect([names(all.messages()), new Set(devices).size]).to.deep.equal([
      ["a", "b"],
      1,
    ]);
  });

  it("writes a thousand events as cheaply as a hundred, ten times over", async () => {
    const cost = async (count: number) => {
      const all = tabs("fail", "fail", "fail", "fail", "fail", "fail");
      const tab = all.open();
      tab.consent.grantAll();
      tab.track("first");
      await all.pass();
      const { writes, written } = tab.local;
      for (let i = 0; i < count; i++) {
        tab.track(`event number ${`${i}`.padStart(6, "0")}`);
        await all.pass(7);
      }
      return [tab.local.writes - writes, tab.local.written - written];
    };
    const [writes, written] = await cost(1000);
    const [fewWrites, fewWritten] = await cost(100);
    expect([writes! / fewWrites!, Math.round(written! / fewWritten!)])
      .to.deep //
      .equal([10, 10]);
  });
});

describe("P7 engine and bad input", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const BAD: [string, unknown, RegExp][] = [
    ["a cycle", cycle, /^TypeError/],
    ["a function", { a: () => {} }, /^TypeError: .* a is .*write JSON$/],
    ["a symbol", { a: Symbol("s") }, /^TypeError: .*write JSON$/],
    ["a BigInt", { a: 1n }, /^TypeError: .*write JSON$/],
    ["NaN", { a: Number.NaN }, /^TypeError: .*write JSON$/],
    ["Infinity, deep inside", { a: { b: [Infinity] } }, /^TypeError/],
    ["a list", [1], /^TypeError: .*write \{ key: 1 \}/],
    ["a text", "text", /^TypeError: .*write \{ key: 1 \}/],
    ["nothing", null, /^TypeError: .*write \{ key: 1 \}/],
    ["more than 1 MB", { a: "x".repeat(1e6) }, /^TypeError: .*below 1 MB/],
  ];
  for (const [name, properties, message] of BAD)
    it(`refuses ${name} at the call, and loses no other event`, async () => {
      const all = tabs();
      const { engine, consent, track } = all.open();
      const call = () => engine.call("track", "bad", properties as Properties);
      track("a");
      const held = catchError(call);
      track("b");
      consent.grantAll();
      await all.pass(1000);
      const sending = catchError(call);
      track("c");
      await all.pass(1000);
      expect(held).to.match(message);
      expect([sending, names(all.messages())]).to.deep.equal([
        held,
        ["a", "b", "c"],
      ]);
    });

  it("takes properties of 1 MB, and sends them with the rest", async () => {
    const all = tabs();
    const tab = await granted(all);
    tab.engine.call("track", "big", { a: "x".repeat(1e6 - 8) });
    tab.track("small");
    await all.pass(1000);
    expect(names(all.messages())).to.deep.equal(["first", "big", "small"]);
  });

  it("refuses what the destination refuses, at the call", async () => {
    const all = tabs();
    const { consent, track } = all.open({
      destination: fakeDestination(50, {
        check({ name }) {
          if (name === "bad") throw new RangeError("write another name");
        },
      }),
    });
    consent.grantAll();
    track("a");
    const message = catchError(() => track("bad"));
    track("b");
    await all.pass(1000);
    expect([message, names(all.messages())]).to.deep.equal([
      "RangeError: write another name",
      ["a", "b"],
    ]);
  });

  it("reports what the receiver complains of, and goes on", async () => {
    const all = tabs({ body: '{"status":0,"error":"bad token"}' });
    const tab = await granted(all);
    tab.track("b");
    await all.pass(1000);
    expect([names(all.messages()), tab.errors.map(String)]).to.deep.equal([
      ["first", "b"],
      ['Error: consent-elements: refused: {"status":0,"error":"bad token"}'],
    ]);
  });

  it("obeys a store of a dialect's own, which says no without a word", async () => {
    const all = tabs();
    const inner = createStore({ clock: all.time.now });
    let isStrict = false;
    const derived = new Proxy(inner, {
      get(target, name) {
        if (name === "get" && isStrict) return () => "denied";
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const tab = all.open({ consent: derived } as object);
    inner.grantAll();
    tab.track("a");
    await all.pass(1000);
    tab.track("never");
    await all.pass(500);
    isStrict = true;
    await all.pass(1000);
    tab.engine.flush();
    dispatchEvent(new Event("pagehide"));
    await all.pass(1000);
    expect(names(all.messages())).to.deep.equal(["a"]);
  });
});
