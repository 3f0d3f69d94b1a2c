import { expect } from "@open-wc/testing";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { toText, type ConsentRecord } from "../../src/consent/record.js";
import { collectChanges } from "../support/collect-changes.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeNeighbours } from "../support/fake-neighbours.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";

const create = (options: StoreOptions): ConsentStore =>
  createStore({ purposes: ["analytics", "marketing"], ...options });

describe("two stores on one storage", () => {
  const pair = () => {
    const ports = { storage: new FakeRecordStorage(), clock: fakeClock() };
    return { ...ports, here: create(ports), elsewhere: create(ports) };
  };

  it("hear of each other's decisions when they look again, as news from a tab", () => {
    const { here, elsewhere } = pair();
    const changes = collectChanges(here);
    const granted = elsewhere.grantAll({ source: "user" });
    here.refresh();
    here.refresh();
    const denied = elsewhere.denyAll({ source: "user" });
    here.refresh();
    expect(changes).to.deep.equal([
      {
        previous: undefined,
        current: granted,
        changed: ["analytics", "marketing"],
        source: "tab",
      },
      {
        previous: granted,
        current: denied,
        changed: ["analytics", "marketing"],
        source: "tab",
      },
    ]);
    expect(here.record?.source).to.equal("user");
  });

  it("hear nothing of their own decisions when they look again", () => {
    const { here } = pair();
    here.grantAll({ source: "user", action: "ä & ö; 100%" });
    const changes = collectChanges(here);
    here.refresh();
    expect(changes).to.deep.equal([]);
  });

  it("take a removal for never having asked", () => {
    const { here, storage } = pair();
    const previous = here.grantAll();
    const changes = collectChanges(here);
    storage.texts = [];
    here.refresh();
    expect([here.record, here.isGranted("analytics"), changes]).to.deep.equal([
      undefined,
      false,
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

  it("take a text that was damaged meanwhile for never having asked", () => {
    const { here, storage } = pair();
    here.grantAll();
    storage.texts = ["analytics=granted&marketing=granted"];
    here.refresh();
    expect([here.record, here.isGranted("analytics")]).to.deep.equal([
      undefined,
      false,
    ]);
  });

  it("add to what the other has decided, unheard of until then", () => {
    const { here, elsewhere } = pair();
    here.grantAll();
    elsewhere.set({ marketing: "denied" });
    const changes = collectChanges(here);
    here.set({ analytics: "anonymous" });
    expect([
      here.record?.choices,
      changes.map(({ changed, source }) => [source, changed]),
    ]).to.deep.equal([
      { analytics: "anonymous", marketing: "denied" },
      [
        ["tab", ["marketing"]],
        ["api", ["analytics"]],
      ],
    ]);
  });

  it("look again when a neighbour tells, and believe the storage rather than the message", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const clock = fakeClock();
    const here = create({ storage, neighbours, clock });
    const denied = create({ storage, clock }).denyAll();
    clock.move(1000);
    const later = toText(create({ clock }).grantAll());
    const seen = [later, "", "damaged"].map((text) => {
      neighbours.say(text);
      return here.record;
    });
    expect(seen).to.deep.equal([denied, denied, denied]);
  });

  it("look again when the page comes back to the front", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const clock = fakeClock();
    const here = create({ storage, neighbours, clock });
    const denied = create({ storage, clock }).denyAll();
    neighbours.say();
    expect(here.record).to.deep.equal(denied);
  });

  it("do not pass on what they only heard", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const clock = fakeClock();
    create({ storage, neighbours, clock });
    create({ storage, clock }).grantAll();
    neighbours.say();
    expect([neighbours.told, storage.writes.length]).to.deep.equal([[], 1]);
  });
});

describe("duplicates in the storage", () => {
  it("that cannot be removed are written against once, not at every look", () => {
    const storage = new FakeRecordStorage();
    storage.stuck = ["first", "second"];
    const store = createStore({ storage });
    for (let i = 0; i < 3; i++) store.refresh();
    expect(storage.writes).to.deep.equal(["removed"]);
  });

  const line = (record: Partial<ConsentRecord>) =>
    toText({
      choices: { analytics: "granted" },
      revision: "1",
      time: "2026-11-22T10:00:00.000Z",
      source: "user",
      action: "save",
      ...record,
    });
  const grant = line({});
  const laterDenial = line({
    choices: { analytics: "denied" },
    time: "2026-11-22T10:00:01.000Z",
  });
  const denialAtOnce = line({ choices: { analytics: "denied" } });
  const future = line({ time: "2026-11-23T10:00:00.000Z" });
  const old = line({ time: "2026-01-01T10:00:00.000Z" });

  const cases = [
    { texts: [grant, laterDenial], answer: "denied", kept: [laterDenial] },
    { texts: [laterDenial, grant], answer: "denied", kept: [laterDenial] },
    { texts: [grant, denialAtOnce], answer: "denied", kept: [denialAtOnce] },
    { texts: [denialAtOnce, grant], answer: "denied", kept: [denialAtOnce] },
    { texts: [grant, future], answer: "granted", kept: [grant] },
    { texts: [grant, "damaged"], answer: "granted", kept: [grant] },
    { texts: [grant, grant], answer: "granted", kept: [grant] },
    { texts: [grant, ""], answer: "granted", kept: [grant] },
    { texts: [future, "damaged"], answer: undefined, kept: [] },
    { texts: [old, "damaged"], answer: undefined, kept: [] },
  ];

  it("are healed into the one that counts: the newest, and the denial of two at once (P6)", () => {
    const got = cases.map(({ texts }) => {
      const storage = new FakeRecordStorage(...texts);
      const store = create({ storage, clock: fakeClock() });
      return {
        texts,
        answer: store.get("analytics"),
        kept: storage.texts,
      };
    });
    expect(got).to.deep.equal(cases);
  });

  it("that cannot be healed still count as the newest says, or the denial of two at once (P6)", () => {
    const got = cases.map(({ texts }) => {
      const storage = new FakeRecordStorage();
      storage.stuck = texts;
      const store = create({ storage, clock: fakeClock() });
      store.refresh();
      return store.get("analytics");
    });
    expect(got).to.deep.equal(cases.map(({ answer }) => answer));
  });

  it("that cannot be healed give way to the next decision", () => {
    const storage = new FakeRecordStorage();
    storage.stuck = [laterDenial, grant];
    const clock = fakeClock();
    const store = create({ storage, clock });
    store.grantAll();
    store.refresh();
    expect([
      store.isGranted("analytics"),
      create({ storage, clock }).isGranted("analytics"),
    ]).to.deep.equal([true, true]);
  });

  it("that appear later are healed when the store looks again", () => {
    const storage = new FakeRecordStorage(grant);
    const store = create({ storage, clock: fakeClock() });
    storage.texts = [grant, laterDenial];
    store.refresh();
    expect([store.get("analytics"), storage.texts]).to.deep.equal([
      "denied",
      [laterDenial],
    ]);
  });

  it("are not written when there is but one text, damaged or not", () => {
    const writes = [grant, "damaged", future, old].map((text) => {
      const storage = new FakeRecordStorage(text);
      create({ storage, clock: fakeClock() }).refresh();
      return storage.writes;
    });
    expect(writes).to.deep.equal([[], [], [], []]);
  });
});

describe("stores that keep nothing", () => {
  const pair = () => {
    const clock = fakeClock();
    const [near, far] = [new FakeNeighbours(), new FakeNeighbours()];
    return {
      near,
      far,
      here: create({ clock, neighbours: near }),
      elsewhere: create({ clock, neighbours: far }),
    };
  };

  it("believe what their neighbours tell them", () => {
    const { here, elsewhere, near, far } = pair();
    const changes = collectChanges(here);
    const granted = elsewhere.grantAll();
    near.say(far.told[0]);
    const denied = elsewhere.denyAll();
    near.say(far.told[1]);
    expect(changes).to.deep.equal([
      {
        previous: undefined,
        current: granted,
        changed: ["analytics", "marketing"],
        source: "tab",
      },
      {
        previous: granted,
        current: denied,
        changed: ["analytics", "marketing"],
        source: "tab",
      },
    ]);
  });

  it("hold on to the newest decision when messages arrive in the wrong order", () => {
    const { here, elsewhere, near, far } = pair();
    elsewhere.denyAll();
    elsewhere.grantAll();
    const last = elsewhere.withdraw();
    for (const text of far.told.toReversed()) near.say(text);
    expect(here.record).to.deep.equal(last);
  });

  it("take the denial of two decisions at once, on both sides", () => {
    const { here, elsewhere, near, far } = pair();
    here.grantAll();
    elsewhere.denyAll();
    near.say(far.told[0]);
    far.say(near.told[0]);
    expect([here.get("analytics"), elsewhere.get("analytics")]).to.deep.equal([
      "denied",
      "denied",
    ]);
  });

  it("forget with their neighbours", () => {
    const { here, elsewhere, near, far } = pair();
    elsewhere.grantAll();
    near.say(far.told[0]);
    elsewhere.reset();
    near.say(far.told[1]);
    expect([here.record, here.isGranted("analytics")]).to.deep.equal([
      undefined,
      false,
    ]);
  });

  it("make nothing of a message that is no record, and keep what they know", () => {
    const { here, near } = pair();
    const denied = here.denyAll();
    const changes = collectChanges(here);
    const messages = ["[object Object]", "null", "analytics=granted", " "];
    for (const text of messages) near.say(text);
    expect([here.record, changes]).to.deep.equal([denied, []]);
  });

  it("keep what they know when they come back to the front", () => {
    const { here, near } = pair();
    const granted = here.grantAll();
    near.say();
    here.refresh();
    expect(here.record).to.deep.equal(granted);
  });

  it("do not believe a message from the future", () => {
    const { here, near } = pair();
    const clock = fakeClock();
    clock.move(60_001);
    near.say(toText(create({ clock }).grantAll()));
    expect(here.record).to.equal(undefined);
  });
});
