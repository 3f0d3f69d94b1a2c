import { expect } from "@open-wc/testing";
import {
  createLanes,
  type LanePorts,
  type Lanes,
} from "../../src/tracker/lanes.js";
import type { Level } from "../../src/tracker/level.js";
import type { Terms } from "../../src/tracker/terms.js";
import { carried } from "../support/carried.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import {
  fakeFetch,
  type Answer,
  type SentRequest,
} from "../support/fake-fetch.js";
import { FakeStorage } from "../support/fake-storage.js";
import { fakeTimers, type FakeTimers } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";

interface LanesScene {
  lanes: Lanes;
  storage: FakeStorage;
  time: FakeTimers;
  requests: SentRequest[];
  errors: unknown[];
  /** The terms now. A test changes them, and tells the lanes or not. */
  now: { terms: Terms; look?: () => Level };
  /** Adds an event taken on `terms`, as the sender does. */
  add(name: string, terms?: Terms, length?: number): void;
}

const FULL: Terms = { level: "full", serverAnonymity: false };
const FULL_BESIDE: Terms = { level: "full", serverAnonymity: true };
const SESSION: Terms = { level: "session", serverAnonymity: true };
const ANONYMOUS: Terms = { level: "anonymous", serverAnonymity: true };
const OFF: Terms = { level: "off", serverAnonymity: true };

function setUp({
  answers = [],
  storage = new FakeStorage(),
  grant = "g1",
  ...more
}: Partial<LanePorts> & {
  answers?: Answer[];
  storage?: FakeStorage;
  grant?: string;
} = {}): LanesScene {
  const time = fakeTimers();
  const { fetch, requests } = fakeFetch(...answers);
  const errors: unknown[] = [];
  const now: LanesScene["now"] = { terms: FULL };
  const destination = fakeDestination();
  const lanes = createLanes({
    destination,
    name: "lanes",
    outbox: () => storage,
    terms: () => now.terms,
    look: () => now.look?.() ?? now.terms.level,
    inTurn: (_, work) => work(),
    report: (error) => errors.push(error),
    fetch,
    clock: time.now,
    requestTimeout: 30_000,
    ...more,
  });
  return {
    lanes,
    storage,
    time,
    requests,
    errors,
    now,
    add(name, terms = now.terms, length = 0) {
      const message = makeMessage(name, {
        ...terms,
        properties: { text: "x".repeat(length) },
      });
      lanes
        .open(terms, terms.level === "full" ? grant : undefined)
        .add(destination.write(message)!, 1000);
    },
  };
}

const terms = (requests: readonly SentRequest[]) =>
  requests.map((request) => [
    ...new Set(
      messagesIn(request).map(
        ({ level, serverAnonymity }) => `${level} ${serverAnonymity}`,
      ),
    ),
  ]);

