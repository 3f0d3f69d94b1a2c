import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;
/** The address of a page deep in a shop that has subdomains. */
let deep = "";

/** A page whose own code has no element: a manager's markup is all that it has. */
const page = (/** @type {string} */ purposes, keeps = "") => `<!doctype html>
<html lang="en">
  <head><title>A page</title></head>
  <body>
    <consent-manager keeps="${keeps}">${purposes}</consent-manager>
    <script type="module">
      import { createConsent } from "/dist/index.js";
      import { watchDeclared } from "/dist/gate.js";
      const manager = document.querySelector("consent-manager");
      globalThis.consent = createConsent({
        purposes: ["necessary", "analytics", "marketing"],
        cookieDomain: location.hostname.split(".").slice(-2).join("."),
      });
      globalThis.heard = [];
      for (const type of ["consent-leftovers", "consent-error"])
        document.addEventListener(type, (event) => heard.push(event));
      consent.addEventListener("consent-error", ({ error }) =>
        heard.push(String(error)),
      );
      watchDeclared(manager, consent);
      document.title = "ready";
    </script>
  </body>
</html>`;

const analytics = `<consent-purpose name="analytics"
  removes="_ga _ga_* local:ph_* session:_cltk database:AMP_* cache:x"></consent-purpose>`;

before(async () => {
  browser = await launch();
  const plain = page(analytics, "basket");
  site = await startSite({
    "/": plain,
    "/a/b/page": plain,
    "/http-only": {
      html: page(
        `<consent-purpose name="analytics" removes="FPID httponly:FPID third-party:IDE"></consent-purpose>`,
      ),
      headers: { "set-cookie": "FPID=1; Path=/; HttpOnly" },
    },
    "/tag": `<!doctype html>
<html lang="en">
  <head><title>A page</title><script type="module" src="/lib/auto.js"></script></head>
  <body>
    <consent-manager>
      <consent-purpose name="analytics" removes="_ga httponly:FPID"></consent-purpose>
    </consent-manager>
    <consent-trigger><button>Choices</button></consent-trigger>
  </body>
</html>`,
    "/reloads": page(
      `<consent-purpose name="analytics" removes="_ga" reload></consent-purpose>`,
    ),
  });
  deep = `http://www.eu.shop.test:${site.port}/a/b/page`;
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  // The modules of the package, as an app's own server would serve them; js-cookie is the only name in them.
  await context.route("**/dist/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({
      contentType: "text/javascript",
      body: readFileSync(dist + pathname.replace("/dist/", ""), "utf8")
        .replaceAll(`"js-cookie"`, `"/dist/cookie-module.js"`)
        .replaceAll("`js-cookie`", `"/dist/cookie-module.js"`),
    });
  });
  await context.route("**/dist/cookie-module.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      path: fileURLToPath(
        new URL(
          "../../node_modules/js-cookie/dist/js.cookie.mjs",
          import.meta.url,
        ),
      ),
    }),
  );
});
afterEach(() => context.close());

/** Opens a page whose time moves only when the test says so. */
async function open(/** @type {string} */ url, { stops = true } = {}) {
  const tab = await context.newPage();
  if (stops) await tab.clock.install();
  await tab.goto(url);
  await tab.waitForFunction(() => document.title === "ready");
  return {
    tab,
    /** Decides for all purposes as the page's code does. */
    decide: (/** @type {"grantAll" | "withdraw"} */ action) =>
      tab.evaluate((name) => void globalThis.consent[name](), action),
    /** Names of all cookies of the browser, those that no script can see as well. */
    names: async () =>
      (await context.cookies())
        .map(({ name }) => name)
        .filter((name) => name !== "consent")
        .toSorted(),
    leftovers: () =>
      tab.evaluate(() =>
        globalThis.heard.flatMap((/** @type {any} */ { leftovers = [] }) =>
          leftovers.map(
            (/** @type {any} */ { name, reason }) => `${name} ${reason}`,
          ),
        ),
      ),
    errors: () =>
      tab.evaluate(() =>
        globalThis.heard.filter(
          (/** @type {any} */ one) => typeof one === "string",
        ),
      ),
  };
}

