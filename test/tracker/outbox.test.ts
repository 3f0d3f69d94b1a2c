import { expect } from "@open-wc/testing";
import type { Item } from "../../src/tracker/destination.js";
import { createOutbox, type Outbox } from "../../src/tracker/outbox.js";
import { fakeClock, type FakeClock } from "../support/fake-clock.js";
import { FakeStorage } from "../support/fake-storage.js";
import { microtasks } from "../support/turn.js";

interface OutboxScene {
  outbox: Outbox;
  storage: FakeStorage;
  clock: FakeClock;
  errors: unknown[];
  /** Whether something may be stored; a test may bring news here. */
  keep: { may: () => boolean };
  add(...names: string[]): void;
}

const PREFIX = "out/grant/";

const item = (name: string, route = "events"): Item => ({
  route,
  text: JSON.stringify({ name }),
});

function setUp({
  storage = new FakeStorage() as FakeStorage | undefined,
  clock = fakeClock(),
  tab = "tab",
  batchSize = 50,
} = {}): OutboxScene {
  const errors: unknown[] = [];
  const keep = { may: () => true };
  const outbox = createOutbox({
    storage,
    prefix: PREFIX,
    tab,
    batchSize,
    clock,
    mayKeep: () => keep.may(),
    report: (error) => errors.push(error),
  });
  return {
    outbox,
    storage: storage ?? new FakeStorage(),
    clock,
    errors,
    keep,
    add: (...all) => {
      for (const name of all) outbox.add(item(name));
    },
  };
}

const names = (texts: readonly string[] = []) =>
  texts.map((text) => (JSON.parse(text) as { name: string }).name);

/** Takes and removes all there is, `count` at a time. */
function drain(outbox: Outbox, count = 50): string[] {
  const all: string[] = [];
  for (let taken; (taken = outbox.take(count));) {
    all.push(...names(taken.texts));
    outbox.remove(taken);
  }
  return all;
}

/** The name of an entry that another page made `age` milliseconds ago. */
const entry = (clock: FakeClock, age: number, tab = "other") =>
  `${PREFIX}${(clock() - age).toString(36).padStart(9, "0")}000000-${tab}`;

const many = (count: number, length = 1) =>
  Array.from({ length: count }, (_, i) => `${i}`.padStart(length, "-"));