describe("lanes", () => {
  it("put only what was taken on the same terms into a request", async () => {
    const { add, time, requests } = setUp();
    const all = [ANONYMOUS, SESSION, FULL_BESIDE, FULL];
    for (const name of ["a", "b"])
      for (const taken of all) add(`${name} ${taken.level}`, taken);
    await time.advance(1000);
    expect(terms(requests).flat().toSorted()).to.deep.equal([
      "anonymous true",
      "full false",
      "full true",
      "session true",
    ]);
  });

  it("store what was taken at the level full, and nothing else", async () => {
    const { add, time, storage } = setUp();
    add("a", ANONYMOUS);
    add("b", SESSION);
    await time.advance(0);
    const before = [...storage.seen];
    add("c", FULL);
    add("d", FULL_BESIDE);
    await time.advance(0);
    expect([
      before,
      Object.keys(storage.content).map((key) => key.replace(/\/\w+-\w+$/, "")),
    ]).to.deep.equal([[], ["lanes/out/g1*", "lanes/out/g1"]]);
  });

  const LEFT = {
    "lanes/out/g1/000000000000000-x": 'events\t{"name":"a","verb":"track"}',
    "lanes/out/g1*/000000000000000-x": 'events\t{"name":"b","verb":"track"}',
  };
  it("send what an earlier page left on other terms, each on its own", async () => {
    const { lanes, time, requests, storage, errors } = setUp();
    for (const [key, text] of Object.entries(LEFT)) storage.setItem(key, text);
    lanes.open(FULL, "g1").flush();
    await time.advance(0);
    expect([
      carried(requests).toSorted(),
      storage.content,
      errors,
    ]).to.deep.equal([[["a"], ["b"]], {}, []]);
  });

  it("remove what an earlier page left without server anonymity where that is asked for now, and say so", async () => {
    const { lanes, now, time, requests, storage, errors } = setUp();
    for (const [key, text] of Object.entries(LEFT)) storage.setItem(key, text);
    now.terms = FULL_BESIDE;
    lanes.open(FULL_BESIDE, "g1").flush();
    const stored = Object.keys(storage.content);
    await time.advance(0);
    expect([stored, carried(requests), storage.content, errors.map(String)])
      .to.deep //
      .equal([
        ["lanes/out/g1*/000000000000000-x"],
        [["b"]],
        {},
        [
          "Error: consent-elements: unsent events were dropped for server anonymity",
        ],
      ]);
  });

  it("remove what was left under a grant that is over, and nothing of others", () => {
    const storage = new FakeStorage();
    const kept = {
      lanes: "identity",
      "lanes/out/g1/0-x": "ours",
      "lanes/session": "session",
      "lanes2/out/g0/0-x": "another tracker's",
      site: "the site's",
    };
    for (const [key, text] of Object.entries(kept)) storage.setItem(key, text);
    storage.setItem("lanes/out/g0/0-x", "old");
    storage.setItem("lanes/out/g0*/0-x", "old");
    setUp({ storage }).lanes.open(FULL, "g1");
    expect(storage.content).to.deep.equal(kept);
  });

  for (const [name, block] of [
    [
      "is blocked",
      {
        outbox: () => {
          throw new DOMException("blocked", "SecurityError");
        },
      },
    ],
    ["refuses every word", { blocked: true }],
  ] as const)
    it(`send from memory where the storage ${name}, and tell that it keeps nothing`, async () => {
      const storage = new FakeStorage();
      storage.blocked = "blocked" in block;
      const { add, time, requests, errors } = setUp({
        storage,
        ...("outbox" in block && block),
      });
      add("a");
      await time.advance(1000);
      add("b");
      await time.advance(1000);
      expect([carried(requests), errors.map(String)]).to.deep.equal([
        [["a"], ["b"]],
        ["SecurityError: blocked"],
      ]);
    });

  it("drop what may not leave any more, and cut off what is under way", async () => {
    const { add, lanes, now, time, requests } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(1000);
    add("b");
    now.terms = ANONYMOUS;
    lanes.follow(false);
    await time.advance(0);
    const waiting = [...time.waiting];
    lanes.flush();
    lanes.retry();
    lanes.leave(true);
    await time.advance(100_000);
    expect([
      carried(requests),
      requests.map(({ signal }) => signal.aborted),
      waiting,
    ]).to.deep.equal([[["a"]], [true], []]);
  });

  const CHANGES: [Terms, Terms, string[][]][] = [
    [ANONYMOUS, SESSION, [["a"]]],
    [ANONYMOUS, FULL, [["a"]]],
    [SESSION, FULL, [["a"]]],
    [FULL_BESIDE, FULL, [["a"]]],
    [FULL, FULL_BESIDE, []],
    [FULL, SESSION, []],
    [FULL, ANONYMOUS, []],
    [SESSION, ANONYMOUS, []],
    [ANONYMOUS, OFF, []],
    [FULL, OFF, []],
  ];
  for (const [from, to, sent] of CHANGES)
    it(`${sent[0] ? "send" : "drop"} what was taken at ${from.level} ${from.serverAnonymity}, at ${to.level} ${to.serverAnonymity}`, async () => {
      const { add, lanes, now, time, requests } = setUp();
      now.terms = from;
      add("a");
      await time.advance(0);
      now.terms = to;
      lanes.follow(false);
      await time.advance(1000);
      expect(carried(requests)).to.deep.equal(sent);
    });

  it("send first what was taken before a change of level", async () => {
    const { add, lanes, now, time, requests } = setUp();
    now.terms = ANONYMOUS;
    add("a");
    now.terms = FULL;
    lanes.follow(false);
    add("b");
    await time.advance(0);
    const now0 = carried(requests);
    await time.advance(1000);
    expect([now0, carried(requests)]).to.deep.equal([[["a"]], [["a"], ["b"]]]);
  });

  it("drop what was taken under another grant, and keep what was anonymous", async () => {
    const { add, lanes, time, requests } = setUp();
    add("a", ANONYMOUS);
    add("b", FULL);
    lanes.follow(true);
    await time.advance(1000);
    expect(carried(requests)).to.deep.equal([["a"]]);
  });

  it("look at the stored record before each request, and believe the stricter word", async () => {
    const { add, now, time, requests, lanes } = setUp();
    add("a");
    await time.advance(1000);
    const levels: Level[] = ["off", "hold", "anonymous", "session"];
    for (const seen of levels) {
      // Nobody has told of it: the terms that are known are as before.
      now.look = () => seen;
      add(seen, FULL);
      await time.advance(1000);
      lanes.flush();
      lanes.leave(true);
      await time.advance(1000);
    }
    expect(carried(requests)).to.deep.equal([["a"]]);
  });

  it("hand over no more in all than browsers carry", () => {
    const { add, lanes, requests } = setUp({
      answers: ["hang", "hang", "hang", "hang"],
    });
    add("a", ANONYMOUS, 25_000);
    add("b", SESSION, 25_000);
    add("c", FULL, 25_000);
    lanes.leave();
    const first = carried(requests);
    // What was handed over is still under way.
    lanes.leave(true);
    expect([first, carried(requests)]).to.deep.equal([
      [["a"], ["b"]],
      [["a"], ["b"]],
    ]);
  });

  it("hand over no more in all than browsers carry, with another tracker of the page", () => {
    const { fetch, requests } = fakeFetch("hang", "hang", "hang", "hang");
    for (const { add, lanes } of [setUp({ fetch }), setUp({ fetch })]) {
      for (const name of ["a", "b"]) {
        add(name, ANONYMOUS, 25_000);
        lanes.leave();
      }
    }
    expect(carried(requests)).to.deep.equal([["a"], ["b"]]);
  });

  it("leave the entries of others alone for as long as an answer may take where there are no locks", async () => {
    const { lanes, time, requests, storage } = setUp({
      inTurn: () => Promise.reject(new DOMException("no", "SecurityError")),
    });
    const at = time.now().toString(36).padStart(9, "0");
    storage.setItem(
      `lanes/out/g1/${at}000000-other`,
      'events\t{"name":"a","verb":"track"}',
    );
    lanes.open(FULL, "g1").flush();
    await time.advance(33_000);
    const before = carried(requests);
    await time.advance(1);
    expect([before, carried(requests)]).to.deep.equal([[], [["a"]]]);
  });

  it("keep in storage what a page that goes away had no room for", async () => {
    const { add, lanes, time, requests, storage } = setUp({
      answers: ["hang"],
    });
    add("a", FULL, 40_000);
    add("b", FULL, 40_000);
    await time.advance(0);
    lanes.leave(true);
    const text = Object.values(storage.content).join("\n");
    expect([
      carried(requests),
      ['"name":"a"', '"name":"b"'].map((part) => text.includes(part)),
    ]).to.deep.equal([[["a"]], [true, true]]);
  });

  it("wait for their turn to send what other tabs can see, and for nothing else", async () => {
    const door = deferred<void>();
    const asked: string[] = [];
    const { add, time, requests } = setUp({
      inTurn: async (name, work) => {
        asked.push(name);
        await door.promise;
        await work();
      },
    });
    add("a", ANONYMOUS);
    add("b", FULL);
    await time.advance(1000);
    const before = carried(requests);
    door.resolve();
    await time.advance(0);
    expect([asked, before, carried(requests)]).to.deep.equal([
      ["lanes"],
      [["a"]],
      [["a"], ["b"]],
    ]);
  });

  const LOCKS: [string, LanePorts["inTurn"]][] = [
    [
      "there are no locks",
      () => {
        throw new TypeError("locks is undefined");
      },
    ],
    [
      "locks are refused",
      () => Promise.reject(new DOMException("no", "SecurityError")),
    ],
    [
      "the lock is lost afterwards",
      async (_, work) => {
        await work();
        throw new DOMException("stolen", "AbortError");
      },
    ],
  ];
  for (const [name, inTurn] of LOCKS)
    it(`send once, and go on, where ${name}`, async () => {
      const { add, time, requests, errors } = setUp({ inTurn });
      add("a");
      await time.advance(1000);
      add("b");
      await time.advance(1000);
      expect([carried(requests), errors]).to.deep.equal([[["a"], ["b"]], []]);
    });

  it("do not send a second time beside the first where the lock is lost in the middle", async () => {
    const { add, lanes, time, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang"],
      inTurn: (_, work) => {
        void work();
        return Promise.reject(new DOMException("stolen", "AbortError"));
      },
    });
    add("a");
    add("b");
    await time.advance(1000);
    // Nor when it is told to send again.
    add("c");
    lanes.flush();
    await time.advance(1000);
    const before = carried(requests);
    requests[0]!.answer({});
    await time.advance(0);
    expect([before, carried(requests)]).to.deep.equal([
      [["a"]],
      [["a"], ["b"], ["c"]],
    ]);
  });

  for (const [name, options] of [
    [
      "a storage is blocked",
      {
        outbox: () => {
          throw new DOMException("blocked", "SecurityError");
        },
      },
    ],
    ["there is no identity", { grant: "" }],
  ] as const)
    it(`send nothing from before a no that was said on hearing that ${name}`, async () => {
      let refuse!: () => void;
      const { add, lanes, now, time, requests } = setUp({
        ...options,
        report: () => refuse(),
      });
      refuse = () => {
        now.terms = OFF;
        lanes.follow(false);
      };
      add("never");
      now.terms = FULL;
      await time.advance(1000);
      lanes.flush();
      refuse = () => {};
      add("a");
      await time.advance(1000);
      expect(carried(requests)).to.deep.equal([["a"]]);
    });

  it("try again all of them when the network is back", async () => {
    const { add, lanes, time, requests } = setUp({ answers: ["fail", "fail"] });
    add("a", ANONYMOUS);
    add("b", FULL);
    await time.advance(1000);
    lanes.retry();
    await time.advance(0);
    expect(carried(requests)).to.deep.equal([["a"], ["b"], ["a"], ["b"]]);
  });
});
