import { expect } from "@open-wc/testing";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { catchPageErrors } from "../support/catch-page-errors.js";
import { collectChanges } from "../support/collect-changes.js";
import { collectErrors } from "../support/collect-errors.js";
import { fakeClock } from "../support/fake-clock.js";
import { stubConsoleError } from "../support/stub-console-error.js";

const create = (options: StoreOptions = {}): ConsentStore =>
  createStore({
    purposes: ["necessary", "analytics", "marketing"],
    clock: fakeClock(),
    ...options,
  });

describe("a change", () => {
  it("tells the record before, the record now, whose choices moved, and who decided", () => {
    const store = create();
    const changes = collectChanges(store);
    const first = store.set({ analytics: "granted" }, { source: "user" });
    const second = store.denyAll({ source: "signal" });
    const third = store.withdraw();
    store.reset("marketing");
    const fourth = store.record;
    store.reset();
    expect(changes).to.deep.equal([
      {
        previous: undefined,
        current: first,
        changed: ["analytics"],
        source: "user",
      },
      {
        previous: first,
        current: second,
        changed: ["analytics", "marketing"],
        source: "signal",
      },
      { previous: second, current: third, changed: [], source: "api" },
      {
        previous: third,
        current: fourth,
        changed: ["marketing"],
        source: "api",
      },
      {
        previous: fourth,
        current: undefined,
        changed: ["analytics"],
        source: "api",
      },
    ]);
  });

  it("is told when the same decision is made again, with nothing in its list", () => {
    const store = create();
    store.grantAll();
    const changes = collectChanges(store);
    store.grantAll();
    store.grantAll();
    expect(changes.map(({ changed }) => changed)).to.deep.equal([[], []]);
  });

  it("is not told when there was nothing to forget", () => {
    const store = create();
    const changes = collectChanges(store);
    store.reset();
    store.reset("analytics");
    store.refresh();
    expect(changes).to.deep.equal([]);
  });

  it("is already true in the store when a listener hears of it", () => {
    const store = create();
    const heard: unknown[] = [];
    store.subscribe(({ current }) =>
      heard.push([
        store.record === current,
        store.get("analytics"),
        store.needsChoice,
      ]),
    );
    store.grantAll();
    store.reset();
    expect(heard).to.deep.equal([
      [true, "granted", false],
      [true, undefined, true],
    ]);
  });

  it("may be answered by another one from within a listener", () => {
    const store = create();
    store.subscribe(({ current }) => {
      if (current?.choices["marketing"] === "granted")
        store.set({ marketing: "denied" }, { source: "signal" });
    });
    const changes = collectChanges(store);
    store.grantAll();
    expect([
      store.get("marketing"),
      changes.map(({ source }) => source).toSorted(),
    ]).to.deep.equal(["denied", ["api", "signal"]]);
  });

  it("is an event that bubbles and crosses shadow roots", () => {
    const store = create();
    const flags: unknown[] = [];
    store.addEventListener(
      "consent-change",
      ({ type, bubbles, composed, cancelable }) =>
        flags.push({ type, bubbles, composed, cancelable }),
    );
    store.denyAll();
    expect(flags).to.deep.equal([
      {
        type: "consent-change",
        bubbles: true,
        composed: true,
        cancelable: false,
      },
    ]);
  });
});

describe("a listener", () => {
  it("hears nothing after it has undone its subscription", () => {
    const store = create();
    const heard: string[] = [];
    const undo = store.subscribe(() => heard.push("first"));
    store.subscribe(() => heard.push("second"));
    store.grantAll();
    undo();
    undo();
    store.denyAll();
    expect(heard).to.deep.equal(["first", "second", "second"]);
  });

  it("that throws does not keep the others from hearing the news, nor the decision from being kept", () => {
    const store = create();
    const heard: unknown[] = [];
    store.subscribe(() => {
      throw new Error("a vendor failed");
    });
    store.subscribe(({ current }) => heard.push(current));
    // The test runner prints what a page throws, also when the page has dealt with it.
    stubConsoleError();
    const errors = catchPageErrors(() => store.denyAll());
    expect([errors, heard, store.get("analytics")]).to.deep.equal([
      ["a vendor failed"],
      [store.record],
      "denied",
    ]);
  });

  it("added late missed the news, and finds the record in the store", () => {
    const store = create();
    const record = store.grantAll();
    const changes = collectChanges(store);
    expect([changes, store.record]).to.deep.equal([[], record]);
  });
});

describe("a report", () => {
  it("tells of an error from outside the store", () => {
    const store = create();
    const errors = collectErrors(store);
    store.report(new Error("a download failed"));
    expect(errors).to.deep.equal(["a download failed"]);
  });
});
