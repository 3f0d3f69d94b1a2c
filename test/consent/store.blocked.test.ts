import { expect } from "@open-wc/testing";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { collectChanges } from "../support/collect-changes.js";
import { collectErrors } from "../support/collect-errors.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeNeighbours } from "../support/fake-neighbours.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { turn } from "../support/turn.js";

const create = (options: StoreOptions): ConsentStore =>
  createStore({
    purposes: ["analytics", "marketing"],
    clock: fakeClock(),
    ...options,
  });

/** The ways in which browsers refuse to keep something, and what the store says of each. */
const FAULTS = {
  "reading throws": [{ unreadable: true }, "reading is blocked"],
  "writing throws": [{ unwritable: true }, "writing is blocked"],
  "both throw": [{ unreadable: true, unwritable: true }, "reading is blocked"],
  "there is no room": [{ full: true }, "there is no room"],
  "writing is ignored": [{ ignoring: true }, "record not kept"],
} as const satisfies Record<
  string,
  readonly [Partial<FakeRecordStorage>, string]
>;
const NAMES = Object.keys(FAULTS) as (keyof typeof FAULTS)[];

const faulty = (name: keyof typeof FAULTS) =>
  Object.assign(new FakeRecordStorage(), FAULTS[name][0]);

describe("a store whose storage is blocked", () => {
  it("never throws, and grants nothing before a decision (P7)", () => {
    const seen = NAMES.map((name) => {
      const store = create({ storage: faulty(name) });
      store.refresh();
      store.reset();
      return [
        name,
        store.record,
        store.isGranted("analytics"),
        store.needsChoice,
      ];
    });
    expect(seen).to.deep.equal(
      NAMES.map((name) => [name, undefined, false, true]),
    );
  });

  it("keeps each decision in memory for the page (P7)", () => {
    const seen = NAMES.map((name) => {
      const store = create({ storage: faulty(name) });
      const decisions = [
        () => store.grantAll(),
        () => store.set({ marketing: "denied" }),
        () => store.withdraw(),
        () => store.reset("analytics"),
        () => store.reset(),
      ].map((decide) => {
        decide();
        store.refresh();
        return [store.get("analytics"), store.get("marketing")];
      });
      return [name, ...decisions];
    });
    expect(seen).to.deep.equal(
      NAMES.map((name) => [
        name,
        ["granted", "granted"],
        ["granted", "denied"],
        ["denied", "denied"],
        [undefined, "denied"],
        [undefined, undefined],
      ]),
    );
  });

  it("tells each decision once, and nothing when it looks again", () => {
    const seen = NAMES.map((name) => {
      const store = create({ storage: faulty(name) });
      const changes = collectChanges(store);
      store.grantAll();
      store.refresh();
      store.denyAll();
      store.refresh();
      return [name, ...changes.map(({ source, changed }) => [source, changed])];
    });
    expect(seen).to.deep.equal(
      NAMES.map((name) => [
        name,
        ["api", ["analytics", "marketing"]],
        ["api", ["analytics", "marketing"]],
      ]),
    );
  });

  it("reports it exactly once, to a listener that was added after it was made", async () => {
    const seen = await Promise.all(
      NAMES.map(async (name) => {
        const store = create({ storage: faulty(name) });
        const errors = collectErrors(store);
        store.grantAll();
        store.refresh();
        store.denyAll();
        store.reset();
        await turn();
        store.grantAll();
        await turn();
        return [name, errors];
      }),
    );
    expect(seen).to.deep.equal(NAMES.map((name) => [name, [FAULTS[name][1]]]));
  });

  it("still tells its neighbours, and hears them", () => {
    const seen = NAMES.map((name) => {
      const neighbours = new FakeNeighbours();
      const store = create({ storage: faulty(name), neighbours });
      store.grantAll();
      const heard = neighbours.told.map((text) =>
        text.replace(/&revision.*/, ""),
      );
      const clock = fakeClock();
      clock.move(1000);
      const others = new FakeNeighbours();
      create({ clock, neighbours: others }).denyAll();
      neighbours.say(others.told[0]);
      return [name, heard, store.get("analytics")];
    });
    expect(seen).to.deep.equal(
      NAMES.map((name) => [
        name,
        ["analytics=granted&marketing=granted"],
        "denied",
      ]),
    );
  });
});

describe("a storage that stops working", () => {
  it("does not leave an older grant behind when a denial cannot be written (P2)", () => {
    const storage = new FakeRecordStorage();
    const store = create({ storage });
    store.grantAll();
    storage.full = true;
    store.denyAll();
    store.refresh();
    expect([
      storage.texts,
      store.get("analytics"),
      create({ storage }).isGranted("analytics"),
    ]).to.deep.equal([[], "denied", false]);
  });

  it("does not leave an older grant behind the second time either (P2)", () => {
    const storage = new FakeRecordStorage();
    const store = create({ storage });
    storage.full = true;
    store.denyAll();
    storage.full = false;
    store.grantAll();
    storage.full = true;
    store.denyAll();
    expect([
      storage.texts,
      create({ storage }).isGranted("analytics"),
    ]).to.deep.equal([[], false]);
  });

  it("does not bring an older grant back while the page lives (P2)", () => {
    const faults = [{ unwritable: true }, { full: true }, { ignoring: true }];
    const seen = faults.map((fault) => {
      const storage = new FakeRecordStorage();
      const store = create({ storage });
      store.grantAll();
      Object.assign(storage, fault);
      store.denyAll();
      store.refresh();
      return store.get("analytics");
    });
    expect(seen).to.deep.equal(["denied", "denied", "denied"]);
  });

  it("does not take the decision with it when it can no longer be read (P7)", () => {
    const seen = (["opt-in", "opt-out"] as const).map((mode) => {
      const storage = new FakeRecordStorage();
      const store = create({ storage, mode });
      const changes = collectChanges(store);
      store.denyAll();
      storage.unreadable = true;
      store.refresh();
      return [mode, store.get("analytics"), changes.length];
    });
    expect(seen).to.deep.equal([
      ["opt-in", "denied", 1],
      ["opt-out", "denied", 1],
    ]);
  });

  it("is used again once it works again", () => {
    const storage = new FakeRecordStorage();
    storage.full = true;
    const store = create({ storage });
    store.grantAll();
    storage.full = false;
    const denied = store.denyAll();
    expect(create({ storage }).record).to.deep.equal(denied);
  });
});
