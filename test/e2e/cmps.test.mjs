import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startCollector } from "../../collector/collector.mjs";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

/** Long enough for a send that should not happen: the flush interval of 1 s. In milliseconds. */
const QUIET = 1_500;

/** A CMP of the TCF: its stub at once, itself when the test calls `cmp.load()`. It remembers in a cookie of its own. */
const CMP = `
  const waiting = [], listeners = new Map();
  let last = 0;
  window.__tcfapi = (...call) => {
    if (!call.length) return waiting;
    if (call[0] === "ping") return call[2]({ cmpLoaded: false, cmpStatus: "stub", apiVersion: "2.3" });
    waiting.push(call);
  };
  const kept = () => document.cookie.match(/cmp=([\\d,]*)/)?.[1];
  const data = (listenerId, eventStatus) => ({
    listenerId, eventStatus, gdprApplies: true, cmpStatus: "loaded",
    purpose: { consents: Object.fromEntries((kept() ?? "").split(",").filter(Boolean).map((n) => [n, true])), legitimateInterests: {} },
    vendor: { consents: {} },
  });
  window.cmp = {
    load() {
      window.__tcfapi = (command, version, callback, id) => {
        if (command === "removeEventListener") return callback(listeners.delete(id), true);
        if (command !== "addEventListener") return callback(null, false);
        listeners.set(++last, callback);
        callback(data(last, kept() === undefined ? "cmpuishown" : "tcloaded"), true);
      };
      for (const call of waiting.splice(0)) window.__tcfapi(...call);
    },
    choose(...purposes) {
      document.cookie = "cmp=" + purposes + "; path=/";
      for (const [id, callback] of listeners) callback(data(id, "useractioncomplete"), true);
    },
  };`;

const HEAD = `<!doctype html>
  <html lang="en"><meta charset="utf-8"><title>A page</title>
  <script type="importmap">{ "imports": { "js-cookie": "/npm/js-cookie.mjs" } }</script>`;

/** A page whose tracker follows the store that `script` makes. */
const tracked = (/** @type {string} */ script, first = "") => `${HEAD}
  <script>${first}</script>
  <script type="module">
    import { createTracker, mixpanel } from "/npm/index.js";
    import { googleStateConsent, tcfConsent } from "/npm/cmps.js";
    const consent = ${script};
    window.tracker = createTracker({ consent, destination: mixpanel({ token: "TOKEN", endpoint: "${collector.url}" }) });
    tracker.track("early");
  </script>`;

/** A page with the drop-in tag, after `script`. */
const tagged = (/** @type {string} */ script, first = "") => `${HEAD}
  <script>${first}</script>
  <consent-manager tracker="mixpanel" token="TOKEN" endpoint="${collector.url}" revision="2">
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
  <script type="module">
    import { cookieStorage } from "/npm/index.js";
    import { cookiebot, importDecision, removeEarlier, tcfConsent } from "/npm/cmps.js";
    ${script}
  </script>
  <script type="module" src="/lib/auto.js"></script>
  <script type="module">
    window.tracker = document.querySelector("consent-manager").tracker;
    tracker.track("early");
  </script>`;

const TCF = `tcfConsent({ purposes: { analytics: [1, 7, 8] } })`;

