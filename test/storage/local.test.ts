import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { localRecordStorage } from "../../src/storage/local.js";
import { cleanStorage } from "../support/clean-storage.js";
import { collectErrors } from "../support/collect-errors.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";

const LATER = new Date("2099-01-01T00:00:00.000Z");
const entries = () => Object.entries(localStorage).toSorted();

afterEach(cleanStorage);

describe("a record in localStorage", () => {
  it("is an entry named consent that a person can read", () => {
    localRecordStorage().write("analytics=granted", LATER);
    expect(entries()).to.deep.equal([["consent", "analytics=granted"]]);
  });

  it("is read as it was written", () => {
    const storage = localRecordStorage("shop consent");
    const before = storage.read();
    storage.write("analytics=granted", LATER);
    const between = storage.read();
    storage.write("analytics=denied", LATER);
    expect([before, between, storage.read(), entries()]).to.deep.equal([
      [],
      ["analytics=granted"],
      ["analytics=denied"],
      [["shop consent", "analytics=denied"]],
    ]);
  });

  it("is removed, and other entries stay", () => {
    localStorage.setItem("basket", "3");
    const storage = localRecordStorage();
    storage.write("analytics=granted", LATER);
    storage.write(undefined, new Date(0));
    storage.write(undefined, new Date(0));
    expect([storage.read(), entries()]).to.deep.equal([[], [["basket", "3"]]]);
  });

  it("is found again by the next page", () => {
    const decided = createStore({ storage: localRecordStorage() }).denyAll();
    expect(createStore({ storage: localRecordStorage() }).record).to.deep.equal(
      decided,
    );
  });

  it("is kept in memory for the page where localStorage may not be touched", async () => {
    stubProperty(globalThis, "localStorage", () => {
      throw new DOMException("Access is denied", "SecurityError");
    });
    const store = createStore({ storage: localRecordStorage() });
    const errors = collectErrors(store);
    const before = store.isGranted("analytics");
    store.grantAll();
    store.refresh();
    await turn();
    expect([before, store.isGranted("analytics"), errors]).to.deep.equal([
      false,
      true,
      ["Access is denied"],
    ]);
  });

  it("makes room by giving up an older grant when a denial does not fit", () => {
    const storage = localRecordStorage();
    const store = createStore({ storage });
    store.grantAll();
    stubProperty(Storage.prototype, "setItem", () => () => {
      throw new DOMException("Full", "QuotaExceededError");
    });
    store.denyAll();
    expect([storage.read(), store.get("analytics")]).to.deep.equal([
      [],
      "denied",
    ]);
  });
});
