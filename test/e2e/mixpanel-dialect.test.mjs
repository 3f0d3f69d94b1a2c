import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { startCollector } from "../../collector/collector.mjs";
import { chromePath } from "../../scripts/chrome.mjs";
import { launch } from "../support/browser.mjs";
import { startSourceSite } from "../support/source-site.mjs";

const TOKEN = "tok_demo_0001";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSourceSite>>} */
let site;

before(async () => {
  browser = await launch();
  collector = await startCollector();
  site = await startSourceSite(
    `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Kites</title></head>
  <body>
    <script type="module">
      import mixpanel from "/lib/mixpanel.js";
      Object.assign(window, { mixpanel, isHere: true });
    </script>
  </body>
</html>`,
    { mixpanel: "dialects/mixpanel.ts" },
  );
});
after(async () => {
  await browser?.close();
  await site?.close();
  await collector?.close();
});
beforeEach(async () => {
  collector.clear();
  context = await browser.newContext();
});
afterEach(() => context.close());

const names = () => collector.events.map(({ name }) => name);
const arrived = (/** @type {number} */ count) =>
  collector.waitFor(({ events }) => events.length >= count);

/**
 * Opens a page of the site and starts Mixpanel there.
 *
 * @param {object} config
 * @param {{ url?: string, within?: import("playwright-core").BrowserContext }} where
 */