describe("outbox", () => {
  it("keeps every item, also for a destination that says it takes none at a time", async () => {
    const { outbox, add } = setUp({ batchSize: 0 });
    add("a", "b");
    await microtasks(1);
    expect(drain(outbox)).to.deep.equal(["a", "b"]);
  });

  for (const where of ["with a storage", "in memory"]) {
    const begin = () =>
      setUp(where === "in memory" ? { storage: undefined } : {});

    it(`gives what it has in order, no more at once than asked for (${where})`, () => {
      const { outbox, add } = begin();
      add("a", "b", "c", "d", "e");
      const taken = [outbox.take(2), outbox.take(2), outbox.take(2)];
      expect([taken.map((one) => names(one?.texts)), outbox.take(2)])
        .to.deep //
        .equal([[["a", "b"], ["c", "d"], ["e"]], undefined]);
    });

    it(`gives items of one route at a time (${where})`, () => {
      const { outbox } = begin();
      outbox.add(item("a"));
      outbox.add(item("b", "profiles"));
      outbox.add(item("c"));
      const taken = [outbox.take(9), outbox.take(9), outbox.take(9)];
      expect(taken.map((one) => [one?.route, names(one?.texts)])).to.deep.equal(
        [
          ["events", ["a"]],
          ["profiles", ["b"]],
          ["events", ["c"]],
        ],
      );
    });

    it(`puts what did not arrive back into its old place (${where})`, async () => {
      const { outbox, add } = begin();
      add("a", "b");
      await microtasks(1);
      add("c");
      const first = outbox.take(1)!;
      const second = outbox.take(1)!;
      outbox.giveBack(first);
      add("d");
      outbox.giveBack(second);
      expect(names(outbox.take(9)?.texts)).to.deep.equal(["a", "b", "c", "d"]);
    });

    it(`gives nothing again that has arrived (${where})`, async () => {
      const { outbox, add, storage } = begin();
      add("a", "b", "c");
      await microtasks(1);
      outbox.remove(outbox.take(2)!);
      expect([drain(outbox), storage.content]).to.deep.equal([["c"], {}]);
    });

    it(`gives two of the same each once (${where})`, async () => {
      const { outbox, add, storage } = begin();
      add("a", "a", "a");
      await microtasks(1);
      const first = outbox.take(2)!;
      outbox.remove(first);
      const second = outbox.take(2)!;
      add("a");
      outbox.remove(second);
      expect([
        names(first.texts),
        names(second.texts),
        drain(outbox),
        storage.content,
      ]).to.deep.equal([["a", "a"], ["a"], ["a"], {}]);
    });

    it(`forgets all that it knows (${where})`, async () => {
      const { outbox, add, storage } = begin();
      add("a");
      await microtasks(1);
      outbox.take(1);
      add("b");
      outbox.clear();
      await microtasks(1);
      const written = Object.values(storage.content).join();
      add("c");
      expect([drain(outbox), written.includes("b")]).to.deep.equal([
        ["c"],
        false,
      ]);
    });
  }

  it("writes what one task brings together, at its end", async () => {
    const { add, storage, clock } = setUp();
    add("a", "b");
    const before = storage.writes;
    await microtasks(1);
    expect([before, storage.writes, storage.content]).to.deep.equal([
      0,
      1,
      {
        [entry(clock, 0, "tab")]: 'events\t{"name":"a"}\nevents\t{"name":"b"}',
      },
    ]);
  });

  it("writes ten times as much for ten times as many, however many wait", async () => {
    const cost = async (count: number, pause: number) => {
      const { add, storage, clock } = setUp();
      for (const name of many(count, 100)) {
        add(name);
        await microtasks(1);
        clock.move(pause);
      }
      return [storage.writes, storage.written];
    };
    for (const pause of [0, 10, 2000]) {
      const [writes, characters] = await cost(1000, pause);
      const [fewWrites, fewCharacters] = await cost(100, pause);
      expect(writes, `writes, every ${pause} ms`).to.equal(fewWrites! * 10);
      expect(characters, `characters, every ${pause} ms`).to.be.below(
        fewCharacters! * 11,
      );
    }
  });

  it("costs as little to empty as to fill", async () => {
    const cost = async (count: number) => {
      const { add, outbox, storage } = setUp();
      add(...many(count, 100));
      await microtasks(1);
      drain(outbox);
      return [storage.written, storage.seen.length];
    };
    const [characters, calls] = await cost(2000);
    const [fewCharacters, fewCalls] = await cost(200);
    expect(characters).to.be.below(fewCharacters! * 16);
    expect(calls).to.be.below(fewCalls! * 12);
  });

  it("writes what is taken at once into one entry, which then goes as a whole", async () => {
    const { add, outbox, storage } = setUp();
    add(...many(120, 100));
    await microtasks(1);
    const sizes = Object.values(storage.content).map(
      (text) => text.split("\n").length,
    );
    const calls: string[][] = [];
    for (let taken; (taken = outbox.take(50));) {
      const from = storage.seen.length;
      outbox.remove(taken);
      calls.push(
        storage.seen
          .slice(from)
          .flatMap((call) => call.match(/^(set|remove)Item/)?.[0] ?? []),
      );
    }
    expect([sizes, calls, storage.content]).to.deep.equal([
      [50, 50, 20],
      [["removeItem"], ["removeItem"], ["removeItem"]],
      {},
    ]);
  });

  it("keeps what stands beside what went, in an entry and in memory", async () => {
    const { add, outbox, storage } = setUp();
    add("a", "b", "c");
    await microtasks(1);
    storage.room = 0;
    add("d", "e");
    await microtasks(1);
    storage.room = Infinity;
    outbox.remove(outbox.take(1)!);
    const kept = Object.values(storage.content);
    const taken = outbox.take(3)!;
    outbox.remove(taken);
    expect([kept, names(taken.texts), storage.content, drain(outbox)])
      .to.deep //
      .equal([
        ['events\t{"name":"b"}\nevents\t{"name":"c"}'],
        ["b", "c", "d"],
        {},
        ["e"],
      ]);
  });

  it("lets an entry grow for a second, and to four thousand characters", async () => {
    const { add, storage, clock } = setUp();
    const entries = async (name: string) => {
      add(name);
      await microtasks(1);
      return Object.keys(storage.content).length;
    };
    const counts = [await entries("a")];
    clock.move(999);
    counts.push(await entries("b"));
    clock.move(1);
    counts.push(await entries("c"));
    counts.push(await entries("d".repeat(4000)));
    counts.push(await entries("e".repeat(4000)));
    expect(counts).to.deep.equal([1, 1, 2, 2, 3]);
  });

  it("adds nothing to an entry that is under way", async () => {
    const { add, outbox, storage } = setUp();
    add("a");
    const first = outbox.take(1)!;
    add("b");
    await microtasks(1);
    outbox.remove(first);
    expect([Object.keys(storage.content).length, drain(outbox)]).to.deep.equal([
      1,
      ["b"],
    ]);
  });

  it("adds nothing to an entry from the future, which another page may have taken over", async () => {
    const { add, storage, clock } = setUp();
    add("a");
    await microtasks(1);
    clock.move(-60_000);
    add("b");
    await microtasks(1);
    expect(Object.keys(storage.content)).to.have.lengthOf(2);
  });

  it("takes over, in order, what pages that are gone have left", async () => {
    const old = setUp();
    old.add("a", "b");
    await microtasks(1);
    old.clock.move(2000);
    old.add("c");
    await microtasks(1);
    old.clock.move(3001);
    const { outbox, add, storage } = setUp({ ...old, tab: "next" });
    add("d");
    const wait = outbox.scan();
    expect([wait, drain(outbox), storage.content]).to.deep.equal([
      0,
      ["a", "b", "c", "d"],
      {},
    ]);
  });

  it("leaves what is younger than three seconds to the page that may still be writing it", () => {
    const { outbox, storage, clock } = setUp();
    storage.setItem(entry(clock, 0, "a"), 'events\t{"name":"a"}');
    storage.setItem(entry(clock, 3000, "b"), 'events\t{"name":"b"}');
    storage.setItem(entry(clock, 3001, "c"), 'events\t{"name":"c"}');
    storage.setItem(entry(clock, -1, "future"), 'events\t{"name":"d"}');
    const wait = outbox.scan();
    const first = drain(outbox);
    clock.move(wait);
    expect([wait, first, outbox.scan(), drain(outbox)]).to.deep.equal([
      3001,
      ["c", "d"],
      0,
      ["b", "a"],
    ]);
  });

  it("leaves for longer what is to be older", () => {
    const { outbox, storage, clock } = setUp();
    storage.setItem(entry(clock, 9000), 'events\t{"name":"a"}');
    const wait = outbox.scan(10_000);
    const none = drain(outbox);
    clock.move(wait);
    expect([wait, none, outbox.scan(10_000), drain(outbox)]).to.deep.equal([
      4001,
      [],
      0,
      ["a"],
    ]);
  });

  it("looks at the entries of its own prefix alone", () => {
    const { outbox, storage } = setUp();
    const others = {
      "out/other/000000000000000-x": 'events\t{"name":"a"}',
      "the site's": 'events\t{"name":"b"}',
    };
    for (const [key, text] of Object.entries(others))
      storage.setItem(key, text);
    expect([outbox.scan(), drain(outbox), storage.content]).to.deep.equal([
      0,
      [],
      others,
    ]);
  });

  const DAMAGED = [
    "",
    "\n",
    "events",
    "events\t",
    'events\t{"name":"a"',
    'events\t"a"',
    "events\t[1]",
    "events\tnull",
    "events\t{}",
    'events\t{"name":"\ud800"}',
    '{"name":"a"}',
    "<script>alert(1)</script>",
  ];
  it("removes what is damaged or not its own, and sends none of it", () => {
    const { outbox, storage, clock } = setUp();
    DAMAGED.forEach((text, i) =>
      storage.setItem(entry(clock, 9000, `${i}`), text),
    );
    storage.setItem(`${PREFIX}?`, "what is this");
    outbox.scan();
    expect([drain(outbox), storage.content]).to.deep.equal([[], {}]);
  });

  it("takes over a text with any sign that JSON leaves as it is", async () => {
    const all = ["a\u2028b", "a\u2029b", "a\u0085b", "\ud83d\ude00", "\ud800"];
    const old = setUp();
    old.add(...all);
    await microtasks(1);
    old.clock.move(3001);
    const { outbox } = setUp({ ...old, tab: "next" });
    outbox.scan();
    expect(drain(outbox)).to.deep.equal(all);
  });

  it("keeps what is whole beside what is damaged", () => {
    const { outbox, storage, clock } = setUp();
    storage.setItem(
      entry(clock, 9000),
      'events\t{"name":"a"}\nevents\t{"na\n\nevents\t{"name":"b"}',
    );
    outbox.scan();
    expect([Object.values(storage.content), drain(outbox)]).to.deep.equal([
      ['events\t{"name":"a"}\nevents\t{"name":"b"}'],
      ["a", "b"],
    ]);
  });

  it("sends nothing that another page has sent, and does not bring it back", async () => {
    const { outbox, add, storage } = setUp();
    add("a", "b", "c");
    const taken = outbox.take(2)!;
    storage.clear();
    outbox.remove(taken);
    const left = drain(outbox);
    const { length } = storage.seen;
    drain(outbox);
    // Nor does it look for it again and again.
    expect([left, storage.content, storage.seen.length - length]).to.deep.equal(
      [[], {}, 0],
    );
  });

  it("looks once for what another page has sent", async () => {
    const { outbox, add, storage } = setUp();
    add("a");
    await microtasks(1);
    storage.clear();
    const left = drain(outbox);
    const { length } = storage.seen;
    drain(outbox);
    expect([left, storage.seen.length - length]).to.deep.equal([[], 0]);
  });

  it("keeps what it cannot read for a moment", async () => {
    const { outbox, add, storage, clock, errors } = setUp();
    storage.setItem(entry(clock, 9000), 'events\t{"name":"a"}');
    const { getItem } = storage;
    const busy = () => {
      throw new DOMException("busy", "UnknownError");
    };
    storage.getItem = busy;
    outbox.scan();
    add("b");
    await microtasks(1);
    const none = outbox.take(9);
    storage.getItem = getItem;
    const own = outbox.take(9)!;
    storage.getItem = busy;
    outbox.remove(own);
    storage.getItem = getItem;
    outbox.scan();
    expect([none, names(own.texts), drain(outbox), storage.content, errors])
      .to.deep //
      .equal([undefined, ["b"], ["a", "b"], {}, []]);
  });

  it("sends what went no second time where the storage refuses what stands beside it", async () => {
    const { outbox, add, storage, clock, errors } = setUp();
    storage.setItem(
      entry(clock, 9000, "damaged"),
      'events\t{"name":"a"}\nevents\t{"na',
    );
    add("b", "c", "d");
    await microtasks(1);
    storage.room = 0;
    outbox.scan();
    const all = drain(outbox, 2);
    clock.move(9000);
    outbox.scan();
    expect([all.toSorted(), drain(outbox), storage.content, errors.map(String)])
      .to.deep //
      .equal([["a", "b", "c", "d"], [], {}, ["QuotaExceededError: full"]]);
  });

  it("gives of its own alone where it is asked for that", async () => {
    const { outbox, add, storage, clock } = setUp();
    storage.setItem(entry(clock, 9000), 'events\t{"name":"left"}');
    outbox.scan();
    add("a");
    const own = outbox.take(9, true);
    expect([names(own?.texts), drain(outbox)]).to.deep.equal([["a"], ["left"]]);
  });

  it("shares what an earlier page left with another tab, each item once", () => {
    const storage = new FakeStorage();
    const clock = fakeClock();
    const text = many(10)
      .map((name) => `events\t{"name":"${name}"}`)
      .join("\n");
    storage.setItem(entry(clock, 9000), text);
    const one = setUp({ storage, clock, tab: "one" }).outbox;
    const two = setUp({ storage, clock, tab: "two" }).outbox;
    one.scan();
    two.scan();
    const sent: string[] = [];
    // In turn, as the lock has it.
    for (const outbox of [one, two, one, two, one]) {
      const taken = outbox.take(3);
      sent.push(...names(taken?.texts));
      if (taken) outbox.remove(taken);
    }
    expect([sent, storage.content]).to.deep.equal([many(10), {}]);
  });

  it("writes nothing that may not be stored, and forgets it", async () => {
    const { outbox, add, storage, keep } = setUp();
    keep.may = () => false;
    add("a");
    await microtasks(1);
    keep.may = () => true;
    add("b");
    await microtasks(1);
    expect([storage.writes, drain(outbox)]).to.deep.equal([1, ["b"]]);
  });

  it("survives that asking brings the news that clears it", async () => {
    const { outbox, add, storage, keep } = setUp();
    add("a");
    await microtasks(1);
    const before = storage.writes;
    keep.may = () => {
      outbox.clear();
      return true;
    };
    add("b");
    await microtasks(1);
    add("c");
    const none = outbox.take(9);
    expect([none, storage.writes]).to.deep.equal([undefined, before]);
  });

  it("asks once a task whether it may store", async () => {
    const { add, keep } = setUp();
    let asked = 0;
    keep.may = () => {
      asked++;
      return true;
    };
    add("a", "b");
    await microtasks(1);
    add("c");
    await microtasks(1);
    expect(asked).to.equal(2);
  });

  it("loses nothing and keeps the order where the storage fills up and has room again", async () => {
    const { outbox, add, storage, errors, clock } = setUp();
    const put = async (...all: string[]) => {
      add(...all);
      await microtasks(1);
      clock.move(2000);
    };
    await put("a");
    storage.room = 30;
    await put("b", "c");
    await put("d");
    storage.room = Infinity;
    await put("e");
    expect([drain(outbox, 2), errors.map(String), storage.content])
      .to.deep //
      .equal([["a", "b", "c", "d", "e"], ["QuotaExceededError: full"], {}]);
    await put("f");
    expect(Object.keys(storage.content)).to.have.lengthOf(1);
  });

  it("says once that a storage refuses, and goes on in memory", async () => {
    const { outbox, add, storage, errors } = setUp();
    storage.blocked = true;
    add("a");
    await microtasks(1);
    add("b");
    await microtasks(1);
    const wait = outbox.scan();
    expect([wait, drain(outbox), errors.map(String)]).to.deep.equal([
      0,
      ["a", "b"],
      ["SecurityError: blocked"],
    ]);
  });

  it("takes no more than a million characters of the site's storage, and says so", async () => {
    const { outbox, add, storage, errors } = setUp();
    const all = many(15, 100_000);
    for (const name of all) {
      add(name);
      await microtasks(1);
    }
    const stored = Object.values(storage.content).join("").length;
    expect(stored).to.be.within(900_000, 1_000_000);
    expect(errors.map(String)).to.deep.equal([
      "RangeError: consent-elements: too much waits; the rest is kept in this page alone",
    ]);
    expect(drain(outbox)).to.deep.equal(all);
    add("z");
    await microtasks(1);
    expect(Object.keys(storage.content)).to.have.lengthOf(1);
  });

  it("counts what earlier pages left as well", async () => {
    const storage = new FakeStorage();
    const clock = fakeClock();
    const errors: unknown[] = [];
    for (const tab of ["a", "b", "c"]) {
      const page = setUp({ storage, clock, tab });
      page.outbox.scan();
      for (const name of many(7, 100_000)) {
        page.add(name);
        await microtasks(1);
      }
      clock.move(9000);
      errors.push(...page.errors);
    }
    expect(Object.values(storage.content).join("").length).to.be.within(
      900_000,
      1_000_000,
    );
    expect(errors).to.have.lengthOf(2);
  });

  for (const where of ["with a storage", "in memory"])
    it(`drops the oldest of more than twenty million characters, and says how many (${where})`, () => {
      const { outbox, add, errors } = setUp(
        where === "in memory" ? { storage: undefined } : {},
      );
      const all = many(25, 1_000_000);
      add(...all);
      const left = drain(outbox);
      expect(left.length).to.be.within(18, 20);
      expect(left).to.deep.equal(all.slice(-left.length));
      expect(errors.map(String).at(-1)).to.equal(
        `Error: consent-elements: ${25 - left.length} unsent events were dropped`,
      );
    });
});
