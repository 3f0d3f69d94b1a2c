import { expect } from "@open-wc/testing";
import { createSessions, type Sessions } from "../../src/tracker/session.js";
import { uuid } from "../../src/tracker/random.js";
import { FakeStorage } from "../support/fake-storage.js";
import { START } from "../support/fake-timers.js";
import { microtasks } from "../support/turn.js";

const KEY = "session-test";
const HALF_HOUR = 1_800_000;

interface SessionScene {
  sessions: Sessions;
  storage: FakeStorage;
  keep: { may: () => boolean };
}

function setUp({
  storage = new FakeStorage(),
  isLinked = true,
}: { storage?: FakeStorage; isLinked?: boolean } = {}): SessionScene {
  const keep = { may: () => true };
  const sessions = createSessions({
    storage: () => storage,
    key: KEY,
    isLinked,
    mayKeep: () => keep.may(),
  });
  return { sessions, storage, keep };
}

const stored = ({ content }: FakeStorage) =>
  content[KEY] && (JSON.parse(content[KEY]) as Record<string, unknown>);

describe("sessions", () => {
  it("touch nothing until an event comes", () => {
    const { storage } = setUp();
    expect(storage.seen).to.deep.equal([]);
  });

  it("begin with the first event, and count those that follow", () => {
    const { sessions } = setUp();
    const [a, b] = [uuid(), uuid()];
    const first = sessions.next(a, START);
    const second = sessions.next(b, START + 1000);
    expect(first.id).to.match(/^[\da-f-]{36}$/);
    expect([first, second]).to.deep.equal([
      {
        id: first.id,
        index: 1,
        previousId: null,
        firstEventId: a,
        firstEventTime: "2026-11-22T10:15:00.000Z",
        eventIndex: 1,
        last: START,
      },
      { ...first, eventIndex: 2, last: START + 1000 },
    ]);
  });

  it("last until half an hour has gone by without an event", () => {
    const { sessions } = setUp();
    const times = [0, HALF_HOUR - 1, 2 * HALF_HOUR - 2, 3 * HALF_HOUR - 2];
    const all = times.map((time) => sessions.next(uuid(), START + time));
    expect([
      all.map(({ index, eventIndex }) => [index, eventIndex]),
      all[3]!.previousId === all[0]!.id,
      new Set(all.map(({ id }) => id)).size,
    ]).to.deep.equal([
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
      ],
      true,
      2,
    ]);
  });

  it("begin anew where the clock was set back by more than that", () => {
    const { sessions } = setUp();
    const first = sessions.next(uuid(), START);
    const same = sessions.next(uuid(), START - 1000);
    const other = sessions.next(uuid(), START - HALF_HOUR);
    expect([same.id === first.id, other.id === first.id]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("remember no session before where they are not linked", () => {
    const { sessions } = setUp({ isLinked: false });
    const first = sessions.next(uuid(), START);
    const second = sessions.next(uuid(), START + HALF_HOUR);
    expect([second.index, second.previousId, second.id === first.id])
      .to.deep //
      .equal([1, null, false]);
  });

  it("are written once a task, and go on on the next page", async () => {
    const { sessions, storage } = setUp();
    for (let i = 0; i < 100; i++) sessions.next(uuid(), START + i);
    await microtasks(1);
    const { writes } = storage;
    const next = setUp({ storage }).sessions.next(uuid(), START + 1000);
    expect([writes, next.eventIndex, next.index]).to.deep.equal([1, 101, 1]);
  });

  it("count on from where another tab has counted to", async () => {
    const storage = new FakeStorage();
    const one = setUp({ storage }).sessions;
    const two = setUp({ storage }).sessions;
    const counts: number[] = [];
    for (const sessions of [one, two, two, one, two]) {
      counts.push(sessions.next(uuid(), START).eventIndex);
      await microtasks(1);
    }
    expect(counts).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it("write nothing that may not be stored", async () => {
    const { sessions, storage, keep } = setUp();
    keep.may = () => false;
    sessions.next(uuid(), START);
    await microtasks(1);
    expect(storage.content).to.deep.equal({});
  });

  it("write nothing where asking brings the news that they are over", async () => {
    const { sessions, storage, keep } = setUp();
    keep.may = () => {
      sessions.forget();
      return true;
    };
    sessions.next(uuid(), START);
    await microtasks(1);
    expect(storage.content).to.deep.equal({});
  });

  it("end when they are told to, and the next remembers the one before", async () => {
    const { sessions, storage } = setUp();
    const first = sessions.next(uuid(), START);
    await microtasks(1);
    // A later page ends it.
    const later = setUp({ storage }).sessions;
    later.end();
    const second = later.next(uuid(), START + 1);
    expect([second.index, second.previousId, second.eventIndex]).to.deep.equal([
      2,
      first.id,
      1,
    ]);
  });

  it("have nothing to end where there is none", async () => {
    const { sessions, storage } = setUp();
    sessions.end();
    await microtasks(1);
    expect(storage.content).to.deep.equal({});
  });

  it("are removed when they are to be forgotten, and begin with the first again", async () => {
    const { sessions, storage } = setUp();
    const before = sessions.next(uuid(), START);
    await microtasks(1);
    sessions.forget();
    const between = storage.content;
    const after = sessions.next(uuid(), START + 1);
    expect([
      between,
      after.index,
      after.previousId,
      after.id === before.id,
    ]).to.deep.equal([{}, 1, null, false]);
  });

  it("touch no storage to forget what they have not counted", () => {
    const { sessions, storage } = setUp();
    sessions.forget();
    expect(storage.seen).to.deep.equal([]);
  });

  it("can be handed over, and lose there what is linked", async () => {
    const full = setUp();
    const session = setUp({ isLinked: false });
    full.sessions.next(uuid(), START);
    full.sessions.end();
    const second = full.sessions.next(uuid(), START);
    session.sessions.adopt(full.sessions.kept());
    const third = session.sessions.next(uuid(), START);
    await microtasks(1);
    expect([
      third.id === second.id,
      third.index,
      third.previousId,
      third.eventIndex,
      stored(session.storage),
    ]).to.deep.equal([true, 1, null, 2, third]);
  });

  it("adopt nothing where there is nothing", async () => {
    const { sessions, storage } = setUp();
    sessions.adopt(undefined);
    await microtasks(1);
    expect([sessions.kept(), storage.content]).to.deep.equal([undefined, {}]);
  });

  it("live as long as the page where storage is blocked", async () => {
    const { sessions, storage } = setUp();
    storage.blocked = true;
    const first = sessions.next(uuid(), START);
    await microtasks(1);
    const second = sessions.next(uuid(), START);
    sessions.end();
    await microtasks(1);
    const third = sessions.next(uuid(), START);
    sessions.forget();
    const fourth = sessions.next(uuid(), START);
    expect([
      second.id === first.id,
      second.eventIndex,
      third.index,
      fourth.index,
    ]).to.deep.equal([true, 2, 2, 1]);
  });

  const id = "0a1b2c3d-0000-4000-8000-000000000001";
  const WHOLE = {
    id,
    index: 3,
    previousId: null,
    firstEventId: id,
    firstEventTime: "2026-11-22T10:15:00.000Z",
    eventIndex: 7,
    last: START,
  };
  const DAMAGED: unknown[] = [
    null,
    "text",
    42,
    [],
    {},
    { ...WHOLE, id: "<script>" },
    { ...WHOLE, id: [id] },
    { ...WHOLE, index: "3" },
    { ...WHOLE, index: undefined },
    { ...WHOLE, eventIndex: null },
    { ...WHOLE, eventIndex: -1 },
    { ...WHOLE, previousId: 5 },
    { ...WHOLE, previousId: "mallory" },
    { ...WHOLE, firstEventId: undefined },
    { ...WHOLE, firstEventTime: "soon" },
    { ...WHOLE, firstEventTime: 5 },
    { ...WHOLE, last: "now" },
    { ...WHOLE, last: 0 },
  ];
  it("do not go on with one that is damaged or not their own", () => {
    const goesOn = (kept: string) => {
      const { sessions, storage } = setUp();
      storage.setItem(KEY, kept);
      const { eventIndex, index } = sessions.next(uuid(), START);
      return eventIndex !== 1 || index !== 1;
    };
    const adopted = DAMAGED.map((kept) => JSON.stringify(kept)).filter(goesOn);
    expect([adopted, goesOn("{"), goesOn(JSON.stringify(WHOLE))])
      .to.deep //
      .equal([[], false, true]);
  });
});
