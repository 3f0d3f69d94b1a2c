import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { asyncStore } from "./support/async-store.mjs";
import { loadSource } from "./support/load-source.mjs";

const { asyncStorage } = await loadSource("storage/async.ts");
const { createStore } = await loadSource("consent/store.ts");

const PREFIX = "consent-elements/";

describe("asyncStorage()", () => {
  for (const hasNames of [true, false])
    test(`keeps entries between runs ${hasNames ? "by the store's names" : "by names of its own"}`, async () => {
      const { store, kept } = asyncStore({ "app/theme": "dark" }, { hasNames });
      const first = asyncStorage(store);
      await first.ready;
      first.setItem("a", "1");
      first.setItem("b", "2");
      first.setItem("c", "3");
      first.removeItem("b");
      await first.settled();

      const second = asyncStorage(store);
      await second.ready;
      assert.deepEqual(
        Array.from({ length: second.length }, (_, at) => [
          second.key(at),
          second.getItem(second.key(at)),
        ]),
        [
          ["a", "1"],
          ["c", "3"],
        ],
      );
      assert.deepEqual(
        [second.getItem("b"), second.key(9), kept.get("app/theme")],
        [null, null, "dark"],
      );
    });

  test("passes a decision on first, so that an app that is killed after it begins with it", async () => {
    const slow = asyncStore({
      [`${PREFIX}consent`]: "yes",
      [`${PREFIX}id`]: "1",
    });
    const view = asyncStorage(slow.store);
    await view.ready;
    view.removeItem("id");
    view.records("consent").write("no", new Date());
    await view.settled();
    assert.deepEqual(slow.told, [`set ${PREFIX}consent`, `remove ${PREFIX}id`]);
  });

  test("removes the decision before where the store refuses the new one, and says so", async () => {
    const full = asyncStore({ [`${PREFIX}consent`]: "yes" });
    const errors = [];
    const view = asyncStorage(full.store, {
      report: (error) => errors.push(error),
    });
    await view.ready;
    full.refuses.add("set");
    view.records("consent").write("no", new Date());
    await view.settled();
    assert.deepEqual(
      [full.kept.size, errors.map(String)],
      [0, ["Error: set is refused"]],
    );
    assert.deepEqual(view.records("consent").read(), ["no"]);
  });

  test("answers at once, and before the store has, with what was written here", async () => {
    const slow = asyncStore(
      { [`${PREFIX}a`]: "old", [`${PREFIX}b`]: "old", [`${PREFIX}c`]: "old" },
      { isOpen: false },
    );
    const view = asyncStorage(slow.store);
    view.setItem("a", "new");
    view.removeItem("b");
    assert.deepEqual(
      ["a", "b", "c"].map((key) => view.getItem(key)),
      ["new", null, null],
    );
    slow.open();
    await view.settled();
    assert.deepEqual(
      ["a", "b", "c"].map((key) => view.getItem(key)),
      ["new", null, "old"],
    );
    assert.deepEqual(Object.fromEntries(slow.kept), {
      [`${PREFIX}a`]: "new",
      [`${PREFIX}c`]: "old",
    });
  });

  test("knows better than an answer that was under way when something was written", async () => {
    const { store } = asyncStore({
      [`${PREFIX}a`]: "old",
      [`${PREFIX}b`]: "old",
    });
    let answer = () => {};
    const gate = new Promise((done) => {
      answer = () => done(undefined);
    });
    let reads = 0;
    let begun = () => {};
    const reading = new Promise((done) => {
      begun = () => done(undefined);
    });
    const view = asyncStorage({
      ...store,
      async getItem(key) {
        const value = await store.getItem(key);
        if (++reads === 2) begun();
        await gate;
        return value;
      },
    });
    await reading;
    view.setItem("a", "new");
    view.removeItem("b");
    answer();
    await view.settled();
    assert.deepEqual([view.getItem("a"), view.getItem("b")], ["new", null]);
  });

  test("passes removals on before everything else, and of several writes the last", async () => {
    const { store, told } = asyncStore({ [`${PREFIX}id`]: "1" });
    const view = asyncStorage(store);
    await view.ready;
    view.setItem("consent", "denied");
    view.setItem("queue", "1");
    view.setItem("queue", "2");
    view.setItem("gone", "1");
    view.removeItem("gone");
    view.removeItem("id");
    await view.settled();
    assert.deepEqual(told, [
      `remove ${PREFIX}gone`,
      `remove ${PREFIX}id`,
      `set ${PREFIX}consent`,
      `set ${PREFIX}queue`,
    ]);
  });

  test("lets a removal overtake writes that wait for the store", async () => {
    const slow = asyncStore({}, { isOpen: false });
    const view = asyncStorage(slow.store);
    view.setItem("a", "1");
    view.setItem("b", "1");
    view.setItem("c", "1");
    await undefined;
    view.removeItem("c");
    slow.open();
    await view.settled();
    assert.deepEqual(slow.told, [
      `set ${PREFIX}a`,
      `remove ${PREFIX}c`,
      `set ${PREFIX}b`,
    ]);
  });

  test("reports what the store refuses, and tries a removal again", async () => {
    const { store, refuses, kept } = asyncStore({ [`${PREFIX}id`]: "1" });
    const errors = [];
    const view = asyncStorage(store, { report: (error) => errors.push(error) });
    await view.ready;
    refuses.add("set").add("remove");
    view.setItem("a", "1");
    view.removeItem("id");
    await view.settled();
    assert.deepEqual(
      errors.map(({ message }) => message),
      ["remove is refused", "set is refused"],
    );
    assert.equal(kept.has(`${PREFIX}id`), true);
    refuses.clear();
    await view.settled();
    assert.equal(kept.has(`${PREFIX}id`), false);
  });

  test("reads a store that cannot be read as empty, and says so", async () => {
    const { store, refuses } = asyncStore({ [`${PREFIX}a`]: "1" });
    refuses.add("get");
    const errors = [];
    const view = asyncStorage(store, { report: (error) => errors.push(error) });
    await view.ready;
    assert.deepEqual([view.getItem("a"), errors.length], [null, 1]);
  });

  test("touches only the names that begin with its prefix", async () => {
    const { store, kept } = asyncStore({ theme: "dark", "x/a": "1" });
    const view = asyncStorage(store, { prefix: "x/" });
    await view.ready;
    view.clear();
    await view.settled();
    assert.deepEqual([view.length, [...kept.keys()]], [0, ["theme"]]);
  });

  test("refuses what is no store", () => {
    assert.throws(
      () => asyncStorage({}),
      /TypeError: consent-elements: the store/,
    );
    assert.throws(() => asyncStorage(), TypeError);
  });
});

