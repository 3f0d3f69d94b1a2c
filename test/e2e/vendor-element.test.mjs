import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch } from "../support/browser.mjs";
import { visit } from "../support/visit.mjs";

const SITE = "https://www.shop.test";
const META = "https://connect.facebook.net/en_US/fbevents.js";
const GTAG = "https://www.googletagmanager.com/gtag/js?id=G-1";
const SNAP = "https://sc-static.net/scevent.min.js";

/** Stands for Meta's script: takes the queue over, keeps a cookie for the whole site, and tells Meta of each event. */
const fbevents = () => {
  const page = /** @type {any} */ (globalThis);
  page.metaRuns = (page.metaRuns ?? 0) + 1;
  let isAllowed = true;
  page.fbq.callMethod = (
    /** @type {string} */ command,
    /** @type {string} */ what,
  ) => {
    if (command === "consent") isAllowed = what === "grant";
    if (!isAllowed) return;
    document.cookie = `_fbp=fb.1; Path=/; Domain=shop.test; Max-Age=999`;
    if (command === "track")
      new Image().src = `https://www.facebook.com/tr/?ev=${what}`;
  };
  for (const call of page.fbq.queue.splice(0)) page.fbq.callMethod(...call);
};

/** Stands for Snap's script, which has no call that stops it. */
const scevent = () => {
  document.cookie = "_scid=1; Path=/; Max-Age=999";
  const page = /** @type {any} */ (globalThis);
  page.snaptr.handleRequest = (/** @type {unknown[]} */ ...call) =>
    void (page.snapTold ??= []).push(call.join(" "));
  for (const call of page.snaptr.queue.splice(0))
    page.snaptr.handleRequest(...call);
};

const PAGES = {
  "/": `<consent-vendor name="meta" pixel-id="1"></consent-vendor>
    <consent-vendor name="meta" pixel-id="1"></consent-vendor>`,
  "/snap": `<consent-vendor name="snap" pixel-id="2" reload></consent-vendor>`,
  "/google": `<consent-vendor name="google-tag" tag-id="G-1" config='{"send_page_view": false}'></consent-vendor>`,
  "/unknown": `<consent-vendor name="mata" pixel-id="1"></consent-vendor>
    <consent-vendor name="meta" pixel-id="1"></consent-vendor>`,
};
const html = (/** @type {string} */ tags) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" /><title>A page</title><link rel="icon" href="data:," />
    <script type="module" src="/lib/auto.js"></script>
  </head>
  <body>
    <consent-manager>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <h1>A page</h1>
    ${tags}
  </body>
</html>`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** What went to others than the site. @type {string[]} */
let sent = [];
/** Hears of each. */
let onSent = () => {};
/** Ends the wait of a script that is held. */
let release = () => {};
/** @type {Promise<void> | undefined} */
let held;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  sent = [];
  held = undefined;
  context = await browser.newContext();
  await context.addInitScript(() => {
    const page = /** @type {any} */ (globalThis);
    page.errors = [];
    page.leftovers = [];
    document.addEventListener("consent-error", (event) =>
      page.errors.push(String(/** @type {any} */ (event).error)),
    );
    document.addEventListener("consent-leftovers", (event) =>
      page.leftovers.push(/** @type {any} */ (event).leftovers),
    );
  });
  await context.route("**", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin === SITE) {
      const lib = url.pathname.startsWith("/lib/");
      return route.fulfill({
        contentType: lib ? "text/javascript" : "text/html; charset=utf-8",
        body: lib
          ? readFileSync(
              new URL(
                `../../dist/cdn/${url.pathname.slice(5)}`,
                import.meta.url,
              ),
              "utf8",
            )
          : html(/** @type {any} */ (PAGES)[url.pathname]),
      });
    }
    sent.push(url.href);
    onSent();
    await held;
    const script = { [META]: fbevents, [SNAP]: scevent }[url.href];
    return route
      .fulfill({
        contentType: /[./]js$/.test(url.pathname)
          ? "text/javascript"
          : "image/gif",
        body: script ? `(${script})();` : "",
      })
      .catch(() => {
        // The page has given it up.
      });
  });
});
afterEach(async () => {
  release();
  await context.close();
});

/** Lets scripts wait until `release()`. */
function hold() {
  held = new Promise((done) => {
    release = () => done(undefined);
  });
}

async function newVisit(path = "/") {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(SITE + path);
  /** Waits until the page's vendor is attached: its function is there. */
  const attached = (name = "fbq") =>
    page.waitForFunction((global) => global in globalThis, name);
  return {
    page,
    attached,
    /** What the page has noted under `name`. */
    noted: (/** @type {string} */ name) =>
      page.evaluate((key) => /** @type {any} */ (globalThis)[key], name),
    cookie: (/** @type {string} */ name, there = true) =>
      page.waitForFunction(
        ([text, wanted]) =>
          document.cookie.includes(`${text}=`) === Boolean(wanted),
        [name, there],
      ),
    ...tab,
  };
}

const tr = (/** @type {string} */ event) =>
  `https://www.facebook.com/tr/?ev=${event}`;
/** Waits until `wanted` has gone to others. Nothing tells of it in the page. */
const arrived = (/** @type {string} */ wanted) =>
  /** @type {Promise<void>} */ (
    new Promise((done) => {
      const look = () => {
        if (sent.includes(wanted)) done();
      };
      onSent = look;
      look();
    })
  );

