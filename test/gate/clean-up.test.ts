import { expect } from "@open-wc/testing";
import { toText } from "../../src/consent/record.js";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import { keepStored, removeStored } from "../../src/gate/clean-up.js";
import type { Stored } from "../../src/gate/stored.js";
import { cleanStorage } from "../support/clean-storage.js";
import { cookieWrites } from "../support/cookie-writes.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { fakeTimers } from "../support/fake-timers.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";

const store = (): ConsentStore =>
  createStore({ purposes: ["necessary", "analytics", "marketing"] });

/** Everything that a store tells of leftovers, one `kind name reason` each, joined for each time it tells. */
function hearLeftovers(consent: ConsentStore): string[] {
  const heard: string[] = [];
  consent.addEventListener("consent-leftovers", ({ leftovers }) =>
    heard.push(
      leftovers
        .map(({ kind, name, reason }) => `${kind} ${name} ${reason}`)
        .join(", "),
    ),
  );
  return heard;
}

/** Opens a database until the test is over, or only makes one. */
function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error as Error));
  });
}
const databaseNames = async () =>
  (await indexedDB.databases()).map(({ name }) => name);

const RECORD = toText({
  choices: { analytics: "denied" },
  revision: "1",
  time: "2026-11-22T10:15:00.000Z",
  source: "user",
  action: "save",
});

afterEach(cleanStorage);

