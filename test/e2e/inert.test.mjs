import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startVendor>>} */
let vendor;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

/** Who has scripts, frames and pictures, at a host of its own. Counts connections too: a preconnect asks for nothing. */
async function startVendor() {
  /** @type {string[]} */
  const requests = [];
  let connections = 0;
  /** Answers that wait, by path. @type {Map<string, () => void>} */
  const held = new Map();
  /** @type {(() => void)[]} */
  const watchers = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(
      request.url ?? "/",
      "http://vendor",
    );
    requests.push(pathname);
    const [name = "", kind = ""] = pathname.slice(1).split(".");
    const [type = "", body = ""] =
      {
        js: ["text/javascript", `(globalThis.ran ??= []).push("${name}");`],
        css: ["text/css", `h1 { color: rgb(1, 2, 3) }`],
        svg: ["image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"/>`],
        html: ["text/html", `<!doctype html><title>Film</title>`],
      }[kind] ?? [];
    const answer = () => {
      response.writeHead(type ? 200 : 404, {
        "content-type": type,
        "access-control-allow-origin": "*",
      });
      response.end(body);
    };
    if (searchParams.has("held")) held.set(pathname, answer);
    else answer();
    for (const watch of watchers.splice(0)) watch();
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
    url: `http://vendor.test:${port}`,
    requests,
    connections: () => connections,
    /** Waits until `path` was asked for and is held. */
    async asked(/** @type {string} */ path) {
      while (!held.has(path))
        await new Promise((done) => {
          watchers.push(() => done(undefined));
        });
    },
    /**
     * Waits until `count` requests came, and no more for half a second; half a minute at most. Playwright's own
     * `networkidle` sometimes never comes where a frame has gone from one page to another.
     */
    async quiet(/** @type {number} */ count) {
      const end = Date.now() + 30_000;
      for (let seen = -1; requests.length < count || seen < requests.length;) {
        seen = requests.length;
        await new Promise((done) => {
          setTimeout(done, 500);
        });
        assert.ok(Date.now() < end, `${seen} of ${count} requests came`);
      }
    },
    /** Answers what was held. */
    release(/** @type {string} */ path) {
      held.get(path)?.();
      held.delete(path);
    },
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

/** @param {string} body @param {{ nonce?: string, keep?: string }} [options] */
const tag = (body, { nonce = "", keep = "/keep.js" } = {}) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    <script type="module" src="/lib/auto.js" ${nonce}></script>
    <script type="module" src="${keep}" ${nonce}></script>
  </head>
  <body>
    <consent-manager>
      <consent-purpose name="necessary"></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <h1>A page</h1>
    ${body}
  </body>
</html>`;

const inline = (/** @type {string} */ name, more = "") =>
  `<script type="text/plain" data-consent="analytics" ${more}>(globalThis.ran ??= []).push("${name}");</script>`;
const file = (/** @type {string} */ path, more = "") =>
  `<script type="text/plain" data-consent="analytics" data-src="${vendor.url}/${path}" ${more}></script>`;

const script = (/** @type {string} */ text) => ({
  html: text,
  headers: { "content-type": "text/javascript" },
});
const policy = (/** @type {string} */ html, /** @type {string} */ csp) => ({
  html,
  headers: { "content-security-policy": csp },
});

/** The built files of `consent-elements/gate`, by path. */
function gate() {
  const dist = new URL("../../dist/", import.meta.url);
  const chunks = readdirSync(new URL("chunks/", dist)).filter((name) =>
    name.endsWith(".js"),
  );
  return Object.fromEntries(
    ["gate.js", ...chunks.map((name) => `chunks/${name}`)].map((name) => [
      `/npm/${name}`,
      script(readFileSync(new URL(name, dist), "utf8")),
    ]),
  );
}

before(async () => {
  browser = await launch();
  vendor = await startVendor();
  const { url } = vendor;
  const keep = (/** @type {string} */ from) => `{
    const { keepInert } = await import("${from}");
    await customElements.whenDefined("consent-manager");
    keepInert(document.querySelector("consent-manager").consent);
    globalThis.isKept = true; }`;
  const everything = `
    <script type="text/plain" data-consent="analytics" src="${url}/src.js"></script>
    ${file("file.js")} ${file("module.js", `data-type="module"`)}
    ${inline("inline")}
    <iframe data-consent="marketing" data-src="${url}/film.html" title="Film"></iframe>
    <img data-consent="marketing" data-src="${url}/pixel.svg" alt="" />
    <link data-consent="marketing" data-href="${url}/style.css" rel="stylesheet" />
    <template data-consent="analytics marketing">
      <link rel="preconnect" href="${url}" />
      <img src="${url}/inside.svg" alt="" />
      <script src="${url}/inside.js"></script>
    </template>`;
  const NONCE = `nonce="n0nce"`;
  const trusted = `require-trusted-types-for 'script'; trusted-types lit-html`;
  const scripts = `${inline("inline")}${file("file.js")}
    <template data-consent="analytics"><script>ran.push("inside");</script></template>`;
  site = await startSite({
    ...gate(),
    "/keep.js": script(keep("/npm/gate.js")),
    // The drop-in keeps the page by itself; where it does so alone, each mistake is told once.
    "/keep-alone.js": script(
      `await customElements.whenDefined("consent-manager"); globalThis.isKept = true;`,
    ),
    "/keep-twice.js": script(keep("/npm/gate.js") + keep("/npm/gate.js?2")),
    "/": tag(everything),
    "/bare": tag(""),
    "/twice": tag(
      `${inline("inline")}${file("file.js")}
      <img src="data:image/gif,own" data-consent="analytics" data-src="${url}/pixel.svg" alt="" />
      <template data-consent="analytics"><p id="inside">Inside</p><script>ran.push("inside");</script></template>`,
      { keep: "/keep-twice.js" },
    ),
    "/order": tag(
      [
        inline("1"),
        file("2.js"),
        inline("3"),
        file("missing"),
        inline("5", `id="thrown"`).replace(";</", "; throw Error('5');</"),
        `<script type="text/plain" data-consent="analytics" data-src="http://127.0.0.1:1/refused.js"></script>`,
        file("7.js"),
        inline("8"),
      ].join(""),
    ),
    "/held": tag(file("late.js?held") + inline("after")),
    "/held-module": tag(file("late.js?held", `data-type="module"`)),
    "/held-import": tag(
      `<script type="text/plain" data-type="module" data-consent="analytics">import "${url}/late.js?held"; ran.push("inline");</script>`,
    ),
    "/nonce": policy(
      tag(
        inline("with", NONCE) +
          file("with.js", NONCE) +
          inline("without") +
          file("without.js"),
        { nonce: NONCE },
      ),
      `default-src 'self'; script-src 'nonce-n0nce'`,
    ),
    "/trusted": policy(tag(scripts), `${trusted} consent-elements`),
    "/trusted-embed": policy(
      tag(
        `${inline("inline")}<consent-embed purpose="analytics" label="A map"><template><script>ran.push("embed");</script></template></consent-embed>`,
      ),
      `${trusted} consent-elements`,
    ),
    "/trusted-twice": policy(
      tag(inline("inline") + file("file.js"), { keep: "/keep-twice.js" }),
      `${trusted} consent-elements`,
    ),
    "/no-list": policy(tag(scripts), `require-trusted-types-for 'script'`),
    "/untrusted": policy(
      tag(
        `${scripts}<img data-consent="analytics" data-src="${url}/pixel.svg" alt="" />`,
        { keep: "/keep-alone.js" },
      ),
      trusted,
    ),
    "/default-policy": policy(
      tag(scripts).replace(
        "<title>",
        `<script>trustedTypes.createPolicy("default", { createScript: (text) => text, createScriptURL: (url) => url });</script><title>`,
      ),
      `${trusted} default`,
    ),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await vendor?.close();
});
beforeEach(async () => {
  vendor.clear();
  context = await browser.newContext();
  await context.addInitScript(() => {
    const page = /** @type {any} */ (globalThis);
    page.violations = [];
    page.errors = [];
    page.ran = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      page.violations.push(event.effectiveDirective),
    );
    document.addEventListener("consent-error", (event) =>
      page.errors.push(String(/** @type {any} */ (event).error)),
    );
  });
});
afterEach(() => context.close());

async function newVisit(path = "/") {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(site.url + path);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).isKept);
  let settlings = 0;
  const noted = (/** @type {string} */ name) =>
    page.evaluate((key) => /** @type {any} */ (globalThis)[key], name);
  return {
    page,
    noted,
    /** Waits until `name` has run. */
    ran: (/** @type {string} */ name) =>
      page.waitForFunction(
        (wanted) => /** @type {any} */ (globalThis).ran.includes(wanted),
        name,
      ),
    /** Waits until a file of the vendor's that comes last has run, and returns what ran before. */
    async settled() {
      await page.evaluate((src) => {
        const last = document.createElement("script");
        Object.assign(last.dataset, { consent: "necessary", src });
        last.type = "text/plain";
        document.body.append(last);
      }, `${vendor.url}/last.js`);
      await page.waitForFunction(
        (count) =>
          /** @type {any} */ (globalThis).ran.filter(
            (/** @type {string} */ name) => name === "last",
          ).length === count,
        ++settlings,
      );
      const all = /** @type {string[]} */ (await noted("ran"));
      return all.filter((name) => name !== "last");
    },
    ...tab,
  };
}

describe("inert markup", () => {
  const ALL = [
    "/file.js",
    "/film.html",
    "/inside.js",
    "/inside.svg",
    "/module.js",
    "/pixel.svg",
    "/src.js",
    "/style.css",
  ];

  it("asks for nothing before a yes, nor after a no, and runs nothing: no request, no connection", async () => {
    const { page, banner, reject, noted } = await newVisit();
    await banner.waitFor();
    await page.mouse.wheel(0, 2000);
    await reject();
    await page.reload({ waitUntil: "networkidle" });
    await page.waitForFunction(() => /** @type {any} */ (globalThis).isKept);
    assert.deepEqual(vendor.requests, []);
    assert.equal(vendor.connections(), 0);
    assert.deepEqual(await noted("ran"), []);
    assert.deepEqual(await noted("errors"), []);
  });

  it("asks for each once after a yes, and on the next page", async () => {
    const { page, accept, ran } = await newVisit();
    await accept();
    await ran("inside");
    await ran("module");
    await vendor.quiet(ALL.length);
    assert.deepEqual(vendor.requests.toSorted(), ALL);
    vendor.requests.length = 0;
    await page.reload({ waitUntil: "networkidle" });
    await ran("inside");
    await ran("module");
    assert.deepEqual([...new Set(vendor.requests)].toSorted(), ALL);
  });

  it("loses its frame and its style at a no, also one in another tab, and asks for nothing more", async () => {
    const here = await newVisit();
    const there = await newVisit();
    await here.accept();
    for (const { page } of [here, there]) {
      await page.frameLocator("iframe").locator("html").waitFor();
      await page.waitForFunction(
        () =>
          getComputedStyle(
            /** @type {Element} */ (document.querySelector("h1")),
          ).color === "rgb(1, 2, 3)",
      );
    }
    await vendor.quiet(2 * ALL.length);
    vendor.requests.length = 0;
    await here.manager((manager) => manager.denyAll());
    for (const { page } of [here, there])
      await page.waitForFunction(
        () =>
          document.querySelector("iframe")?.contentDocument?.URL ===
            "about:blank" &&
          getComputedStyle(
            /** @type {Element} */ (document.querySelector("h1")),
          ).color !== "rgb(1, 2, 3)" &&
          !document.querySelector("[src*='inside.svg']"),
      );
    await here.page.reload({ waitUntil: "networkidle" });
    assert.deepEqual(vendor.requests, []);
  });

  it("runs in order, whatever fails in between", async () => {
    const { page, accept, settled, noted } = await newVisit("/order");
    /** @type {string[]} */
    const thrown = [];
    page.on("pageerror", ({ message }) => thrown.push(message));
    await accept();
    assert.deepEqual(await settled(), ["1", "2", "3", "5", "7", "8"]);
    assert.deepEqual(thrown, ["5"]);
    assert.deepEqual(await noted("errors"), [
      `Error: consent-elements: ${vendor.url}/missing could not be loaded`,
      `Error: consent-elements: http://127.0.0.1:1/refused.js could not be loaded`,
    ]);
  });

  it("is let in once where two copies of the library keep a page, and goes again", async () => {
    const { page, accept, manager, settled } = await newVisit("/twice");
    const own = page.locator("img");
    // What a morphing framework takes for a mistake.
    await page.evaluate(() =>
      new MutationObserver((records) => {
        for (const { target } of records)
          /** @type {Element} */ (target).removeAttribute("data-consent-ran");
      }).observe(document, {
        subtree: true,
        attributeFilter: ["data-consent-ran"],
      }),
    );
    await accept();
    assert.deepEqual(await settled(), ["inline", "file", "inside"]);
    assert.equal(await page.locator("#inside").count(), 1);
    await manager((each) => each.denyAll());
    assert.equal(await page.locator("#inside").count(), 0);
    assert.equal(await own.getAttribute("src"), "data:image/gif,own");
    await manager((each) => each.grantAll());
    assert.deepEqual(await settled(), ["inline", "file", "inside"]);
    assert.deepEqual(vendor.requests.toSorted(), [
      "/file.js",
      "/last.js",
      "/last.js",
      "/pixel.svg",
    ]);
  });
});