before(async () => {
  browser = await launch();
  collector = await startCollector();
  site = await startSite({
    "/tcf": tracked(TCF, CMP),
    "/none": tracked(TCF),
    "/google": tracked(
      "googleStateConsent()",
      `window.dataLayer = [];
       window.gtag = function () { dataLayer.push(arguments); };
       gtag("consent", "default", { analytics_storage: "denied", ad_storage: "denied" });`,
    ),
    "/tag": tagged(
      `document.querySelector("consent-manager").consent = ${TCF};`,
      CMP,
    ),
    "/cleaned": tagged(
      `document.addEventListener("consent-change", ({ target }) => removeEarlier([cookiebot()], target.consent));`,
    ),
    "/moved": tagged(
      `importDecision({ storage: cookieStorage("consent"), from: [cookiebot()], revision: 2 });`,
    ),
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
  const root = fileURLToPath(new URL("../..", import.meta.url));
  await context.route(`${site.url}/npm/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(5);
    return route.fulfill({
      contentType: "text/javascript",
      path:
        path === "js-cookie.mjs"
          ? `${root}node_modules/js-cookie/dist/js.cookie.mjs`
          : `${root}dist/${path}`,
    });
  });
});
afterEach(() => context.close());

const names = () => collector.events.map(({ name }) => name);
const arrived = (/** @type {number} */ count) =>
  collector.waitFor(({ events }) => events.length >= count);

/** Opens a page of the site and waits until its tracker is there. */
async function open(/** @type {string} */ path) {
  const page = await context.newPage();
  await page.goto(`${site.url}${path}`);
  await page.waitForFunction("window.tracker");
  const run = (/** @type {string} */ script) => page.evaluate(script);
  return {
    page,
    run,
    track: (/** @type {string} */ name) => run(`tracker.track("${name}")`),
    stored: () =>
      run(
        `[...document.cookie.split("; ").filter(Boolean).map((c) => c.split("=")[0]), ...Object.keys(localStorage), ...Object.keys(sessionStorage)]`,
      ),
  };
}

describe("a page whose decisions a CMP of the TCF makes", () => {
  it("sends and stores nothing while the CMP is late and while it asks, then $opt_in and what was held, and nothing after the no", async () => {
    const { page, run, track, stored } = await open("/tcf");
    await page.waitForTimeout(QUIET);
    await run("cmp.load()");
    await track("asked");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(collector.requests, []);
    assert.deepEqual(await stored(), []);

    await run("cmp.choose(1, 7, 8)");
    await arrived(3);
    assert.deepEqual(names(), ["$opt_in", "early", "asked"]);
    await track("live");
    await arrived(4);

    collector.clear();
    await run(`tracker.track("too late"); cmp.choose(1)`);
    await track("after");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(await stored(), ["cmp"]);
    await page.reload();
    await page.waitForFunction("window.tracker");
    await run("cmp.load()");
    await page.waitForTimeout(QUIET);
    await page.close();
    assert.deepEqual(collector.requests, []);
  });

  it("sends nothing ever where the CMP never answers, or is not there", async () => {
    for (const path of ["/tcf", "/none"]) {
      const { page, track, stored } = await open(path);
      await track("one");
      await page.waitForTimeout(QUIET);
      assert.deepEqual(await stored(), []);
      await page.goto("about:blank");
      await page.close();
    }
    assert.deepEqual(collector.requests, []);
  });

  it("does not say $opt_in again for a yes that the CMP remembers", async () => {
    await context.addCookies([{ name: "cmp", value: "1,7,8", url: site.url }]);
    const { run } = await open("/tcf");
    await run("cmp.load()");
    await arrived(1);
    assert.deepEqual(names(), ["early"]);
  });

  it("shows no banner of ours with the drop-in tag, whose tracker follows the CMP", async () => {
    const { page, run } = await open("/tag");
    await run("cmp.load()");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(collector.requests, []);
    await run("cmp.choose(1, 7, 8)");
    await arrived(2);
    assert.deepEqual(names(), ["$opt_in", "early"]);
    assert.equal(await page.locator("consent-banner").count(), 0);
    assert.deepEqual(
      site.requests.filter((path) => path.includes("interface")),
      [],
    );
  });
});

describe("a page whose decisions Google's consent state makes", () => {
  it("sends nothing after a default, sends after an update, and stops at the next", async () => {
    const { page, run, track } = await open("/google");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(collector.requests, []);
    await run(`gtag("consent", "update", { analytics_storage: "granted" })`);
    await arrived(1);
    assert.deepEqual(names(), ["early"]);
    collector.clear();
    await run(`gtag("consent", "update", { analytics_storage: "denied" })`);
    await track("after");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(collector.requests, []);
  });
});

describe("a page that has moved from Cookiebot to the drop-in tag", () => {
  const answered = (
    /** @type {string} */ statistics,
    method = "explicit",
    time = Date.now() - 864e5,
  ) =>
    context.addCookies([
      {
        name: "CookieConsent",
        value: `{stamp:%27a%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:${statistics}%2Cmarketing:false%2Cmethod:%27${method}%27%2Cver:1%2Cutc:${time}%2Cregion:%27de%27}`,
        url: site.url,
      },
    ]);

  it("does not ask again who has said yes, and sends", async () => {
    await answered("true");
    const { page, stored } = await open("/moved");
    await arrived(1);
    assert.deepEqual(names(), ["early"]);
    assert.equal(await page.locator("consent-banner").count(), 0);
    assert.deepEqual(await stored(), [
      "CookieConsent",
      "consent",
      "consent-tracker.TOKEN",
    ]);
  });

  it("removes what Cookiebot has kept, once there is a decision here", async () => {
    await answered("true");
    const { page, stored } = await open("/cleaned");
    const banner = page.locator("consent-banner");
    await banner.waitFor();
    assert.deepEqual(await stored(), ["CookieConsent"]);
    await banner.locator("[data-action=reject]").click();
    await page.waitForFunction(
      () => !document.cookie.includes("CookieConsent"),
    );
    assert.deepEqual(await stored(), ["consent"]);
  });

  it("does not ask again who has said no, and sends nothing", async () => {
    await answered("false");
    const { page } = await open("/moved");
    await page.waitForTimeout(QUIET);
    assert.deepEqual(collector.requests, []);
    assert.equal(await page.locator("consent-banner").count(), 0);
  });

  it("asks who has answered nothing himself, or too long ago", async () => {
    for (const how of [
      /** @type {const} */ (["true", "implied"]),
      /** @type {const} */ (["true", "explicit", Date.now() - 200 * 864e5]),
    ]) {
      await answered(...how);
      const { page } = await open("/moved");
      await page.locator("consent-banner").waitFor();
      await page.close();
    }
    assert.deepEqual(collector.requests, []);
  });
});
