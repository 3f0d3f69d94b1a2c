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

const names = () => collector.events.map(({ name }) => name);
const classic = `<script src="/lib/consent-elements.global.js"></script>`;

before(async () => {
  browser = await launch();
  collector = await startCollector();
  const endpoint = collector.url;
  const policy = (/** @type {string} */ csp, script = "") => ({
    html: tag({ endpoint, ...(script && { script }) }),
    headers: { "content-security-policy": csp },
  });
  const strict = `default-src 'none'; script-src 'self'; style-src 'none'; connect-src ${endpoint}`;
  const trusted = "require-trusted-types-for 'script'; trusted-types";
  site = await startSite({
    "/": tag({ endpoint }),
    "/shared": tag({ endpoint, attributes: `cookie-domain="shop.test"` }),
    "/classic": tag({ endpoint, script: classic }),
    "/strict": policy(strict),
    "/trusted": policy(`${trusted} lit-html`),
    "/untrusting": policy(`${trusted} other`),
    "/untrusting-classic": policy(`${trusted} other`, classic),
    "/frame": `<!doctype html><iframe sandbox="allow-scripts" src="/classic"></iframe>`,
    "/bare": `<!doctype html><script type="module" src="/lib/auto.js"></script>
<consent-manager tracker="mixpanel" token="TOKEN" endpoint="${endpoint}"></consent-manager>`,
  });
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

async function newVisit(url = site.url) {
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  const tab = visit(page);
  await tab.open(url);
  return { page, errors, ...tab };
}

/** Collects what a policy blocks, from the first moment on. */
const watchPolicy = () =>
  context.addInitScript(() => {
    /** @type {any} */ (globalThis).violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      /** @type {any} */ (globalThis).violations.push(
        `${event.effectiveDirective} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });

describe("a page", () => {
  it("works, and sends nothing, where the library is blocked", async () => {
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.route("**/lib/**", (route) => route.abort());
    await page.goto(site.url);
    assert.equal(await page.locator("h1").textContent(), "A page");
    await page.locator("a").click();
    assert.deepEqual(errors, []);
    assert.deepEqual(collector.requests, []);
  });

  it("works, and the answer is no, where the interface is blocked", async () => {
    const page = await context.newPage();
    await page.route("**/interface*", (route) => route.abort());
    await page.addInitScript(() => {
      document.addEventListener("consent-error", () => {
        document.title = "heard";
      });
    });
    const { open, track, stored, manager } = visit(page);
    await open(site.url);
    await page.waitForFunction(() => document.title === "heard");
    await track("one");
    assert.equal(await manager((m) => m.consent.isGranted("analytics")), false);
    assert.deepEqual((await stored()).cookies, []);
    assert.deepEqual(collector.requests, []);
  });

  it("needs nothing but the tag", async () => {
    const { banner, accept, errors } = await newVisit(`${site.url}/bare`);
    await banner.waitFor();
    await accept();
    await collector.waitFor(({ events }) => events.length === 1);
    assert.deepEqual(names(), ["$opt_in"]);
    assert.deepEqual(errors, []);
  });

  it("takes the classic script in its head as well", async () => {
    const { accept, errors } = await newVisit(`${site.url}/classic`);
    await accept();
    await collector.waitFor(({ events }) => events.length === 1);
    assert.deepEqual(names(), ["$opt_in"]);
    assert.deepEqual(errors, []);
  });
});

describe("a security policy", () => {
  it("of the strictest kind is not violated, and the banner looks as it should", async () => {
    await watchPolicy();
    const { page, banner, manager } = await newVisit(`${site.url}/strict`);
    await banner.waitFor();
    const box = await banner
      .locator("[data-action=accept]")
      .evaluate((button) => getComputedStyle(button).minHeight);
    assert.equal(box, "44px");
    await manager((m) => m.showPreferences());
    await page.locator("consent-preferences [data-action=save]").click();
    assert.deepEqual(
      await page.evaluate(() => /** @type {any} */ (globalThis).violations),
      [],
    );
  });

  it("of Trusted Types is kept where it lists lit-html", async () => {
    await watchPolicy();
    const { page, accept, banner } = await newVisit(`${site.url}/trusted`);
    await accept();
    await banner.waitFor({ state: "hidden" });
    assert.deepEqual(
      await page.evaluate(() => /** @type {any} */ (globalThis).violations),
      [],
    );
  });

  for (const path of ["/untrusting", "/untrusting-classic"])
    it(`of Trusted Types without lit-html leaves a working page and a no (${path})`, async () => {
      const { page, track, manager } = await newVisit(site.url + path);
      await track("one");
      await page.waitForTimeout(500);
      assert.equal(
        await manager((m) => m.consent.isGranted("analytics")),
        false,
      );
      await manager((m) => m.grantAll());
      await collector.waitFor(({ events }) => events.length === 2);
      assert.deepEqual(names(), ["$opt_in", "one"]);
    });
});

describe("storage", () => {
  it("that a sandboxed frame is denied reads as no, without an error in the page", async () => {
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`${site.url}/frame`);
    const frame = page.frames()[1];
    await frame?.locator("consent-banner").waitFor();
    const granted = await frame?.evaluate(() => {
      const manager = /** @type {any} */ (
        document.querySelector("consent-manager")
      );
      manager.tracker.track("framed");
      return manager.consent.isGranted("analytics");
    });
    assert.equal(granted, false);
    assert.deepEqual(errors, []);
    assert.deepEqual(collector.requests, []);
  });

  it("is shared by subdomains where the site says so, and they follow each other", async () => {
    const at = (/** @type {string} */ host) =>
      `http://${host}:${site.port}/shared`;
    const a = await newVisit(at("www.shop.test"));
    const b = await newVisit(at("blog.shop.test"));
    await b.banner.waitFor();
    await a.accept();
    await b.page.bringToFront();
    await b.page.evaluate(() =>
      document.dispatchEvent(new Event("visibilitychange")),
    );
    await b.banner.waitFor({ state: "hidden" });
    assert.equal(await b.manager((m) => m.tracker.hasOptedIn()), true);
    const elsewhere = await newVisit(at("www.other.test"));
    await elsewhere.banner.waitFor();
  });

  it("is a secure cookie on https, and lasts 180 days", async () => {
    // Answered from the http site: the browser takes the page for one that came over https.
    await context.route("https://secure.test/**", async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({
        response: await route.fetch({ url: site.url + pathname }),
      });
    });
    const { accept } = await newVisit("https://secure.test/");
    await accept();
    // What is still on its way would fail when the context closes.
    await context.unrouteAll({ behavior: "ignoreErrors" });
    const [cookie] = await context.cookies();
    assert.deepEqual(
      [cookie?.name, cookie?.secure, cookie?.sameSite, cookie?.path],
      ["consent", true, "Lax", "/"],
    );
    const days = ((cookie?.expires ?? 0) - Date.now() / 1000) / 86_400;
    assert.ok(Math.abs(days - 180) < 0.1, `${days} days`);
  });

  it("with two cookies is healed: the newest counts, and one is left", async () => {
    const { page, manager } = await newVisit(
      `http://www.shop.test:${site.port}/`,
    );
    await page.evaluate(() => {
      const write = (
        /** @type {string} */ choice,
        /** @type {string} */ time,
        /** @type {string} */ rest,
      ) => {
        document.cookie = `consent=analytics=${choice}&revision=1&time=${time}&source=user&action=save${rest}`;
      };
      write("denied", "2020-01-02T00:00:00.000Z", "");
      const now = new Date().toISOString();
      write("granted", new Date(Date.now() - 1000).toISOString(), "");
      write("denied", now, "; domain=shop.test; path=/");
    });
    await page.reload();
    assert.equal(await manager((m) => m.consent.get("analytics")), "denied");
    const cookies = await context.cookies();
    assert.deepEqual(
      cookies.map(({ name, domain, sameSite }) => [name, domain, sameSite]),
      [["consent", "www.shop.test", "Lax"]],
    );
  });
});
