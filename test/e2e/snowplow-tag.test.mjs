import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startCollector } from "../../collector/collector.mjs";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

const tag = (attributes = "") => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    <script type="module" src="/lib/auto.js"></script>
  </head>
  <body>
    <consent-manager tracker="snowplow" endpoint="${collector.url}" app-id="shop" revision="2026-11" ${attributes}></consent-manager>
  </body>
</html>`;

before(async () => {
  browser = await launch();
  collector = await startCollector();
  site = await startSite({
    "/": tag(),
    "/denied": tag(`when-denied="anonymous"`),
    "/session": tag(`when-denied="anonymous" anonymous-level="session"`),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await collector?.close();
});
beforeEach(async () => {
  collector.clear();
  collector.answer("ok");
  context = await browser.newContext();
});
afterEach(() => context.close());

async function newVisit(path = "/") {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(`${site.url}${path}?email=me@shop.example#top`);
  await tab.banner.waitFor();
  return { page, ...tab };
}

/** What arrived, in the order of its own times. */
const told = () =>
  collector.events
    .toSorted((a, b) => a.data.dtm - b.data.dtm)
    .map(({ data, unstruct }) =>
      unstruct ? /** @type {string} */ (unstruct.schema.split("/")[1]) : data.e,
    );
const preferences = () =>
  collector.events
    .map(({ unstruct }) => unstruct)
    .filter((each) => each?.schema.includes("/consent_preferences/"))
    .map((each) => each?.data);
const arrived = (/** @type {number} */ count) =>
  collector.waitFor(({ events }) => events.length >= count);
const requests = () =>
  collector.requests.filter(({ method }) => method !== "OPTIONS");

describe("the tag with Snowplow", () => {
  it("tells that the banner showed, what was decided, and what was held, all valid by Iglu's schemas", async () => {
    const { accept, manager } = await newVisit();
    await manager((m) => m.tracker.page());
    assert.deepEqual(collector.requests, []);
    await accept();
    await arrived(3);
    assert.deepEqual(told(), ["cmp_visible", "pv", "consent_preferences"]);
    assert.deepEqual(
      collector.events.map(({ errors }) => errors),
      [[], [], []],
    );
    const [{ eventType, consentScopes, consentVersion }] = /** @type {any} */ (
      preferences()
    );
    assert.deepEqual(
      [eventType, consentScopes, consentVersion],
      ["allow_all", ["necessary", "analytics"], "2026-11"],
    );
    assert.equal(collector.events[0]?.data.aid, "shop");
    const visitors = collector.events.map(({ data }) => data.duid);
    assert.match(`${visitors[0]}`, /^[\da-f-]{36}$/);
    assert.equal(new Set(visitors).size, 1);
  });

  it("sends one consent_preferences for each decision, from the page that decided", async () => {
    const { accept, manager } = await newVisit();
    const other = await context.newPage();
    await visit(other).open(`${site.url}/`);
    await accept();
    await arrived(2);
    await manager((m) => {
      m.set({ analytics: "granted" });
      m.tracker.flush();
    });
    await collector.waitFor(() => preferences().length === 2);
    await manager((m) => {
      m.tracker.track("marker");
      m.tracker.flush();
    });
    await collector.waitFor(() => told().includes("se"));
    assert.equal(preferences().length, 2);
  });

  it("check 15: tells each choice by exactly one consent_preferences, with another page open, at the level that holds after it", async () => {
    const { page, manager } = await newVisit("/denied");
    const other = visit(await context.newPage());
    await other.open(`${site.url}/denied`);
    const choices = ["granted", "anonymous", "granted", "denied"];
    for (const [number, choice] of choices.entries()) {
      await page.evaluate((analytics) => {
        const m = /** @type {any} */ (
          document.querySelector("consent-manager")
        );
        m.set({ analytics });
        m.tracker.flush();
      }, choice);
      await collector.waitFor(() => preferences().length > number);
    }
    for (const { manager: each } of [{ manager }, other])
      await each((m) => {
        m.tracker.track("marker");
        m.tracker.flush();
      });
    await collector.waitFor(
      () => told().filter((name) => name === "se").length === 2,
    );
    const all = collector.events
      .filter(({ unstruct }) =>
        unstruct?.schema.includes("/consent_preferences/"),
      )
      .map(({ data, unstruct, errors }) => ({ data, unstruct, errors }));
    assert.deepEqual(
      all.map(({ data, unstruct, errors }) => [
        unstruct?.data.eventType,
        Boolean(data.duid),
        errors,
      ]),
      [
        ["allow_all", true, []],
        ["allow_selected", false, []],
        ["allow_all", true, []],
        ["deny_all", false, []],
      ],
    );
    const ids = all.map(({ data }) => data.duid);
    assert.notEqual(ids[0], ids[2]);
    assert.equal(new Set(all.map(({ data }) => data.eid)).size, 4);
  });

  it("sends nothing at all of a no", async () => {
    const { page, reject, manager, stored } = await newVisit();
    await manager((m) => m.tracker.page());
    await reject();
    await page.reload();
    await manager((m) => m.grantAll());
    await arrived(1);
    assert.deepEqual(told(), ["consent_preferences"]);
    await manager((m) => m.denyAll());
    assert.deepEqual((await stored()).local, []);
  });

  for (const path of ["/denied", "/session"])
    it(`tells of a no at the level after it, without any identifier of a visitor (${path})`, async () => {
      const { reject, manager, stored, page } = await newVisit(path);
      await reject();
      await manager((m) => {
        m.tracker.page();
        m.tracker.flush();
      });
      await arrived(3);
      assert.deepEqual(told().toSorted(), [
        "cmp_visible",
        "consent_preferences",
        "pv",
      ]);
      const [{ eventType, consentScopes }] = /** @type {any} */ (preferences());
      assert.deepEqual([eventType, consentScopes], ["deny_all", ["necessary"]]);
      for (const { errors, data } of collector.events) {
        assert.deepEqual(errors, []);
        assert.deepEqual([data.duid, data.uid], [undefined, undefined]);
        assert.equal(data.url, `${site.url}${path}`);
        assert.equal(!!data.sid, path === "/session");
      }
      for (const { headers } of requests()) {
        assert.equal(headers["sp-anonymous"], "*");
        assert.equal(headers.cookie, undefined);
        assert.doesNotMatch(`${headers.referer}`, /email/);
      }
      const { local, session, cookies } = await stored();
      assert.deepEqual(
        [local, session.length, cookies],
        [[], path === "/session" ? 1 : 0, ["consent"]],
      );
      const sessions = new Set(collector.events.map(({ data }) => data.sid));
      assert.equal(sessions.size, 1);
      await page.reload();
      await manager((m) => {
        m.tracker.page();
        m.tracker.flush();
      });
      await arrived(4);
      assert.equal(
        collector.events[3]?.data.sid,
        path === "/session" ? [...sessions][0] : undefined,
      );
    });
});
