import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../support/browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SITE = "http://shop.test";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {import("playwright-core").Page} */
let page;
/** Requests to anybody but the site. @type {string[]} */
let requests = [];
/** The site's pages, by path. @type {Record<string, { html: string, policy?: string }>} */
let pages = {};

/**
 * Google's tags as far as a page can tell: they read the queue by the name in their address, hear what is pushed, keep
 * cookies while analytics may, and send a hit for each event, with the state of consent in Google's own code.
 */
const TAG = (/** @type {string} */ address) => {
  const url = new URL(address);
  return `{
    const layer = window[${JSON.stringify(url.searchParams.get("l") ?? "dataLayer")}];
    const heard = (window.heard ??= []);
    const state = {};
    const ids = [];
    const domain = location.hostname.split(".").slice(-2).join(".");
    const hear = (entry) => {
      const isCommand = Object.prototype.toString.call(entry) === "[object Arguments]";
      heard.push(isCommand ? [...entry].slice(0, 2).join(" ").replace(/^js .*/, "js") : entry.event ?? "data");
      if (!isCommand) return;
      if (entry[0] === "consent") Object.assign(state, entry[2]);
      if (entry[0] === "config") ids.push(entry[1]);
      const hit = entry[0] === "event" || (entry[0] === "config" && "page_view");
      if (!hit) return;
      for (const id of ids) {
        if (window["ga-disable-" + id]) continue;
        const may = (type) => +(state[type] === "granted");
        if (may("analytics_storage")) document.cookie = "_ga=GA1.1.1; Path=/; Domain=" + domain;
        fetch("https://www.google-analytics.com/g/collect?tid=" + id +
          "&gcs=G1" + may("ad_storage") + may("analytics_storage"), { mode: "no-cors" });
      }
    };
    layer.forEach(hear);
    layer.push = (...entries) => { entries.forEach(hear); return Array.prototype.push.apply(layer, entries); };
  }`;
};

const TYPES = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
};

before(async () => {
  browser = await launch();
});
after(() => browser.close());

beforeEach(async () => {
  requests = [];
  pages = {};
  context = await browser.newContext();
  await context.route("**/*", (route) => {
    const address = route.request().url();
    const url = new URL(address);
    if (url.origin !== SITE) {
      requests.push(`${url.host}${url.pathname}${url.search}`);
      return route.fulfill({
        contentType: "text/javascript",
        headers: { "access-control-allow-origin": "*" },
        body: /\.js$|gtag\/js$/.test(url.pathname) ? TAG(address) : "",
      });
    }
    const found = pages[url.pathname];
    if (found)
      return route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers: found.policy
          ? { "content-security-policy": found.policy }
          : {},
        body: found.html,
      });
    const file = url.pathname.startsWith("/js-cookie")
      ? `${root}node_modules/js-cookie/dist/js.cookie.mjs`
      : `${root}dist${url.pathname}`;
    return existsSync(file) && /\.m?js$/.test(file)
      ? route.fulfill({ contentType: TYPES[".js"], path: file })
      : route.fulfill({ status: 404, body: "" });
  });
  page = await context.newPage();
});
afterEach(() => context.close());

/** A page of a site that brings Google's tags by `vendors`, and has `head` above everything. */
const shop = ({
  head = `<script src="/cdn/google-consent.js"></script>`,
  vendors = `googleTag({ tagId: "G-1" })`,
  options = "",
  site = "",
}) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Shop</title>
    ${head}
    <script type="importmap">{ "imports": { "js-cookie": "/js-cookie.mjs" } }</script>
    <script>${site}</script>
    <script>
      window.begun = [...(window.dataLayer ?? [])];
    </script>
    <script type="module">
      import { createConsent } from "/index.js";
      import { attach } from "/vendors.js";
      import { googleAds } from "/vendors/google-ads.js";
      import { googleTag } from "/vendors/google-tag.js";
      import { googleTagManager } from "/vendors/google-tag-manager.js";
      window.consent = createConsent({ purposes: ["functional", "analytics", "marketing"], ${options} });
      consent.addEventListener("consent-error", ({ error }) => (window.errors ??= []).push(String(error)));
      for (const vendor of [${vendors}]) attach(consent, vendor);
    </script>
  </head>
  <body><h1>Shop</h1></body>