describe("a withdrawal", () => {
  it("leaves none of four cookies of mixed domain and path, and leaves the others (FA-7, FA-8)", async () => {
    const { tab, decide, names, errors } = await open(deep);
    await decide("grantAll");
    await tab.evaluate(() => {
      for (const cookie of [
        "_ga=1; Path=/",
        "_ga=2; Path=/; Domain=shop.test",
        "_ga_X=3; Path=/a/b; Domain=eu.shop.test",
        "_ga_Y=4; Path=/a/",
        "unrelated=5; Path=/; Domain=shop.test",
        "basket=6; Path=/a",
      ])
        document.cookie = cookie;
    });
    assert.equal((await names()).length, 6);
    await decide("withdraw");
    assert.deepEqual(await names(), ["basket", "unrelated"]);
    assert.deepEqual(await errors(), []);
  });

  it("removes entries, databases and caches, and leaves those that are not named", async () => {
    const { tab, decide } = await open(`${site.url}/`, { stops: false });
    await decide("grantAll");
    await tab.evaluate(async () => {
      for (const name of ["ph_1", "kites"]) {
        localStorage.setItem(name, "1");
        sessionStorage.setItem(name, "1");
        await caches.open(name);
      }
      sessionStorage.setItem("_cltk", "1");
      await caches.open("x");
      for (const name of ["AMP_1", "kites"])
        await new Promise((done) => {
          const request = indexedDB.open(name);
          request.addEventListener("success", () => {
            request.result.close();
            done(undefined);
          });
        });
    });
    await decide("withdraw");
    await tab.waitForFunction(
      async () =>
        (await indexedDB.databases()).length === 1 && !(await caches.has("x")),
    );
    assert.deepEqual(
      await tab.evaluate(async () => [
        Object.keys(localStorage),
        Object.keys(sessionStorage).toSorted(),
        (await indexedDB.databases()).map(({ name }) => name),
        (await caches.keys()).toSorted(),
      ]),
      [["kites"], ["kites", "ph_1"], ["kites"], ["kites", "ph_1"]],
    );
  });

  it("tells of a cookie that no script can see, and of another site's, once the yes has ended", async () => {
    const { tab, decide, names, leftovers } = await open(
      `http://www.shop.test:${site.port}/http-only`,
    );
    await decide("grantAll");
    await decide("withdraw");
    await tab.clock.runFor(1000);
    await tab.waitForFunction(() => globalThis.heard[0]);
    assert.deepEqual(await leftovers(), ["FPID httponly", "IDE third-party"]);
    assert.deepEqual(await names(), ["FPID"]);
  });

  it("catches what a vendor writes 300 ms later", async () => {
    const { tab, decide, names } = await open(deep);
    await decide("grantAll");
    await tab.evaluate(() => {
      const write = () => {
        document.cookie = "_ga=1; Path=/; Domain=shop.test";
      };
      write();
      globalThis.consent.subscribe(() => setTimeout(write, 300));
    });
    await decide("withdraw");
    assert.deepEqual(await names(), []);
    await tab.clock.runFor(300);
    assert.deepEqual(await names(), ["_ga"]);
    await tab.clock.runFor(700);
    await tab.waitForFunction(() => !document.cookie.includes("_ga"));
    assert.deepEqual(await names(), []);
  });

  it("in one tab is one in the other, whose vendor has written its cookie and its entry", async () => {
    const one = await open(deep);
    const two = await open(`http://www.eu.shop.test:${site.port}/`);
    await one.decide("grantAll");
    await two.tab.waitForFunction(() =>
      globalThis.consent.isGranted("analytics"),
    );
    await two.tab.evaluate(() => {
      document.cookie = "_ga=1; Path=/";
      sessionStorage.setItem("_cltk", "1");
    });
    await one.decide("withdraw");
    await two.tab.waitForFunction(() => !sessionStorage.getItem("_cltk"));
    assert.deepEqual(await one.names(), []);
  });

  it("is made good on the next page, where the cookie of another path is in sight", async () => {
    const { tab, decide, names } = await open(
      `http://www.eu.shop.test:${site.port}/`,
    );
    await decide("grantAll");
    await tab.evaluate(() => {
      document.cookie = "_ga=1; Path=/a/b";
    });
    await decide("withdraw");
    assert.deepEqual(await names(), ["_ga"]);
    const next = await open(deep);
    assert.deepEqual(await next.names(), []);
    assert.deepEqual(await next.leftovers(), []);
  });

  it("in the preferences of the drop-in tag removes, and names there what is left", async () => {
    const tab = await context.newPage();
    await tab.clock.install();
    await tab.goto(`${site.url}/tag`);
    await tab.locator("consent-banner [data-action=accept]").click();
    await tab.evaluate(() => {
      document.cookie = "_ga=1";
      document.addEventListener("consent-leftovers", () => {
        document.title = "told";
      });
    });
    await tab.locator("consent-trigger button").click();
    await tab.locator("consent-preferences [data-action=reject]").click();
    assert.doesNotMatch(await tab.evaluate(() => document.cookie), /_ga/);
    await tab.clock.runFor(1000);
    await tab.waitForFunction(() => document.title === "told");
    const left = "Could not be removed here: \u2068FPID\u2069";
    assert.equal(
      await tab.locator("consent-manager > [role=status]").textContent(),
      left,
    );
    await tab.locator("consent-trigger button").click();
    const line = tab.locator("consent-preferences [part=leftovers]");
    await line.waitFor();
    assert.equal(await line.textContent(), left);
  });

  it("loads the page anew where the markup asks for it, and not at the start of a page with a no", async () => {
    const { tab, decide } = await open(`${site.url}/reloads`);
    await decide("grantAll");
    await tab.evaluate(() => {
      document.title = "before";
    });
    await decide("withdraw");
    assert.equal(await tab.title(), "before");
    await tab.clock.runFor(1000);
    await tab.waitForFunction(() => document.title === "ready");
    const count = () =>
      site.requests.filter((path) => path === "/reloads").length;
    const loaded = count();
    await tab.clock.runFor(3000);
    assert.equal(count(), loaded);
    assert.equal(await tab.title(), "ready");
  });
});