describe("removing what is stored", () => {
  it("removes cookies and entries in the very task, and leaves what is not named", () => {
    fakeTimers();
    for (const name of ["_ga", "_ga_1", "_gat", "basket"]) {
      setCookie(`${name}=1`);
      localStorage.setItem(name, "1");
      sessionStorage.setItem(name, "1");
    }
    void removeStored(
      { cookies: ["_ga", "_ga_*"], local: ["_ga*"], session: [/_gat?/] },
      store(),
    );
    expect([
      readCookies(),
      Object.keys(localStorage),
      Object.keys(sessionStorage).toSorted(),
    ]).to.deep.equal([["_gat=1", "basket=1"], ["basket"], ["_ga_1", "basket"]]);
  });

  it("finds cookies that are Secure, by name or not, and those of a partition", async () => {
    fakeTimers();
    for (const cookie of [
      "__Host-a=1; Path=/; Secure",
      "__Secure-b=1; Path=/; Secure",
      "c=1; Path=/; Secure; SameSite=Strict",
      "d=1; Path=/; Secure; SameSite=None; Partitioned",
      "d=2; Path=/; Secure",
    ])
      document.cookie = cookie;
    const before = readCookies().length;
    void removeStored(
      { cookies: ["__Host-*", "__Secure-*", "c", "d"] },
      store(),
    );
    expect([before, readCookies()]).to.deep.equal([5, []]);
  });

  it("tries the host and each domain above it, of those that have a dot", () => {
    fakeTimers();
    setCookie("_ga=1");
    const writes = cookieWrites();
    void removeStored({ cookies: ["_ga"] }, store());
    expect([
      ...new Set(writes.map((text) => /Domain=([^;]*)/.exec(text)?.[1])),
    ]).to.deep.equal([undefined, "127.0.0.1", "0.0.1", "0.1"]);
  });

  it("does not look at places that are not named (P1)", async () => {
    const timers = fakeTimers();
    const looked: string[] = [];
    for (const name of [
      "localStorage",
      "sessionStorage",
      "indexedDB",
      "caches",
    ])
      stubProperty(globalThis, name, () => void looked.push(name));
    const done = removeStored({ cookies: ["_ga"] }, store());
    await turn();
    await timers.advance(1000);
    expect([await done, looked]).to.deep.equal([[], []]);
  });

  it("removes entries whose names every storage has", () => {
    fakeTimers();
    for (const name of ["length", "getItem", "key"])
      localStorage.setItem(name, "1");
    void removeStored({ local: ["length", "getItem", "key"] }, store());
    expect(localStorage.length).to.equal(0);
  });

  it("removes databases and caches", async () => {
    for (const name of ["AMP_1", "AMP_2", "kites"])
      (await openDatabase(name)).close();
    for (const name of ["x", "y"]) await caches.open(name);
    const left = await removeStored(
      { databases: ["AMP_*"], caches: ["x"] },
      store(),
    );
    expect([left, await databaseNames(), await caches.keys()]).to.deep.equal([
      [],
      ["kites"],
      ["y"],
    ]);
    indexedDB.deleteDatabase("kites");
    await caches.delete("y");
  });

  it("never removes a visitor's decision, whatever it is called and however it is dated", () => {
    fakeTimers();
    const ahead = RECORD.replace("2026", "2126");
    setCookie(`choice=${RECORD}`);
    setCookie("choice_id=1");
    localStorage.setItem("choice", ahead);
    localStorage.setItem("choice_id", "1");
    void removeStored({ cookies: ["choice*"], local: ["choice*"] }, store());
    expect([readCookies(), { ...localStorage }]).to.deep.equal([
      [`choice=${RECORD}`],
      { choice: ahead },
    ]);
  });

  it("leaves alone what is kept, whoever asks, until that ends", () => {
    fakeTimers();
    const consent = store();
    const isWanted = { now: true };
    keepStored(consent, { cookies: ["cart*"] });
    const release = keepStored(
      consent,
      { cookies: ["_ga*"] },
      () => isWanted.now,
    );
    const remove = () => {
      for (const name of ["_ga", "_ga_1", "cart", "x"]) setCookie(`${name}=1`);
      void removeStored({ cookies: ["_ga*", "cart", "x"] }, consent);
      return readCookies();
    };
    expect(remove()).to.deep.equal(["_ga=1", "_ga_1=1", "cart=1"]);
    isWanted.now = false;
    expect(remove()).to.deep.equal(["cart=1"]);
    isWanted.now = true;
    release();
    expect(remove()).to.deep.equal(["cart=1"]);
  });

  for (const stored of [{ cookies: ["*"] }, { local: [/.*/] }] as Stored[])
    it(`removes nothing at ${String(Object.values(stored)[0])}`, async () => {
      setCookie("_ga=1");
      localStorage.setItem("x", "1");
      const error = await removeStored(
        { cookies: ["_ga"], ...stored },
        store(),
      ).catch(String);
      expect(error).to.match(/^RangeError: .* write what all its names/);
      expect([readCookies().length, localStorage.length]).to.deep.equal([1, 1]);
    });

  it("finds nothing where storage is blocked", async () => {
    const timers = fakeTimers();
    const block = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    for (const name of [
      "localStorage",
      "sessionStorage",
      "indexedDB",
      "caches",
    ])
      stubProperty(globalThis, name, block);
    stubProperty(document, "cookie", block, block);
    const done = removeStored(
      {
        cookies: ["a"],
        local: ["a"],
        session: ["a"],
        databases: ["a"],
        caches: ["a"],
      },
      store(),
    );
    await turn();
    await timers.advance(1000);
    expect(await done).to.deep.equal([]);
  });
});

