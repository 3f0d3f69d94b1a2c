import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startProvider>>} */
let provider;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

/** Who has films and maps, at a host of its own. Counts connections too: a preconnect asks for nothing. */
async function startProvider() {
  /** @type {string[]} */
  const requests = [];
  let connections = 0;
  /** Answers that wait, by path. @type {Map<string, () => void>} */
  const held = new Map();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(
      request.url ?? "/",
      "http://provider",
    );
    requests.push(pathname);
    const answer = () => {
      const isScript = pathname.endsWith(".js");
      response.writeHead(200, {
        "content-type": isScript ? "text/javascript" : "text/html",
        "access-control-allow-origin": "*",
      });
      response.end(
        isScript
          ? `(globalThis.ran ??= []).push("${pathname}");`
          : `<!doctype html><title>Film</title><button>Play</button>`,
      );
    };
    if (searchParams.has("held")) held.set(pathname, answer);
    // The first of two is the slower one.
    else if (searchParams.has("slow")) setTimeout(answer, 200);
    else answer();
  });
  server.on("connection", () => {
    connections++;
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    url: `http://video.test:${port}`,
    requests,
    held,
    connections: () => connections,
    clear() {
      requests.length = 0;
      connections = 0;
      held.clear();
      server.closeAllConnections();
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}

/** @param {string} embed */
const tag = (
  embed,
  script = `<script type="module" src="/lib/auto.js"></script>`,
) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>A page</title>${script}</head>
  <body>
    <consent-manager>
      <consent-purpose name="necessary"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <h1>A page</h1>
    ${embed}
    <p id="below">Below</p>
  </body>
</html>`;

before(async () => {
  browser = await launch();
  provider = await startProvider();
  const { url } = provider;
  const film = `<consent-embed purpose="marketing" service="video" label="Video" src="${url}/film" width="560" height="315"></consent-embed>`;
  const widget = (/** @type {string} */ inner) =>
    `<consent-embed purpose="marketing" label="A map"><template>${inner}</template></consent-embed>`;
  const order = widget(`
    <script>(globalThis.ran ??= []).push("first");</script>
    <script src="${url}/deferred.js" defer></script>
    <script src="${url}/slow.js?slow"></script>
    <script src="${url}/fast.js"></script>
    <div id="map"></div>
    <script>ran.push("after " + ran.length);</script>
    <script type="application/json">{}</script>`);
  const own = widget(
    `<p id="map"></p><script src="/widget.js"></script><script src="/widget.js"></script>`,
  );
  const widgetScript = {
    html: `document.getElementById("map").textContent += "A map. ";`,
    headers: { "content-type": "text/javascript" },
  };
  const policy = (/** @type {string} */ html, /** @type {string} */ csp) => ({
    html,
    headers: { "content-security-policy": csp },
  });
  const trusted = `require-trusted-types-for 'script'; trusted-types lit-html`;
  site = await startSite({
    "/": tag(film),
    "/next": tag(film),
    "/classic": tag(
      film,
      `<script src="/lib/consent-elements.global.js"></script>`,
    ),
    "/order": tag(order),
    "/held": tag(
      widget(
        `<script src="${url}/late.js?held"></script><script>ran.push("inline");</script>`,
      ),
    ),
    "/strict": policy(
      tag(film + own),
      `default-src 'none'; script-src 'self'; style-src 'none'; frame-src ${url}`,
    ),
    "/trusted": policy(tag(own), `${trusted} consent-elements`),
    "/untrusting": policy(tag(own), trusted),
    "/untrusting-film": policy(tag(film), trusted),
    "/widget.js": widgetScript,
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await provider?.close();
});
beforeEach(async () => {
  provider.clear();
  context = await browser.newContext();
  await context.addInitScript(() => {
    const page = /** @type {any} */ (globalThis);
    page.violations = [];
    page.loads = 0;
    page.errors = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      page.violations.push(event.effectiveDirective),
    );
    document.addEventListener("consent-embed-load", () => page.loads++);
    document.addEventListener("consent-error", (event) =>
      page.errors.push(String(/** @type {any} */ (event).error)),
    );
  });
});
afterEach(() => context.close());

async function newVisit(path = "/") {
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  const tab = visit(page);
  await tab.open(site.url + path);
  const embed = page.locator("consent-embed");
  return {
    page,
    errors,
    embed,
    frame: embed.locator("iframe"),
    once: embed.locator("[data-action=show-once]"),
    always: embed.locator("[data-action=show-always]"),
    /** What the page has noted under `name`. */
    noted: (/** @type {string} */ name) =>
      page.evaluate((key) => /** @type {any} */ (globalThis)[key], name),
    loads: (/** @type {number} */ count) =>
      page.waitForFunction(
        (wanted) => /** @type {any} */ (globalThis).loads === wanted,
        count,
      ),
    ...tab,
  };
}

describe("content from elsewhere", () => {
  it("is not asked for before a yes: no request, no connection", async () => {
    const { page, banner, once, reject } = await newVisit();
    await once.waitFor();
    await banner.waitFor();
    await once.scrollIntoViewIfNeeded();
    await once.hover();
    await page.mouse.wheel(0, 500);
    await page.keyboard.press("Escape");
    await reject();
    await banner.waitFor({ state: "hidden" });
    await page.reload();
    await once.waitFor();
    assert.deepEqual([provider.requests, provider.connections()], [[], 0]);
  });

  it("is one frame after one press, with the focus in it and nothing recorded", async () => {
    const { page, once, frame, stored, loads } = await newVisit();
    await once.click();
    await loads(1);
    await page.frameLocator("consent-embed iframe").locator("button").waitFor();
    assert.equal(await frame.count(), 1);
    assert.equal(
      await page.evaluate(() => document.activeElement?.localName),
      "iframe",
    );
    // What is typed arrives there.
    await page.keyboard.press("Tab");
    assert.equal(
      await page
        .frameLocator("consent-embed iframe")
        .locator("button")
        .evaluate((button) => document.activeElement === button),
      true,
    );
    assert.deepEqual(provider.requests, ["/film"]);
    assert.deepEqual((await stored()).cookies, []);
    await page.goto(`${site.url}/next`);
    await once.waitFor();
    assert.deepEqual(provider.requests, ["/film"]);
  });

  it("is recorded with always, is there at once on the next page, and goes in every tab with the yes", async () => {
    const { page, always, manager } = await newVisit();
    await always.click();
    assert.deepEqual(
      await manager(({ consent: { record } }) => [
        record.choices.marketing,
        record.source,
        record.action,
      ]),
      ["granted", "user", "embed"],
    );
    const other = await newVisit("/next");
    await other.frame.waitFor();
    assert.equal(
      await other.page.evaluate(() => document.activeElement?.localName),
      "body",
    );
    await manager((m) => m.withdraw());
    await other.once.waitFor();
    assert.equal(await other.frame.count(), 0);
    assert.equal(await page.locator("iframe").count(), 0);
    const asked = provider.requests.length;
    await page.reload();
    await always.waitFor();
    assert.equal(provider.requests.length, asked);
  });

  it("works with the keyboard alone", async () => {
    const { page, once, reject, loads } = await newVisit();
    await reject();
    await once.focus();
    await page.keyboard.press("Enter");
    await loads(1);
    assert.equal(
      await page.evaluate(() => document.activeElement?.localName),
      "iframe",
    );
  });

  it("moves nothing on the page when it comes", async () => {
    const { page, once, loads } = await newVisit();
    await once.waitFor();
    const top = () =>
      page
        .locator("#below")
        .evaluate((below) => below.getBoundingClientRect().top);
    const there = await top();
    await once.click();
    await loads(1);
    assert.equal(await top(), there);
  });

  it("works with the classic script in the head", async () => {
    const { once, frame, errors } = await newVisit("/classic");
    await once.click();
    await frame.waitFor();
    assert.deepEqual(errors, []);
  });

  it("may be scripts, which run in the order that a parser runs them in", async () => {
    const { once, noted, loads, errors } = await newVisit("/order");
    await once.waitFor();
    assert.equal(provider.connections(), 0);
    await once.click();
    await loads(1);
    assert.deepEqual(await noted("ran"), [
      "first",
      "/slow.js",
      "/fast.js",
      "after 3",
      "/deferred.js",
    ]);
    assert.deepEqual(errors, []);
  });

  it("does not run a script that was still on its way when the yes ended", async () => {
    const { page, always, manager, noted, errors } = await newVisit("/held");
    const asked = page.waitForRequest("**/late.js?held");
    await always.click();
    await asked;
    await manager((m) => m.withdraw());
    const answered = page.waitForResponse("**/late.js?held").catch(() => {});
    provider.held.get("/late.js")?.();
    await Promise.race([answered, page.waitForTimeout(1000)]);
    // Long enough for a script that should not run, and for the one behind it.
    await page.waitForTimeout(300);
    assert.equal(await noted("ran"), undefined);
    assert.equal(await noted("loads"), 0);
    assert.deepEqual(errors, []);
  });
});

describe("a security policy", () => {
  it("of the strictest kind is not violated, before and after the yes", async () => {
    const { page, embed, noted, loads, manager } = await newVisit("/strict");
    const button = embed.first().locator("[data-action=show-always]");
    await button.waitFor();
    assert.equal(
      await button.evaluate((each) => getComputedStyle(each).minHeight),
      "44px",
    );
    const { width, height } = (await embed.first().boundingBox()) ?? {};
    assert.deepEqual([width, height], [560, 315]);
    await button.click();
    await loads(2);
    assert.equal(await page.locator("#map").textContent(), "A map. A map. ");
    await manager((m) => m.withdraw());
    assert.deepEqual(await noted("violations"), []);
  });

  it("of Trusted Types is kept where it lists consent-elements", async () => {
    const { page, once, noted, loads } = await newVisit("/trusted");
    await once.click();
    await loads(1);
    assert.equal(await page.locator("#map").textContent(), "A map. A map. ");
    assert.deepEqual(await noted("violations"), []);
  });

  it("of Trusted Types that does not list it keeps the placeholder of scripts, and the page is told", async () => {
    const { page, embed, manager, noted, errors } =
      await newVisit("/untrusting");
    await embed.locator("[data-embed=title]").waitFor();
    await page.waitForFunction(
      () => /** @type {any} */ (globalThis).errors.length,
    );
    await manager((m) => m.grantAll());
    assert.equal(await embed.locator("[data-embed=placeholder]").count(), 1);
    assert.equal(await embed.locator("button").count(), 0);
    const told = /** @type {string[]} */ (await noted("errors"));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /consent-elements/);
    assert.deepEqual(errors, []);
  });

  it("of Trusted Types asks for no policy for a frame", async () => {
    const { once, frame, noted } = await newVisit("/untrusting-film");
    await once.click();
    await frame.waitFor();
    assert.deepEqual(await noted("violations"), []);
  });
});