async function open(config = {}, { url = site.url, within = context } = {}) {
  const page = await within.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${url}/?utm_source=letter`);
  await page.waitForFunction(() => window.isHere);
  const init = (/** @type {object} */ more = config) =>
    page.evaluate(
      ([token, given]) => void window.mixpanel.init(token, given),
      [
        TOKEN,
        { api_host: collector.url, batch_flush_interval_ms: 100, ...more },
      ],
    );
  await init();
  /** @param {Function} body */
  const run = (body) => page.evaluate(`(${body})(window.mixpanel)`);
  return { page, errors, init, run };
}

const traces = (/** @type {import("playwright-core").Page} */ page) =>
  page.evaluate(async () => [
    ...document.cookie.split("; ").filter(Boolean),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
  ]);

describe("mixpanel dialect in a browser", () => {
  it("check 10: leaves nothing in the browser and on the wire before a yes, and only the flag after a no", async () => {
    const { page, run } = await open({ opt_out_tracking_by_default: true });
    await run((mixpanel) => {
      mixpanel.identify("alice@shop.test");
      mixpanel.track("never");
    });
    const early = await traces(page);
    await run((mixpanel) => void mixpanel.opt_out_tracking());
    await page.reload();
    assert.deepEqual(
      [early, await traces(page), collector.requests.length],
      [[], [`__mp_opt_in_out_${TOKEN}`], 0],
    );
  });

  it("check 8: sends what the receiver takes, and remembers a yes on the next page", async () => {
    const { page, run, init } = await open({
      opt_out_tracking_by_default: true,
    });
    await run((mixpanel) => {
      mixpanel.opt_in_tracking();
      mixpanel.identify("user-42");
      mixpanel.track("A");
    });
    await arrived(3);
    // Until the page has the answer: what is under way would be handed over again, with the same ids.
    await page.waitForFunction(
      () => !Object.keys(localStorage).some((key) => key.includes("/out/")),
      undefined,
      { polling: 20 },
    );
    await page.reload();
    await page.waitForFunction(() => window.isHere);
    await init();
    await run((mixpanel) => mixpanel.track("B"));
    await arrived(4);
    assert.deepEqual(
      [
        names(),
        collector.events.flatMap((event) => event.errors),
        new Set(collector.requests.map(({ headers }) => headers.cookie)).size,
      ],
      [["$opt_in", "$identify", "A", "B"], [], 1],
    );
  });

  it("check 14: stops every tab at a no in one of them", async () => {
    const config = { batch_flush_interval_ms: 60_000 };
    const one = await open(config);
    const two = await open(config);
    await two.run((mixpanel) => mixpanel.track("A"));
    await arrived(1);
    // What is tracked before the answer is here goes right after it.
    await two.page.waitForFunction(
      () => !Object.keys(localStorage).some((key) => key.includes("/out/")),
      undefined,
      { polling: 20 },
    );
    await two.run((mixpanel) => mixpanel.track("never"));
    await one.run((mixpanel) => void mixpanel.opt_out_tracking());
    await two.run((mixpanel) => {
      mixpanel.register({ never: 1 });
      mixpanel.identify("alice@shop.test");
      mixpanel.track("never", {}, { send_immediately: true });
    });
    const left = await traces(two.page);
    await two.page.close({ runBeforeUnload: true });
    await one.run((mixpanel) => void mixpanel.opt_in_tracking());
    await arrived(2);
    assert.deepEqual(
      [left, names()],
      [[`__mp_opt_in_out_${TOKEN}`], ["A", "$opt_in"]],
    );
  });

  it("check 23: shares a cookie's decision with the subdomains, and keeps a localStorage flag to its origin", async () => {
    const app = site.url.replace("www.", "app.");
    const config = { opt_out_tracking_persistence_type: "cookie" };
    const one = await open(config);
    await one.run((mixpanel) => void mixpanel.opt_out_tracking());
    const two = await open(config, { url: app });
    const alone = await open(
      { ...config, cross_subdomain_cookie: false },
      { url: app },
    );
    const asks = (mixpanel) => mixpanel.has_opted_out_tracking();
    const early = [await two.run(asks), await alone.run(asks)];
    await alone.run((mixpanel) => void mixpanel.opt_in_tracking());
    const cookies = (await context.cookies()).filter(({ name }) =>
      name.startsWith("__mp_opt"),
    );
    assert.deepEqual(
      [early, cookies.map(({ domain, value }) => [domain, value])],
      [[true, true], [["app.shop.test", "1"]]],
    );
  });

  it("check 17: works in a frame without an origin, closed until there is a yes", async () => {
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(site.url);
    await page.evaluate((src) => {
      document.body.innerHTML = `<iframe sandbox="allow-scripts" src="${src}"></iframe>`;
    }, site.url);
    const frame =
      page.frames()[1] ?? (await page.waitForEvent("frameattached"));
    await frame.waitForFunction(() => window.isHere);
    const told = await frame.evaluate(
      ([token, given]) => {
        const { mixpanel } = window;
        mixpanel.init(token, { ...given, error_reporter: () => {} });
        mixpanel.track("never");
        const early = mixpanel.has_opted_out_tracking();
        mixpanel.opt_in_tracking();
        return [early, mixpanel.has_opted_in_tracking()];
      },
      [TOKEN, { api_host: collector.url }],
    );
    await arrived(1);
    assert.deepEqual([told, names(), errors], [[true, true], ["$opt_in"], []]);
  });

  it("check 17: is closed, and keeps decisions in memory, where the browser blocks all cookies", async () => {
    const folder = mkdtempSync(join(tmpdir(), "consent-"));
    mkdirSync(join(folder, "Default"));
    writeFileSync(
      join(folder, "Default/Preferences"),
      JSON.stringify({
        profile: { default_content_setting_values: { cookies: 2 } },
      }),
    );
    const blocked = await chromium.launchPersistentContext(folder, {
      executablePath: await chromePath(),
      // The headless shell knows no such setting.
      ignoreDefaultArgs: ["--headless"],
      args: [
        "--headless=new",
        ...(process.platform === "linux" ? ["--no-sandbox"] : []),
        "--host-resolver-rules=MAP *.test 127.0.0.1",
      ],
    });
    try {
      const { page, errors, run } = await open({}, { within: blocked });
      const isBlocked = await page.evaluate(() => {
        try {
          return !localStorage;
        } catch {
          document.cookie = "a=1";
          return !document.cookie;
        }
      });
      const told = await run((mixpanel) => {
        mixpanel.track("never");
        const early = mixpanel.has_opted_out_tracking();
        mixpanel.opt_in_tracking();
        return [early, mixpanel.has_opted_in_tracking()];
      });
      await arrived(1);
      const last = await run((mixpanel) => {
        mixpanel.track("never");
        void mixpanel.opt_out_tracking();
        mixpanel.track("never", {}, { send_immediately: true });
        return mixpanel.has_opted_out_tracking();
      });
      assert.deepEqual(
        [isBlocked, told, last, names(), errors],
        [true, [true, true], true, ["$opt_in"], []],
      );
    } finally {
      await blocked.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
