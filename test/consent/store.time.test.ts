import { expect } from "@open-wc/testing";
import { CHOICES, MODES } from "../../src/consent/choice.js";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { collectChanges } from "../support/collect-changes.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";

const DAY = 864e5;

const create = (options: StoreOptions): ConsentStore =>
  createStore({ purposes: ["analytics", "marketing"], ...options });

describe("the age of a decision", () => {
  it("ends at exactly 180 days, for every answer alike (P6)", () => {
    const answered = CHOICES.map((choice) => {
      const clock = fakeClock();
      const storage = new FakeRecordStorage();
      create({ clock, storage }).set({ analytics: choice });
      clock.move(180 * DAY - 1);
      const before = create({ clock, storage });
      clock.move(1);
      const after = create({ clock, storage });
      return [before, after].map((store) => [
        store.get("analytics"),
        store.record?.choices,
      ]);
    });
    expect(answered).to.deep.equal(
      CHOICES.map((analytics) => [
        [analytics, { analytics }],
        [undefined, undefined],
      ]),
    );
  });

  it("does not begin anew when the record is read again (P6)", () => {
    const clock = fakeClock("2026-01-01T00:00:00.000Z");
    const storage = new FakeRecordStorage();
    create({ clock, storage }).denyAll();
    const kept = storage.texts;
    const seen = Array.from({ length: 7 }, () => {
      const store = create({ clock, storage });
      store.refresh();
      clock.move(30 * DAY);
      return store.get("analytics");
    });
    expect([
      seen,
      storage.texts,
      storage.writes.length,
      storage.expires,
    ]).to.deep.equal([
      [...Array(6).fill("denied"), undefined],
      kept,
      1,
      "2026-06-30T00:00:00.000Z",
    ]);
  });

  it("does not begin anew when duplicates are healed (P6)", () => {
    const clock = fakeClock("2026-01-01T00:00:00.000Z");
    const storage = new FakeRecordStorage();
    create({ clock, storage }).denyAll();
    storage.texts = [...storage.texts, "analytics=granted"];
    clock.move(100 * DAY);
    create({ clock, storage });
    expect([storage.writes.length, storage.expires]).to.deep.equal([
      2,
      "2026-06-30T00:00:00.000Z",
    ]);
  });

  it("begins anew with a new decision", () => {
    const clock = fakeClock();
    const storage = new FakeRecordStorage();
    const store = create({ clock, storage });
    store.grantAll();
    clock.move(179 * DAY);
    store.grantAll();
    clock.move(179 * DAY);
    store.refresh();
    expect(store.isGranted("analytics")).to.equal(true);
  });

  it("is as long as the site says", () => {
    const lengths = [1000, DAY, 365 * DAY];
    const got = lengths.map((maxAge) => {
      const clock = fakeClock();
      const storage = new FakeRecordStorage();
      const store = create({ clock, storage, maxAge });
      store.grantAll();
      clock.move(maxAge - 1);
      store.refresh();
      const before = store.isGranted("analytics");
      clock.move(1);
      store.refresh();
      return [maxAge, before, store.isGranted("analytics")];
    });
    expect(got).to.deep.equal(lengths.map((maxAge) => [maxAge, true, false]));
  });

  it("ends in a page that stays open as well, once it looks again", () => {
    const clock = fakeClock();
    for (const storage of [new FakeRecordStorage(), undefined]) {
      const store = create({ clock, storage, maxAge: DAY });
      const previous = store.grantAll();
      const changes = collectChanges(store);
      clock.move(DAY);
      store.refresh();
      store.refresh();
      expect([changes, store.needsChoice]).to.deep.equal([
        [
          {
            previous,
            current: undefined,
            changed: ["analytics", "marketing"],
            source: "tab",
          },
        ],
        true,
      ]);
    }
  });
});

describe("the time of a decision", () => {
  it("is later than the one before it, even within a millisecond", () => {
    const store = create({ clock: fakeClock("2026-11-22T10:15:00.000Z") });
    const times = [
      store.grantAll(),
      store.denyAll(),
      store.set({ analytics: "granted" }),
    ].map(({ time }) => time);
    expect(times).to.deep.equal([
      "2026-11-22T10:15:00.000Z",
      "2026-11-22T10:15:00.001Z",
      "2026-11-22T10:15:00.002Z",
    ]);
  });

  it("counts also where the clock was set back by exactly as much as a record may be ahead (P6)", () => {
    const clock = fakeClock();
    const storage = new FakeRecordStorage();
    const store = create({ clock, storage });
    store.grantAll();
    clock.move(-60_000);
    store.denyAll();
    expect([
      store.get("analytics"),
      create({ clock, storage }).get("analytics"),
    ]).to.deep.equal(["denied", "denied"]);
  });

  it("is later than the one before it when the clock was set back", () => {
    const times = [
      { storage: new FakeRecordStorage(), back: -30_000 },
      { storage: undefined, back: -3_600_000 },
    ].map(({ storage, back }) => {
      const clock = fakeClock("2026-11-22T10:15:00.000Z");
      const store = create({ clock, storage });
      store.grantAll();
      clock.move(back);
      return store.denyAll().time;
    });
    expect(times).to.deep.equal([
      "2026-11-22T10:15:00.001Z",
      "2026-11-22T10:15:00.001Z",
    ]);
  });

  it("is later than that of a record which another page wrote", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock("2026-11-22T10:15:00.000Z");
    const [here, elsewhere] = [
      create({ storage, clock }),
      create({ storage, clock }),
    ];
    here.grantAll();
    expect(elsewhere.denyAll().time).to.equal("2026-11-22T10:15:00.001Z");
  });

  it("is the clock's again after a reset", () => {
    const clock = fakeClock("2026-11-22T10:15:00.000Z");
    const store = create({ clock });
    store.grantAll();
    store.reset();
    expect(store.grantAll().time).to.equal("2026-11-22T10:15:00.000Z");
  });

  it("cannot lie in the future: such a record means that nobody was asked (P6)", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock();
    create({ storage, clock }).grantAll();
    clock.move(-60_001);
    const store = create({ storage, clock });
    expect([store.record, store.needsChoice]).to.deep.equal([undefined, true]);
  });
});