describe("a script that is on its way when the yes ends", () => {
  it("never runs, nor what waits for it, and starts anew at the next yes", async () => {
    const { page, accept, manager, settled, ran } = await newVisit("/held");
    await accept();
    await vendor.asked("/late.js");
    await manager((each) => each.withdraw());
    const over = page.waitForEvent("requestfinished");
    vendor.release("/late.js");
    await over;
    assert.deepEqual(await settled(), []);
    await manager((each) => each.grantAll());
    await vendor.asked("/late.js");
    vendor.release("/late.js");
    await ran("after");
    assert.deepEqual(await settled(), ["late", "after"]);
  });

  it("never runs as a module", async () => {
    const { page, accept, manager, settled } = await newVisit("/held-module");
    await accept();
    await vendor.asked("/late.js");
    await manager((each) => each.withdraw());
    const over = page.waitForEvent("requestfinished");
    vendor.release("/late.js");
    await over;
    assert.deepEqual(await settled(), []);
  });

  it("never runs as a module within the page that waits for what it imports", async () => {
    const { page, accept, manager, settled } = await newVisit("/held-import");
    await accept();
    await vendor.asked("/late.js");
    await manager((each) => each.withdraw());
    const over = page.waitForEvent("requestfinished");
    vendor.release("/late.js");
    await over;
    assert.deepEqual(await settled(), []);
  });

  it("does run as such a module otherwise", async () => {
    const { accept, ran } = await newVisit("/held-import");
    await accept();
    await vendor.asked("/late.js");
    vendor.release("/late.js");
    await ran("inline");
  });
});

