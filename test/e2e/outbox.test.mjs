import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startCollector } from "../../collector/collector.mjs";
import { launch } from "../support/browser.mjs";
import { page as tag, startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
// A collector and a site for each test: what the page of an earlier one had handed to the browser may arrive late.
beforeEach(async () => {
  collector = await startCollector();
  const html = tag({ endpoint: collector.url });
  site = await startSite({ "/": html, "/next": html });
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await site.close();
  await collector.close();
});

/** Names and ids of what was accepted, each event once. */
const accepted = () =>
  new Map(
    collector.events.map(({ name, data }) => [
      data.properties.$insert_id,
      name,
    ]),
  );
/** Waits until the events of these names were accepted, and checks that there is nothing else and none has two ids. */
async function arrives(/** @type {string[]} */ ...names) {
  await collector.waitFor(() => accepted().size >= names.length);
  assert.deepEqual([...accepted().values()].toSorted(), names.toSorted());
}

async function newVisit(url = site.url) {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(url);
  return { page, ...tab };
}

/** A visit that has said yes, and whose `$opt_in` has arrived. */
async function granted() {
  const tab = await newVisit();
  await tab.accept();
  await arrives("$opt_in");
  return tab;
}

/** Waits until the outbox in localStorage holds `count` events. */
const waiting = (
  /** @type {import("playwright-core").Page} */ page,
  /** @type {number} */ count,
) =>
  page.waitForFunction(
    (wanted) =>
      Object.entries(localStorage)
        .filter(([key]) => key.includes("/out/"))
        .flatMap(([, text]) => text.split("\n")).length === wanted,
    count,
  );

describe("what was granted", () => {
  it("survives a reload while the collector is down (P5)", async () => {
    const { page, track } = await granted();
    collector.answer({ status: 503 });
    await track("one", "two");
    await collector.waitFor(({ requests }) => requests.length === 2);
    collector.answer("hang");
    await page.reload();
    await page.waitForFunction(() => customElements.get("consent-manager"));
    collector.answer("ok");
    await arrives("$opt_in", "one", "two");
    await waiting(page, 0);
  });

  it("survives a crash of the page (P5)", async () => {
    const { page, track } = await granted();
    collector.answer("hang");
    await track("before the crash");
    await waiting(page, 1);
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    session.send("Page.crash").catch(() => {});
    await crashed;
    collector.answer("ok");
    await newVisit();
    await arrives("$opt_in", "before the crash");
  });

  it("survives being offline, and leaves as soon as the network is back (P5)", async () => {
    const { page, track } = await granted();
    await context.setOffline(true);
    await track("in the tunnel");
    await page.waitForEvent("requestfailed");
    await context.setOffline(false);
    await arrives("$opt_in", "in the tunnel");
    await waiting(page, 0);
  });

  it("survives a full storage, and that is told (P5)", async () => {
    const { page, track } = await granted();
    await page.evaluate(() => {
      const told = /** @type {string[]} */ ([]);
      Object.assign(window, { told });
      document.addEventListener("consent-error", (event) =>
        told.push(`${/** @type {any} */ (event).error}`),
      );
      for (let size = 2 ** 22; size >= 1; size /= 2)
        try {
          for (let i = 0; ; i++)
            localStorage.setItem(`fill-${size}-${i}`, "x".repeat(size));
        } catch {
          // Full for pieces of this size.
        }
    });
    await track("one", "two");
    await arrives("$opt_in", "one", "two");
    /** @type {string[]} */
    const told = await page.evaluate("told");
    assert.equal(told.length, 1);
    assert.match(told[0], /quota/i);
  });

  it("is sent by one tab at a time, each event once (P5)", async () => {
    const a = await granted();
    const b = await newVisit();
    let active = 0;
    let most = 0;
    collector.answer(async () => {
      most = Math.max(most, ++active);
      await new Promise((done) => setTimeout(done, 100));
      active--;
      return "ok";
    });
    const names = [];
    for (let i = 0; i < 4; i++) {
      names.push(`a${i}`, `b${i}`);
      await Promise.all([a.track(`a${i}`), b.track(`b${i}`)]);
      await Promise.all([
        a.manager((m) => m.tracker.flush()),
        b.manager((m) => m.tracker.flush()),
      ]);
    }
    await arrives("$opt_in", ...names);
    assert.equal(most, 1);
    assert.equal(collector.events.length, 9);
  });

  it("fits on leaving into what a browser carries, and the rest is sent by the next page (P5)", async () => {
    const { page, manager } = await granted();
    collector.answer("hang");
    await manager((m) => {
      for (let i = 0; i < 40; i++)
        m.tracker.track(`big ${i}`, { text: "x".repeat(4000) });
    });
    await collector.waitFor(({ requests }) => requests.length === 2);
    await page.goto(`${site.url}/next`);
    await collector.waitFor(({ requests }) => requests.length > 2);
    // Those of the page that is gone; the next one waits three seconds before it takes over what was left.
    const carried = collector.requests
      .slice(2)
      .reduce((sum, { headers }) => sum + Number(headers["content-length"]), 0);
    assert.ok(carried > 20_000 && carried < 65_536, `${carried}`);
    collector.answer("ok");
    await arrives(
      "$opt_in",
      ...Array.from({ length: 40 }, (_, i) => `big ${i}`),
    );
  });
});

describe("a no", () => {
  for (const [what, fails] of /** @type {const} */ ([
    ["offline", true],
    ["after a 503", false],
  ]))
    it(`empties the outbox ${what}, for good (P2)`, async () => {
      const { page, track, manager, stored } = await granted();
      if (fails) await context.setOffline(true);
      else collector.answer({ status: 503 });
      const failed = fails && page.waitForEvent("requestfailed");
      await track("never");
      if (failed) await failed;
      else await collector.waitFor(({ requests }) => requests.length === 2);
      const left = await manager((m) => {
        m.denyAll();
        return Object.keys(localStorage);
      });
      assert.deepEqual(left, []);
      await context.setOffline(false);
      collector.answer("ok");
      await page.goto(`${site.url}/next`);
      // What comes after a new yes would follow anything that was left.
      await manager((m) => m.grantAll());
      await collector.waitFor(() => accepted().size === 2);
      await manager((m) => {
        m.tracker.track("marker");
        m.tracker.flush();
      });
      await arrives("$opt_in", "$opt_in", "marker");
      assert.equal((await stored()).cookies.length, 1);
    });

  it("in a page empties what another page has left that crashed (P2)", async () => {
    const { page, track } = await granted();
    collector.answer("hang");
    await track("left behind");
    await waiting(page, 1);
    const other = await newVisit();
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    session.send("Page.crash").catch(() => {});
    await crashed;
    await other.manager((m) => m.denyAll());
    assert.deepEqual((await other.stored()).local, []);
  });
});

describe("the deletion of a profile", () => {
  /** A visitor with a name, whose events have arrived. */
  async function named() {
    const tab = await granted();
    await tab.manager((m) => {
      m.tracker.identify("user-42");
      m.tracker.flush();
    });
    await arrives("$opt_in", "$identify");
    return tab;
  }
  const profiles = () =>
    collector.requests.filter(({ kind }) => kind === "engage");

  it("asked for at a no is delivered once, names that profile and nothing else (P2)", async () => {
    const { manager, stored } = await named();
    const taken = await manager((m) => m.tracker.optOut({ deleteUser: true }));
    assert.equal(taken, true);
    assert.equal(profiles().length, 1);
    const [{ query, events, valid }] = /** @type {any} */ (profiles());
    assert.deepEqual(
      [valid, query.ip, events.map((/** @type {any} */ { data }) => data)],
      [
        true,
        "0",
        [
          {
            $delete: "user-42",
            $token: "TOKEN",
            $distinct_id: "user-42",
            $user_id: "user-42",
          },
        ],
      ],
    );
    assert.deepEqual((await stored()).local, []);
  });

  it("is tried again until it is taken", async () => {
    const { manager } = await named();
    collector.answer({ status: 503, times: 1 });
    const taken = await manager((m) => m.tracker.optOut({ deleteUser: true }));
    assert.deepEqual([taken, profiles().length], [true, 2]);
  });

  it("never follows a new yes", async () => {
    const { manager } = await named();
    collector.answer({ status: 503, times: 1 });
    const taken = await manager(async (m) => {
      const deleted = m.tracker.optOut({ deleteUser: true });
      // When the first attempt has failed.
      await new Promise((done) => setTimeout(done, 500));
      m.grantAll();
      return deleted;
    });
    assert.deepEqual([taken, profiles().length], [false, 1]);
  });

  it("is not asked for by a no alone", async () => {
    const { manager, page } = await named();
    assert.equal(await manager((m) => m.tracker.optOut()), false);
    await page.goto(`${site.url}/next`);
    assert.deepEqual(profiles(), []);
  });
});