describe("a second look", () => {
  it("after a second removes what was written again, and tells nothing when it stays away", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    setCookie("_ga=1");
    const done = removeStored({ cookies: ["_ga"], local: ["x"] }, consent);
    await turn();
    await timers.advance(300);
    setCookie("_ga=2");
    localStorage.setItem("x", "2");
    await timers.advance(699);
    expect(readCookies()).to.deep.equal(["_ga=2"]);
    await timers.advance(1);
    expect([readCookies(), localStorage.length]).to.deep.equal([[], 0]);
    await timers.advance(1000);
    expect([await done, heard]).to.deep.equal([[], []]);
  });

  it("does not wait for a third where nothing came back", async () => {
    const timers = fakeTimers();
    setCookie("_ga=1");
    const done = removeStored({ cookies: ["_ga"] }, store());
    await turn();
    await timers.advance(1000);
    expect([await done, timers.waiting]).to.deep.equal([[], []]);
  });

  it("tells what comes back each time", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    const done = removeStored({ cookies: ["_ga"] }, consent);
    await turn();
    for (let i = 0; i < 3; i++) {
      setCookie("_ga=1");
      await timers.advance(1000);
      expect(readCookies()).to.deep.equal([]);
    }
    expect(await done).to.deep.equal([
      { kind: "cookies", name: "_ga", reason: "rewritten" },
    ]);
    expect([heard, timers.waiting]).to.deep.equal([
      ["cookies _ga rewritten"],
      [],
    ]);
  });

  it("removes nothing when there is a yes again", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    const stored: Stored = { cookies: ["_ga"], httpOnly: ["FPID"] };
    keepStored(consent, stored, () => consent.isGranted("analytics"));
    const done = removeStored(stored, consent);
    await turn();
    consent.grantAll();
    setCookie("_ga=2");
    await timers.advance(3000);
    expect([await done, readCookies(), heard]).to.deep.equal([
      [],
      ["_ga=2"],
      [],
    ]);
  });
});

describe("what is left", () => {
  it("is told when no script can see or reach it, as the site has declared", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    const done = removeStored(
      { httpOnly: ["FPID"], thirdParty: ["IDE"] },
      consent,
    );
    await turn();
    await timers.advance(1000);
    expect(await done).to.deep.equal([
      { kind: "cookies", name: "FPID", reason: "httponly" },
      { kind: "cookies", name: "IDE", reason: "third-party" },
    ]);
    expect(heard).to.deep.equal([
      "cookies FPID httponly, cookies IDE third-party",
    ]);
    expect(consent.leftovers).to.deep.equal(await done);
  });

  it("is not supposed where no yes has just ended", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    const done = removeStored({ httpOnly: ["FPID"] }, consent, {
      unseen: false,
    });
    await turn();
    await timers.advance(1000);
    expect([await done, heard]).to.deep.equal([[], []]);
  });

  it("is what refuses to go", async () => {
    const timers = fakeTimers();
    const consent = store();
    // As a cookie that the page may read and not write, whatever the reason.
    stubProperty(
      document,
      "cookie",
      () => "_ga=1",
      () => {},
    );
    const done = removeStored({ cookies: ["_ga"] }, consent);
    await turn();
    await timers.advance(1000);
    expect(await done).to.deep.equal([
      { kind: "cookies", name: "_ga", reason: "unknown" },
    ]);
  });

  it("is a database that a page holds open, once, and it goes when that page lets go", async () => {
    const database = await openDatabase("AMP_open");
    const consent = store();
    const heard = hearLeftovers(consent);
    expect(await removeStored({ databases: ["AMP_*"] }, consent)).to.deep.equal(
      [{ kind: "databases", name: "AMP_open", reason: "in-use" }],
    );
    database.close();
    expect(await removeStored({ databases: ["AMP_*"] }, consent)).to.deep.equal(
      [],
    );
    expect([heard, await databaseNames()]).to.deep.equal([
      ["databases AMP_open in-use", ""],
      [],
    ]);
  });

  it("adds up over what is removed one by one, and is left over no more when it is wanted again", async () => {
    const timers = fakeTimers();
    const consent = store();
    const heard = hearLeftovers(consent);
    const ads: Stored = { thirdParty: ["IDE", "both"] };
    const counting: Stored = { httpOnly: ["FPID", "both"] };
    keepStored(consent, ads, () => consent.isGranted("marketing"));
    keepStored(consent, counting, () => consent.isGranted("analytics"));
    const done = [ads, counting].map((each) => removeStored(each, consent));
    await turn();
    await timers.advance(1000);
    await Promise.all(done);
    consent.set({ marketing: "granted" });
    consent.set({ analytics: "granted" });
    expect(heard).to.deep.equal([
      "cookies IDE third-party, cookies both third-party",
      "cookies IDE third-party, cookies FPID httponly, cookies both httponly",
      "cookies FPID httponly",
      "",
    ]);
  });
});