describe("inert scripts under a security policy", () => {
  it("run with their own nonce, and are not lent the page's", async () => {
    const { accept, ran, noted, page } = await newVisit("/nonce");
    await accept();
    await ran("with");
    await page.waitForFunction(
      () => /** @type {any} */ (globalThis).violations.length === 2,
    );
    assert.deepEqual(await noted("ran"), ["with", "with"]);
    assert.deepEqual(await noted("violations"), [
      "script-src-elem",
      "script-src-elem",
    ]);
    assert.deepEqual(vendor.requests, ["/with.js"]);
  });

  for (const path of ["/trusted", "/no-list", "/default-policy"])
    it(`run under Trusted Types at ${path}`, async () => {
      const { accept, ran, noted } = await newVisit(path);
      await accept();
      await ran("inside");
      assert.deepEqual(await noted("ran"), ["inline", "file", "inside"]);
      assert.deepEqual(await noted("errors"), []);
      assert.deepEqual(
        await noted("violations"),
        path === "/default-policy" ? ["trusted-types"] : [],
      );
    });

  it("share the policy with <consent-embed>, which a page's list allows once", async () => {
    const { accept, ran, noted } = await newVisit("/trusted-embed");
    await accept();
    await ran("embed");
    await ran("inline");
    assert.deepEqual(await noted("violations"), []);
    assert.deepEqual(await noted("errors"), []);
  });

  it("share the policy with another copy of the library", async () => {
    const { accept, settled, noted } = await newVisit("/trusted-twice");
    await accept();
    await settled();
    assert.deepEqual(await noted("violations"), []);
    assert.deepEqual(await noted("errors"), []);
  });

  it("stay inert where Trusted Types refuse the policy: one error says what to write, and the rest goes on", async () => {
    const { page, accept, manager, noted } = await newVisit("/untrusted");
    await accept();
    await page.waitForFunction(
      () => /** @type {any} */ (globalThis).errors.length,
    );
    await page.waitForLoadState("networkidle");
    await manager((each) => {
      each.denyAll();
      each.grantAll();
    });
    await page.waitForLoadState("networkidle");
    assert.deepEqual(await noted("errors"), [
      "TypeError: consent-elements: the page's Trusted Types refuse a script; write trusted-types consent-elements in its Content-Security-Policy",
    ]);
    assert.deepEqual(await noted("ran"), []);
    // Each is tried once, since the browser reports each time to the site.
    assert.deepEqual((await noted("violations")).toSorted(), [
      "require-trusted-types-for",
      "require-trusted-types-for",
      "require-trusted-types-for",
      "trusted-types",
    ]);
    assert.deepEqual([...new Set(vendor.requests)], ["/pixel.svg"]);
    assert.equal(await page.locator("script[data-consent]").count(), 3);
  });
});