describe("another revision", () => {
  const revised = (
    choices: Parameters<ConsentStore["set"]>[0],
    options: StoreOptions = {},
  ) => {
    const ports = { storage: new FakeRecordStorage(), clock: fakeClock() };
    create({ ...ports, revision: "1" }).set(choices);
    return create({ ...ports, revision: "2", ...options });
  };

  it("may be written as a number", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock();
    create({ storage, clock, revision: 3 }).grantAll();
    const store = create({ storage, clock, revision: "3" });
    expect([store.revision, store.isGranted("analytics")]).to.deep.equal([
      "3",
      true,
    ]);
  });

  it("asks again: grants lapse, a refusal stands", () => {
    const store = revised({ analytics: "granted", marketing: "denied" });
    expect({
      record: store.record,
      needsChoice: store.needsChoice,
      analytics: store.get("analytics"),
      marketing: store.get("marketing"),
    }).to.deep.equal({
      record: undefined,
      needsChoice: true,
      analytics: undefined,
      marketing: "denied",
    });
  });

  it("asks again even where every answer was a refusal", () => {
    const store = revised({ analytics: "denied", marketing: "denied" });
    expect(store.needsChoice).to.equal(true);
  });

  it("leaves the older record where it is until there is an answer", () => {
    const clock = fakeClock();
    const storage = new FakeRecordStorage();
    create({ storage, clock }).denyAll();
    create({ storage, clock, revision: "2" }).refresh();
    expect(storage.writes.length).to.equal(1);
  });

  it("does not turn a refusal into a yes where no answer means yes", () => {
    const granted = MODES.map((mode) => [
      mode,
      revised({ analytics: "denied" }, { mode }).isGranted("analytics"),
    ]);
    expect(granted).to.deep.equal([
      ["opt-in", false],
      ["opt-out", false],
      ["notice", false],
    ]);
  });

  it("keeps an anonymous answer where no answer means yes, and lets it lapse where that means no (P4)", () => {
    const kept = MODES.map((mode) => {
      const store = revised({ analytics: "anonymous" }, { mode });
      return [mode, store.get("analytics"), store.isGranted("analytics")];
    });
    expect(kept).to.deep.equal([
      ["opt-in", undefined, false],
      ["opt-out", "anonymous", false],
      ["notice", "anonymous", false],
    ]);
  });

  it("is answered by the next decision, and the refusal with it", () => {
    const store = revised({ analytics: "denied", marketing: "denied" });
    const changes = collectChanges(store);
    const current = store.grantAll();
    expect([
      changes,
      store.isGranted("analytics"),
      store.needsChoice,
    ]).to.deep.equal([
      [
        {
          previous: undefined,
          current,
          changed: ["analytics", "marketing"],
          source: "api",
        },
      ],
      true,
      false,
    ]);
  });

  it("leaves a refusal standing when another purpose is answered", () => {
    const store = revised(
      { analytics: "denied", marketing: "denied" },
      { mode: "opt-out" },
    );
    store.set({ analytics: "granted" });
    expect([
      store.isGranted("analytics"),
      store.isGranted("marketing"),
    ]).to.deep.equal([true, false]);
  });

  it("leaves a refusal standing when the answer on another purpose is forgotten", () => {
    const store = revised(
      { analytics: "denied", marketing: "denied" },
      { mode: "opt-out" },
    );
    store.reset("analytics");
    expect(store.isGranted("marketing")).to.equal(false);
  });

  it("in another tab counts there, and asks again here", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock();
    const old = create({ storage, clock, revision: "1" });
    const fresh = create({ storage, clock, revision: "2" });
    const previous = old.grantAll();
    const changes = collectChanges(old);
    fresh.set({ analytics: "granted", marketing: "denied" });
    old.refresh();
    expect([old.record, old.get("marketing"), changes]).to.deep.equal([
      undefined,
      "denied",
      [
        {
          previous,
          current: undefined,
          changed: ["analytics", "marketing"],
          source: "tab",
        },
      ],
    ]);
  });
});
