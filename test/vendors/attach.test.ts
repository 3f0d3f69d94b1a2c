import { expect } from "@open-wc/testing";
import { attach } from "../../src/vendors/attach.js";
import type { Permit, Vendor } from "../../src/vendors/vendor.js";
import { createStore } from "../../src/consent/store.js";
import { catchError } from "../support/catch-error.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { deferred } from "../support/deferred.js";
import { fakeTimers } from "../support/fake-timers.js";
import { turn } from "../support/turn.js";
import { vendorScene } from "../support/vendor-scene.js";

/** A vendor that writes down what it is told. */
function spy(own: Partial<Vendor> = {}): { vendor: Vendor; told: string[] } {
  const told: string[] = [];
  const vendor: Vendor = {
    name: "spy",
    purposes: ["marketing"],
    stores: {},
    prepare: () => void told.push("prepare"),
    tell: ({ get }) => void told.push(`tell ${get("marketing")}`),
    grant: () => void told.push("grant"),
    revoke: () => void told.push("revoke"),
    ...own,
  };
  return { vendor, told };
}

describe("a vendor's tag", () => {
  it("is told no at once, and nothing else before a choice", async () => {
    const { vendor, told } = spy();
    vendorScene(vendor);
    expect(told).to.deep.equal(["prepare"]);
    await turn();
    expect(told).to.deep.equal(["prepare"]);
  });

  it("follows each decision, once", () => {
    const { vendor, told } = spy();
    const { consent } = vendorScene(vendor);
    consent.grantAll();
    consent.grantAll();
    consent.denyAll();
    consent.denyAll();
    consent.grantAll();
    expect(told).to.deep.equal([
      "prepare",
      "tell granted",
      "grant",
      "tell denied",
      "revoke",
      "tell granted",
      "grant",
    ]);
  });

  it("hears in the task of its page what an earlier page decided", () => {
    const { vendor, told } = spy();
    vendorScene(vendor, { before: (consent) => consent.grantAll() });
    expect(told).to.deep.equal(["prepare", "tell granted", "grant"]);
  });

  it("is let run by a mode that takes no answer for a yes", () => {
    const { vendor, told } = spy();
    vendorScene(vendor, { store: { mode: "opt-out" } });
    expect(told).to.deep.equal(["prepare", "grant"]);
  });

  it("needs all of its purposes", () => {
    const { vendor, told } = spy({ purposes: ["analytics", "marketing"] });
    const { consent } = vendorScene(vendor);
    consent.set({ marketing: "granted" });
    expect(told).to.not.include("grant");
    consent.set({ analytics: "granted" });
    expect(told).to.include("grant");
    consent.set({ marketing: "anonymous" });
    expect(told.at(-1)).to.equal("revoke");
  });

  it("gets nothing until a storage that answers late has answered", async () => {
    const { promise, resolve } = deferred();
    const { vendor, told } = spy();
    const { consent } = vendorScene(vendor, {
      store: {
        storage: { ready: promise, read: () => [], write: () => {} },
        mode: "opt-out",
      },
    });
    expect(told).to.deep.equal(["prepare"]);
    resolve(undefined);
    await consent.ready;
    await turn();
    expect(told).to.deep.equal(["prepare", "grant"]);
  });

  it("that loads a script when the yes ends never goes on", async () => {
    const { vendor, told } = spy({
      async grant({ load, signal }: Permit) {
        await load("https://vendor.test/tag.js");
        told.push(`loaded, ${signal.aborted}`);
      },
    });
    const { consent, arrive } = vendorScene(vendor, { isSlow: true });
    consent.grantAll();
    consent.denyAll();
    await arrive();
    expect(told).to.deep.equal([
      "prepare",
      "tell granted",
      "tell denied",
      "revoke",
    ]);
    consent.grantAll();
    await arrive();
    expect(told.at(-1)).to.equal("loaded, false");
  });

  it("that throws is reported and stopped, and others go on", () => {
    for (const [step, fail, expected] of [
      ["prepare", { prepare: () => nothing.at() }, []],
      ["tell", { tell: () => nothing.at() }, ["prepare"]],
      [
        "grant",
        { grant: () => nothing.at() },
        ["prepare", "tell granted", "revoke"],
      ],
    ] as const) {
      const { vendor, told } = spy(fail);
      const { vendor: other, told: otherTold } = spy();
      const { consent, errors } = vendorScene(vendor);
      attach(consent, other);
      consent.grantAll();
      expect(errors.length, step).to.equal(1);
      expect(told, step).to.deep.equal(expected);
      expect(otherTold.at(-1), step).to.equal("grant");
    }
  });

  it("whose script did not arrive is stopped, and tried again at the next yes", async () => {
    let answers = 0;
    const { vendor, told } = spy({
      grant: async () => {
        told.push("grant");
        if (!answers++) throw new Error("blocked");
      },
    });
    const { consent, errors } = vendorScene(vendor);
    consent.grantAll();
    await turn();
    consent.set({ analytics: "denied" });
    expect([told.splice(0), errors.length]).to.deep.equal([
      ["prepare", "tell granted", "grant", "revoke", "tell granted"],
      1,
    ]);
    consent.denyAll();
    consent.grantAll();
    await turn();
    expect(told).to.deep.equal(["tell denied", "tell granted", "grant"]);
  });

  it("takes what it has stored with it when the yes ends, and not when there is a new one within a second", async () => {
    const timers = fakeTimers();
    const { vendor } = spy({ stores: { cookies: ["_spy"] } });
    const { consent } = vendorScene(vendor);
    const seen: number[] = [];
    consent.grantAll();
    setCookie("_spy=1");
    consent.withdraw();
    seen.push(readCookies().length);
    await turn();
    consent.grantAll();
    setCookie("_spy=2");
    await timers.advance(3000);
    seen.push(readCookies().length);
    expect(seen).to.deep.equal([0, 1]);
  });

  it("tells of what no script can see where a yes has ended, not at the start of a page", async () => {
    const timers = fakeTimers();
    const { vendor } = spy({ stores: { httpOnly: ["SPY"] } });
    const { consent } = vendorScene(vendor, {
      before: (store) => store.denyAll(),
    });
    await turn();
    await timers.advance(1000);
    expect(consent.leftovers).to.equal(undefined);
    consent.grantAll();
    consent.withdraw();
    await turn();
    await timers.advance(1000);
    expect(consent.leftovers).to.have.length(1);
    consent.grantAll();
    expect(consent.leftovers).to.deep.equal([]);
  });

  it("that would remove everything is a clear error", () => {
    const { vendor } = spy({ stores: { local: ["*"] } });
    const consent = createStore({ purposes: ["marketing"] });
    expect(catchError(() => attach(consent, vendor))).to.match(
      /RangeError: .*a name in local is "\*"; write what all its names/,
    );
  });

  it("for an unknown purpose, or no vendor at all, is a clear error", () => {
    const consent = createStore();
    const { vendor } = spy();
    expect(catchError(() => attach(consent, vendor))).to.match(
      /RangeError: .*purpose is "marketing"; write necessary or analytics/,
    );
    expect(catchError(() => attach(consent, {} as Vendor))).to.match(
      /TypeError: .*write what a function of consent-elements\/vendors made/,
    );
  });

  it("stays as it is once nobody follows the record for it", () => {
    const { vendor, told } = spy();
    const consent = createStore({ purposes: ["marketing"] });
    attach(consent, vendor)();
    consent.grantAll();
    expect(told).to.deep.equal(["prepare"]);
  });
});

/** Whatever is done with it throws. */
const nothing = undefined as unknown as { at(): void };