describe("a vendor named in markup", () => {
  it("asks nothing of its vendor before a yes, nor after a no", async () => {
    const { page, banner, attached, reject, manager } = await newVisit();
    await attached();
    await banner.waitFor();
    await page.evaluate(() =>
      /** @type {any} */ (globalThis).fbq("track", "Early"),
    );
    await reject();
    await page.evaluate(() =>
      /** @type {any} */ (globalThis).fbq("track", "Denied"),
    );
    assert.equal(
      await manager((own) => own.consent.isGranted("marketing")),
      false,
    );
    await page.reload();
    await attached();
    assert.deepEqual(sent, []);
  });

  it("is fetched once, for two elements and a double click", async () => {
    const { page, banner, attached, noted } = await newVisit();
    await attached();
    await banner.locator("[data-action=accept]").dblclick();
    await arrived(tr("PageView"));
    await page.evaluate(() => {
      document.body.append(
        ...Array.from(document.querySelectorAll("consent-vendor"), (each) =>
          each.cloneNode(),
        ),
      );
    });
    await page.evaluate(() =>
      /** @type {any} */ (globalThis).fbq("track", "Purchase"),
    );
    await arrived(tr("Purchase"));
    assert.deepEqual(sent, [META, tr("PageView"), tr("Purchase")]);
    assert.equal(await noted("metaRuns"), 1);
  });

  it("does not run when the yes ends while its script is on its way", async () => {
    const { page, attached, accept, noted, manager } = await newVisit();
    await attached();
    hold();
    const asked = page.waitForRequest(META);
    await accept();
    await asked;
    await manager((own) => own.withdraw());
    assert.equal(await page.locator(`script[src="${META}"]`).count(), 0);
    release();
    // A script that came after it has run: so would this one have.
    await page.evaluate(
      (src) =>
        new Promise((done) => {
          const script = document.createElement("script");
          script.src = src;
          script.onload = done;
          document.head.append(script);
        }),
      "https://other.test/last.js",
    );
    assert.equal(await noted("metaRuns"), undefined);
    assert.equal(
      await page.evaluate(() => document.cookie.includes("_fbp")),
      false,
    );
  });

  it("leaves no cookie behind, and sends nothing more, once the yes is taken back", async () => {
    const { page, attached, accept, manager, cookie, noted } = await newVisit();
    await attached();
    await accept();
    await cookie("_fbp");
    await arrived(tr("PageView"));
    await manager((own) => own.withdraw());
    await cookie("_fbp", false);
    await page.evaluate(() =>
      /** @type {any} */ (globalThis).fbq("track", "Late"),
    );
    assert.deepEqual(
      (await context.cookies()).map(({ name }) => name),
      ["consent"],
    );
    assert.deepEqual(sent, [META, tr("PageView")]);
    assert.deepEqual(await noted("errors"), []);
  });

  it("that cannot be stopped goes with a new page, where the site says so", async () => {
    const { page, attached, accept, manager, cookie } = await newVisit("/snap");
    await attached("snaptr");
    await accept();
    await cookie("_scid");
    const loaded = page.waitForEvent("load");
    await manager((own) => void own.withdraw());
    await loaded;
    await attached("snaptr");
    await cookie("_scid", false);
    assert.deepEqual(sent, [SNAP]);
  });

  it("runs again on the next page of a visitor who said yes", async () => {
    const { page, attached, accept } = await newVisit();
    await attached();
    await accept();
    await arrived(tr("PageView"));
    sent = [];
    await page.reload();
    await arrived(tr("PageView"));
    assert.deepEqual(sent, [META, tr("PageView")]);
  });

  it("tells the page, at its manager, of what cannot be removed", async () => {
    const { page, attached, accept, manager, cookie, noted } = await newVisit();
    await attached();
    await accept();
    await cookie("_fbp");
    // Something in the page that writes it again, whatever removes it.
    await page.evaluate(() => {
      setInterval(() => {
        document.cookie = "_fbp=back; Path=/";
      }, 20);
    });
    await manager((own) => own.withdraw());
    await page.waitForFunction(
      () => /** @type {any} */ (globalThis).leftovers.length,
    );
    assert.deepEqual(await noted("leftovers"), [
      [{ kind: "cookies", name: "_fbp", reason: "rewritten" }],
    ]);
  });

  it("may be Google's, with its own default before it and nothing of it before a yes", async () => {
    const { page, attached, accept } = await newVisit("/google");
    await attached("gtag");
    const layer = () =>
      page.evaluate(() =>
        /** @type {any} */ (globalThis).dataLayer.map(
          (/** @type {any} */ entry) =>
            Array.from(entry, (part) => JSON.stringify(part)).join(" "),
        ),
      );
    const first = await layer();
    assert.match(
      first[0],
      /^"consent" "default" \{.*"analytics_storage":"denied"/,
    );
    assert.deepEqual(sent, []);
    await accept();
    await arrived(GTAG);
    await page.waitForFunction(() =>
      /** @type {any} */ (globalThis).dataLayer.some(
        (/** @type {any} */ entry) => entry[0] === "config",
      ),
    );
    const [update, js, config, ...more] = (await layer()).slice(first.length);
    assert.match(
      update,
      /^"consent" "update" \{.*"analytics_storage":"granted"/,
    );
    assert.match(js, /^"js"/);
    assert.equal(config, `"config" "G-1" {"send_page_view":false}`);
    assert.deepEqual(more, []);
    assert.deepEqual(sent, [GTAG]);
  });

  it("of an unknown name is told of once, and the others work", async () => {
    const { attached, accept, noted } = await newVisit("/unknown");
    await attached();
    await accept();
    await arrived(tr("PageView"));
    const errors = await noted("errors");
    assert.equal(errors.length, 1);
    assert.match(
      errors[0],
      /name of <consent-vendor> is "mata"; write .*meta or microsoft-uet/,
    );
  });
});
