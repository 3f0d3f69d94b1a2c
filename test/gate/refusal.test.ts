import { expect } from "@open-wc/testing";
import type { Choices } from "../../src/consent/choice.js";
import { createStore } from "../../src/consent/store.js";
import { limitBy, type Refusal } from "../../src/gate/refusal.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";

const TIME = "2026-11-28T10:00:00.000Z";
const GPC: Refusal = { name: "gpc", purposes: ["marketing"] };
const YOUNG: Refusal = { name: "under-age", isFinal: true };
const PURPOSES = ["necessary", "functional", "analytics", "marketing"];

/** A page with `refusals`, over what is stored. Its clock goes on by a second with each page. */
const clock = fakeClock(TIME);
function visit(storage: FakeRecordStorage, ...refusals: Refusal[]) {
  clock.move(1000);
  return createStore({
    storage,
    clock,
    purposes: PURPOSES,
    profile: refusals[0] ? { limit: limitBy(refusals, { clock }) } : {},
  });
}

const told = (store: ReturnType<typeof visit>) => {
  const { choices, source, action } = store.record ?? {};
  return [choices, source, action];
};

describe("a refusal that comes from elsewhere than the visitor", () => {
  it("is the answer where nothing was answered, and is kept; what it does not refuse is still asked", () => {
    const storage = new FakeRecordStorage();
    const store = visit(storage, GPC);
    expect([told(store), store.needsChoice]).to.deep.equal([
      [{ marketing: "denied" }, "signal", "gpc"],
      true,
    ]);
    expect(storage.texts).to.have.length(1);
    // And stays one when the browser says it no more.
    expect(told(visit(storage))).to.deep.equal(told(store));
  });

  it("wins over a yes from before, and the record says so", () => {
    const storage = new FakeRecordStorage();
    visit(storage).grantAll({ source: "user" });
    const before = storage.texts[0];
    const store = visit(storage, GPC);
    expect(told(store)).to.deep.equal([
      { functional: "granted", analytics: "granted", marketing: "denied" },
      "signal",
      "gpc",
    ]);
    expect(storage.texts[0]).to.not.equal(before);
    expect(store.record!.time > TIME).to.equal(true);
  });

  it("is later than the record that it takes the place of, also by a clock that was set back", () => {
    const storage = new FakeRecordStorage();
    const { time } = visit(storage).grantAll();
    const store = createStore({
      storage,
      clock: () => Date.parse(time),
      purposes: PURPOSES,
      profile: { limit: limitBy([GPC], { clock: () => Date.parse(time) }) },
    });
    expect(store.record!.time > time).to.equal(true);
  });

  it("loses against a later yes of the visitor's to the very purpose, which is marked and lasts", () => {
    const storage = new FakeRecordStorage();
    const store = visit(storage, GPC);
    store.set(
      { marketing: "granted", analytics: "denied" },
      { source: "user", action: "save" },
    );
    const expected = [
      { marketing: "granted", analytics: "denied" },
      "user",
      "override-gpc",
    ];
    expect(told(store)).to.deep.equal(expected);
    const next = visit(storage, GPC);
    expect(told(next)).to.deep.equal(expected);
    // The page's own code changes another answer, and takes nothing back.
    next.set({ functional: "granted" });
    expect([next.get("marketing"), next.record!.action]).to.deep.equal([
      "granted",
      "override-gpc",
    ]);
  });

  it("stands against Accept all and against the page's own code", () => {
    const cases: [string, (store: ReturnType<typeof visit>) => unknown][] = [
      ["grant-all", (store) => store.grantAll({ source: "user" })],
      ["grant-all", (store) => store.grantAll()],
      ["set", (store) => store.set({ marketing: "granted" })],
      [
        "save",
        (store) =>
          store.set(
            { marketing: "granted" },
            { source: "api", action: "save" },
          ),
      ],
    ];
    for (const [action, decide] of cases) {
      const store = visit(new FakeRecordStorage(), GPC);
      decide(store);
      expect(
        [store.get("marketing"), store.record!.action],
        `${decide}`,
      ).to.deep.equal(["denied", action]);
    }
  });

  it("is never heard of by listeners as a yes that is taken back", () => {
    const store = visit(new FakeRecordStorage(), GPC);
    const heard: unknown[] = [];
    store.subscribe(() => heard.push(store.isGranted("marketing")));
    store.grantAll({ source: "user" });
    expect(heard).to.deep.equal([false]);
  });

  it("is the answer again after a reset", () => {
    const store = visit(new FakeRecordStorage(), GPC);
    store.set({ marketing: "granted" }, { source: "user", action: "save" });
    store.reset();
    expect(told(store)).to.deep.equal([
      { marketing: "denied" },
      "signal",
      "gpc",
    ]);
  });

  it("wins over a yes that comes from a tab which did not hear the signal", () => {
    const storage = new FakeRecordStorage();
    const store = visit(storage, GPC);
    visit(storage).grantAll({ source: "user" });
    store.refresh();
    expect(store.get("marketing")).to.equal("denied");
    expect(store.get("analytics")).to.equal("granted");
  });

  it("that is final loses against nothing, refuses all, and asks nobody, of late purposes neither", () => {
    const storage = new FakeRecordStorage();
    visit(storage).grantAll({ source: "user" });
    const store = visit(storage, YOUNG);
    store.set({ analytics: "granted" }, { source: "user", action: "save" });
    store.addPurpose("chat");
    expect(store.record!.choices).to.deep.equal({
      functional: "denied",
      analytics: "denied",
      marketing: "denied",
      chat: "denied",
    });
    expect(store.needsChoice).to.equal(false);
    expect(store.get("necessary")).to.equal("granted");
  });

  it("leaves alone what it excepts, and what it does not name", () => {
    const all: Choices = {
      functional: "granted",
      analytics: "granted",
      marketing: "granted",
    };
    const cases: [Refusal, Choices][] = [
      [
        { name: "dnt", except: ["functional"] },
        { functional: "granted", analytics: "denied", marketing: "denied" },
      ],
      [{ name: "x", purposes: ["elsewhere"] }, all],
      [{ name: "x", purposes: [] }, all],
    ];
    for (const [refusal, choices] of cases) {
      const storage = new FakeRecordStorage();
      visit(storage).set(all);
      expect(visit(storage, refusal).record!.choices).to.deep.equal(choices);
    }
  });

  it("can be overridden together with another one", () => {
    const storage = new FakeRecordStorage();
    const dnt = { name: "dnt", except: ["functional"] };
    const store = visit(storage, GPC, dnt);
    store.set(
      { marketing: "granted", analytics: "granted" },
      { source: "user", action: "save" },
    );
    const next = visit(storage, GPC, dnt);
    expect([next.record!.action, next.get("marketing")]).to.deep.equal([
      "override-gpc+dnt",
      "granted",
    ]);
    // One that is new since then was not overridden.
    const third = visit(storage, GPC, dnt, {
      name: "law",
      purposes: ["analytics"],
    });
    expect(third.record!.choices).to.deep.equal({
      marketing: "granted",
      analytics: "denied",
    });
  });
});