</html>`;

/** Opens a page and waits until the library has run. */
async function open(/** @type {string} */ html, path = "/") {
  pages[path] = { html };
  await page.goto(`${SITE}${path}`);
  await page.waitForFunction("window.consent");
}

/** What stands in the queue, one line an entry: what a consent command grants beside `security_storage`. */
const queue = (name = "dataLayer") =>
  page.evaluate(
    ([layer]) =>
      /** @type {any} */ (window)[layer ?? ""].map(
        (/** @type {any} */ entry) => {
          if (Object.prototype.toString.call(entry) !== "[object Arguments]")
            return JSON.stringify(entry);
          const [verb, what, state] = entry;
          if (verb === "js") return "js";
          if (verb !== "consent") return `${verb} ${what}`;
          const { region, wait_for_update: wait, ...types } = state;
          const names = Object.keys(types);
          const granted = names.filter((type) => types[type] === "granted");
          return [
            `${what}(${names.length}):`,
            granted.filter((type) => type !== "security_storage").join(" ") ||
              "none",
            ...(granted.includes("security_storage") ? [] : ["insecure"]),
            ...(region ? [`in ${region}`] : []),
            ...(wait ? [`wait ${wait}`] : []),
          ].join(" ");
        },
      ),
    [name],
  );

const run = (/** @type {string} */ code) => page.evaluate(code);
const cookies = () => page.evaluate("document.cookie");
const START = ["default(7): none", "set ads_data_redaction"];
const ADS = "ad_storage ad_user_data ad_personalization";
const ALL = `${ADS} analytics_storage functionality_storage personalization_storage`;
const YES = `update(7): ${ALL}`;
const NO = "update(7): none";

/** A record as an earlier page has left it. */
const record = ({
  choices = "functional=granted&analytics=granted&marketing=granted",
  revision = "1",
  time = new Date(Date.now() - 1000).toISOString(),
  action = "save",
} = {}) =>
  `${choices}&revision=${revision}&time=${time}&source=user&action=${action}`;

/** Opens a page that has the head's script alone, for a visitor with these cookies. */
async function openHead(
  attributes = "",
  /** @type {string[]} */ texts = [],
  name = "consent",
) {
  await context.addCookies(
    texts.map((value, i) => ({
      name,
      value,
      // Two cookies of one name: a host's and a domain's.
      domain: i ? ".shop.test" : "shop.test",
      path: "/",
    })),
  );
  pages["/"] = {
    html: `<!doctype html><title>Shop</title><script src="/cdn/google-consent.js" ${attributes}></script>`,
  };
  await page.goto(SITE);
  return /data-data-layer/.test(attributes) ? [] : queue();
}

describe("the script for the head", () => {
  it("says no to all seven types but security, before anything else, and asks nobody", async () => {
    assert.deepEqual(await openHead(), START);
    assert.deepEqual(requests, []);
    assert.equal(await cookies(), "");
    assert.equal(await run("typeof gtag"), "function");
  });

  it("says what a returning visitor has decided in the same task, whatever it was", async () => {
    assert.deepEqual(await openHead("", [record()]), [...START, YES]);
    await context.clearCookies();
    const choices = "functional=denied&analytics=denied&marketing=denied";
    assert.deepEqual(await openHead("", [record({ choices })]), [...START, NO]);
    await context.clearCookies();
    const some = "analytics=anonymous&marketing=granted";
    assert.deepEqual(await openHead("", [record({ choices: some })]), [
      ...START,
      `update(7): ${ADS}`,
    ]);
  });

  const ago = (/** @type {number} */ days) =>
    new Date(Date.now() - days * 864e5).toISOString();
  /** @type {[string, string, string[]][]} */
  const unasked = [
    ["of another revision", `data-revision="2"`, [record()]],
    ["dated in the future", "", [record({ time: ago(-1) })]],
    ["that has expired", "", [record({ time: ago(181) })]],
    [
      "that has expired by the site's own rule",
      `data-max-age="P30D"`,
      [record({ time: ago(31) })],
    ],
    [
      "whose age the site has not said in days",
      `data-max-age="P6M"`,
      [record()],
    ],
    ["without a time", "", ["analytics=granted&revision=1&source=user"]],
    ["that is damaged", "", ["analytics=granted&revision=1&time=%E0%A4%A"]],
    ["that is read by broken attributes", `data-purposes="{"`, [record()]],
  ];
  for (const [what, attributes, texts] of unasked)
    it(`takes a record ${what} for none`, async () => {
      assert.deepEqual(await openHead(attributes, texts), START);
    });

  it("takes a record for what it is where it is young enough and of the revision", async () => {
    const text = record({ revision: "2026-11", time: ago(29) });
    assert.deepEqual(
      await openHead(`data-revision="2026-11" data-max-age="P30D"`, [text]),
      [...START, YES],
    );
  });

  it("takes the newest of two cookies, and the no of two of one time", async () => {
    const no = "functional=granted&analytics=denied&marketing=granted";
    const time = ago(1);
    for (const texts of [
      [record({ time }), record({ time, choices: no })],
      [record({ time, choices: no }), record({ time })],
      [record({ time: ago(2) }), record({ time, choices: no })],
      [record({ time, choices: no }), record({ time: ago(2) })],
    ]) {
      await context.clearCookies();
      const { length, ...last } = await openHead("", texts);
      assert.equal(length, 3);
      assert.equal(
        last[2],
        `update(7): ${ADS} functionality_storage personalization_storage`,
      );
    }
  });

  it("is told by its attributes of another cookie, queue, map, wait and regions", async () => {
    await openHead(
      `data-cookie-name="choices" data-data-layer="events" data-wait-for-update="700"
       data-purposes='{"ad_personalization":"personal","security_storage":"ads"}'
       data-regions='[{"region":["US-CA"],"analytics_storage":"granted"}]'`,
      [record({ choices: "personal=granted" })],
      "choices",
    );
    assert.equal(await run("window.dataLayer"), undefined);
    assert.deepEqual(await queue("events"), [
      "default(7): none wait 700",
      "set ads_data_redaction",
      "default(7): analytics_storage in US-CA",
      "update(7): ad_personalization",
    ]);
    await run(`gtag("event", "seen")`);
    assert.equal((await queue("events")).at(-1), "event seen");
  });

  it("keeps ads denied under Global Privacy Control, unless the visitor has said yes over it", async () => {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {
        get: () => true,
      });
    });
    assert.deepEqual(await openHead("", [record()]), [
      ...START,
      "update(7): analytics_storage functionality_storage personalization_storage",
    ]);
    await context.clearCookies();
    assert.deepEqual(await openHead("", [record({ action: "override-gpc" })]), [
      ...START,
      YES,
    ]);
  });

  it("stands before what the site had in its queue already", async () => {
    pages["/"] = {
      html: `<script>
          dataLayer = [{ page: "shop" }];
          function gtag() { dataLayer.push(arguments); }
          gtag("js", new Date());
        </script>
        <script src="/cdn/google-consent.js"></script>`,
    };
    await page.goto(SITE);
    assert.deepEqual(await queue(), [...START, '{"page":"shop"}', "js"]);
  });

  it("says no where cookies may not be read", async () => {
    pages["/"] = {
      html: `<script src="/cdn/google-consent.js"></script>`,
      policy: "sandbox allow-scripts",
    };
    await page.goto(SITE);
    assert.deepEqual(await queue(), START);
  });

  it("runs inline under the policy that the command prints, and under no other", async () => {
    const html = execFileSync(
      process.execPath,
      [`${root}dist/cli.js`, "google-consent", "--revision", "7"],
      { encoding: "utf8" },
    );
    const [, hash = ""] = /script-src ('sha256-.*') -->/.exec(html) ?? [];
    pages["/"] = { html, policy: `default-src 'none'; script-src ${hash}` };
    await page.goto(SITE);
    assert.deepEqual(await queue(), START);
    pages["/other"] = {
      html: html.replace("(()", "( ()"),
      policy: `default-src 'none'; script-src ${hash}`,
    };
    await page.goto(`${SITE}/other`);
    assert.equal(await run("window.dataLayer"), undefined);
  });
});

describe("a page with Google's tags", () => {
  it("asks nothing of Google before a yes, nor after a no, and keeps nothing", async () => {
    await open(
      shop({
        vendors: `googleTag({ tagId: "G-1" }), googleAds({ tagId: "AW-1" }), googleTagManager({ containerId: "GTM-1" })`,
      }),
    );
    await run(`gtag("event", "seen")`);
    await run("consent.denyAll()");
    await page.reload();
    await page.waitForFunction("window.consent");
    assert.deepEqual(requests, []);
    assert.match(await cookies(), /^consent=[^;]*$/);
    assert.equal(await run("window.errors"), undefined);
  });

  for (const [what, headScript] of [
    ["with the head's script", undefined],
    ["without it", ""],
  ])
    it(`hears the default first, one update a decision, and the tag last, ${what}`, async () => {
      await open(
        shop({
          ...(headScript === undefined ? {} : { head: headScript }),
          vendors: `googleTag({ tagId: "G-1" }), googleAds({ tagId: "AW-1" })`,
        }),
      );
      const hit = page.waitForRequest(/g\/collect\?tid=AW-1/);
      await run("for (let i = 0; i < 3; i++) consent.grantAll()");
      await hit;
      assert.deepEqual(await queue(), [
        ...START,
        YES,
        "js",
        "config G-1",
        "config AW-1",
      ]);
      assert.deepEqual(await run("heard"), [
        "consent default",
        "set ads_data_redaction",
        "consent update",
        "js",
        "config G-1",
        "config AW-1",
      ]);
      assert.deepEqual(
        requests.filter((address) => address.startsWith("www.googletag")),
        ["www.googletagmanager.com/gtag/js?id=G-1"],
      );
    });

  it("sends hits that say what was chosen", async () => {
    await open(shop({}));
    const hit = page.waitForRequest(/g\/collect/);
    await run(`consent.set({ analytics: "granted", marketing: "denied" })`);
    assert.equal(new URL((await hit).url()).searchParams.get("gcs"), "G101");
  });

  it("stops at a no: all denied, and no further hit, in this page and the next", async () => {
    await open(shop({}));
    const hit = page.waitForResponse(/g\/collect/);
    await run("consent.grantAll()");
    await hit;
    assert.match(await cookies(), /_ga=/);
    // Answered, and so noted: what comes from here on is new.
    requests = [];
    await run(`consent.withdraw(); gtag("event", "after the no")`);
    assert.equal((await queue()).at(-2), NO);
    await page.waitForFunction(() => !document.cookie.includes("_ga"));
    await page.reload();
    await page.waitForFunction("window.consent");
    assert.deepEqual(requests, []);
  });

  it("tells a returning visitor's answer in the task of the default, and once", async () => {
    await open(shop({}));
    await run("consent.grantAll()");
    const hit = page.waitForRequest(/g\/collect/);
    await page.reload();
    await hit;
    assert.equal(await run("begun.length"), 3);
    assert.deepEqual(await queue(), [...START, YES, "js", "config G-1"]);
  });

  it("does the same with a queue that the site has made before, and one of another name", async () => {
    const site = `dataLayer = [{ page: "shop" }]; (function () { dataLayer.push(arguments) })("event", "early");`;
    await open(shop({ head: "", site }));
    const hit = page.waitForRequest(/g\/collect/);
    await run("consent.grantAll()");
    await hit;
    assert.deepEqual(await queue(), [
      ...START,
      YES,
      "js",
      "config G-1",
      '{"page":"shop"}',
      "event early",
    ]);
    await context.clearCookies();
    const named = `<script src="/cdn/google-consent.js" data-data-layer="events"></script>`;
    const vendors = `googleTag({ tagId: "G-1", layer: "events" })`;
    await open(shop({ head: named, vendors }), "/renamed");
    const next = page.waitForRequest(/g\/collect/);
    await run("consent.grantAll()");
    await next;
    assert.deepEqual(await queue("events"), [
      ...START,
      YES,
      "js",
      "config G-1",
    ]);
    assert.ok(
      requests.includes("www.googletagmanager.com/gtag/js?id=G-1&l=events"),
    );
    assert.deepEqual(await run("window.dataLayer"), undefined);
  });

  it("gives a container's triggers an event after each decision", async () => {
    await open(shop({ vendors: `googleTagManager({ containerId: "GTM-1" })` }));
    const script = page.waitForResponse(/gtm\.js\?id=GTM-1$/);
    await run(`consent.set({ analytics: "granted" })`);
    await script;
    await page.waitForFunction("window.heard");
    await run("consent.grantAll()");
    assert.deepEqual(await run("heard"), [
      "consent default",
      "set ads_data_redaction",
      "consent update",
      "consent_elements_update",
      "gtm.js",
      "consent update",
      "consent_elements_update",
    ]);
  });

  it("comes in advanced mode at once, where the site insists, and says that nothing is granted", async () => {
    const vendors = `googleTag({ tagId: "G-1", mode: "advanced", override: true })`;
    pages["/"] = { html: shop({ vendors }) };
    const hit = page.waitForRequest(/g\/collect/);
    await page.goto(SITE);
    assert.equal(new URL((await hit).url()).searchParams.get("gcs"), "G100");
    assert.equal(await cookies(), "");
  });
});