describe("a consent store on asyncStorage()", () => {
  const record = (analytics) =>
    `analytics=${analytics}&revision=1&time=${encodeURIComponent(new Date().toISOString())}&source=user&action=set`;

  test("grants nothing until the store has answered", async () => {
    const slow = asyncStore(
      { [`${PREFIX}consent`]: record("granted") },
      { isOpen: false },
    );
    const consent = createStore({
      mode: "opt-out",
      storage: asyncStorage(slow.store).records("consent"),
    });
    assert.deepEqual(
      [consent.isReady, consent.isGranted("analytics"), consent.needsChoice],
      [false, false, false],
    );
    slow.open();
    await consent.ready;
    assert.deepEqual(
      [consent.isGranted("analytics"), consent.get("analytics")],
      [true, "granted"],
    );
  });

  test("holds on to a refusal made before the store has answered with a grant", async () => {
    const slow = asyncStore(
      { [`${PREFIX}consent`]: record("granted") },
      { isOpen: false },
    );
    const view = asyncStorage(slow.store);
    const consent = createStore({ storage: view.records("consent") });
    consent.denyAll();
    slow.open();
    await consent.ready;
    await view.settled();
    assert.equal(consent.get("analytics"), "denied");
    assert.match(slow.kept.get(`${PREFIX}consent`), /analytics=denied/);
  });

  test("forgets the record everywhere", async () => {
    const { store, kept } = asyncStore({
      [`${PREFIX}consent`]: record("granted"),
    });
    const view = asyncStorage(store);
    const consent = createStore({ storage: view.records("consent") });
    await consent.ready;
    consent.reset();
    await view.settled();
    assert.deepEqual([consent.record, kept.size], [undefined, 0]);
  });

  test("decides in memory, and says so, where the store cannot be read", async () => {
    const { store, refuses } = asyncStore();
    refuses.add("get");
    const consent = createStore({
      storage: asyncStorage(store).records("consent"),
    });
    const errors = [];
    consent.addEventListener("consent-error", ({ error }) =>
      errors.push(error.message),
    );
    await consent.ready;
    consent.grantAll();
    assert.deepEqual(
      [consent.isGranted("analytics"), errors],
      [true, ["get is refused"]],
    );
  });
});
