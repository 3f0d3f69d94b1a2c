import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  nodeHandler,
  receiptsHandler,
  recordHandler,
} from "../../dist/server.js";
import { launch } from "../support/browser.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const WEEK = 7 * 86_400;

const page = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A page</title>
  <script type="importmap">{ "imports": { "js-cookie": "/node_modules/js-cookie/dist/js.cookie.mjs" } }</script>
  <script type="module">
    import { createConsent, serverStorage } from "/dist/index.js";
    import { keepReceipts } from "/dist/gate.js";
    const consent = createConsent({
      storage: serverStorage({ endpoint: "/consent" }),
    });
    const receipts = keepReceipts({
      consent,
      endpoint: "/consent-receipts",
      shown: () => ({
        locale: "en",
        texts: { question: "May we count?", yes: "Accept all", no: "Reject all" },
        purposes: ["analytics"],
        services: [],
      }),
    });
    Object.assign(window, { consent, receipts });
  </script>
</html>`;

/** The drop-in tag alone, as a site pastes it. */
const tagged = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A page</title>
  <script type="module" src="/dist/cdn/auto.js"></script>
  <consent-manager receipts="/consent-receipts">
    <consent-purpose name="analytics"></consent-purpose>
  </consent-manager>
</html>`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startShop>>} */
let shop;

/** A shop whose server takes receipts and sets the record's cookie. */
async function startShop() {
  /** @type {any[]} */
  const receipts = [];
  /** Paths of what was posted. @type {string[]} */
  const posts = [];
  /** What is down, by path. @type {Set<string>} */
  const down = new Set();
  /** What waits to be answered, while `isHolding`. @type {(() => void)[]} */
  const held = [];
  const state = { isHolding: false };
  const handlers = {
    "/consent": nodeHandler(recordHandler()),
    "/consent-receipts": nodeHandler(
      receiptsHandler({ save: (receipt) => receipts.push(receipt) }),
    ),
  };
  const server = createServer((request, response) => {
    const { url: path = "/", method } = request;
    if (method === "POST") posts.push(path);
    if (down.has(path)) response.writeHead(503).end();
    else if (path in handlers) {
      const handle = handlers[/** @type {keyof handlers} */ (path)];
      const answer = () => void handle(request, response);
      if (state.isHolding) held.push(answer);
      else answer();
    } else if (/^\/(dist|node_modules)\/[\w./-]+\.m?js$/.test(path)) {
      response.writeHead(200, { "content-type": "text/javascript" });
      createReadStream(root + path).pipe(response);
    } else {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(path === "/tag" ? tagged : page);
    }
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    url: `http://127.0.0.1:${port}`,
    receipts,
    posts,
    down,
    held,
    state,
    close: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}

/** Opens a page of the shop, and waits until the library runs. */
async function open() {
  const tab = await context.newPage();
  await tab.goto(shop.url);
  await tab.waitForFunction(() => "receipts" in window);
  return tab;
}

/** Decides in `tab`. @param {import("playwright-core").Page} tab @param {"grantAll" | "denyAll"} verb */
const decide = (tab, verb) =>
  tab.evaluate((name) => {
    /** @type {any} */ (window).consent[name]({ source: "user" });
  }, verb);

/** Waits until everything was acknowledged. @param {import("playwright-core").Page} tab */
const settled = (tab) =>
  tab.waitForFunction(() => {
    const text = localStorage.getItem("consent-receipts");
    return text && !JSON.parse(text).unsent.length;
  });

/** Waits until the server has confirmed the record. @param {import("playwright-core").Page} tab */
const confirmed = (tab) =>
  tab.waitForFunction(
    () =>
      document.cookie.includes("consent=") &&
      !document.cookie.includes("consent-new="),
  );

const cookies = async () =>
  (await context.cookies()).map(({ name, value, expires }) => ({
    name,
    answer: /analytics=(\w+)/.exec(value)?.[1],
    isLong: expires - Date.now() / 1000 > WEEK + 60,
  }));

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  shop = await startShop();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await shop.close();
});

describe("receipts", () => {
  it("of the drop-in tag arrive with the hash of the texts that the banner shows", async () => {
    const tab = await context.newPage();
    await tab.goto(`${shop.url}/tag`);
    await tab.evaluate(() => {
      document.addEventListener("consent-receipt", (event) => {
        Object.assign(window, {
          told: /** @type {any} */ (event).receipt,
        });
      });
    });
    await tab.locator("consent-banner [data-action=reject]").click();
    await settled(tab);
    const [receipt] = shop.receipts;
    assert.deepEqual(
      [receipt.action, receipt.source, receipt.locale, receipt.purposes],
      ["deny-all", "user", "en", { analytics: "denied" }],
    );
    assert.deepEqual(
      await tab.evaluate(() => /** @type {any} */ (window).told),
      receipt,
    );
    const { text } = await tab.evaluate(async () => {
      const { receipts } = /** @type {any} */ (
        document.querySelector("consent-manager")
      );
      return receipts.shown();
    });
    assert.match(text, /Reject all/);
    assert.equal(
      receipt.textHash,
      createHash("sha256").update(text).digest("hex"),
    );
    assert.equal(shop.receipts.length, 1);
  });

  it("arrive at the site's own server, linked, with the hash of what was shown", async () => {
    const tab = await open();
    assert.deepEqual(shop.posts, []);
    await decide(tab, "grantAll");
    await decide(tab, "denyAll");
    await settled(tab);
    const text = await tab.evaluate(
      async () => (await /** @type {any} */ (window).receipts.shown()).text,
    );
    const hash = createHash("sha256").update(text).digest("hex");
    const [one, two] = shop.receipts;
    assert.deepEqual(
      shop.receipts.map(({ action, purposes, textHash, previousId }) => [
        action,
        purposes.analytics,
        textHash,
        previousId,
      ]),
      [
        ["grant-all", "granted", hash, null],
        ["deny-all", "denied", hash, one.id],
      ],
    );
    assert.equal(one.consentId, two.consentId);
  });

  it("that did not arrive are sent by the next page, once, and the decision stood all the while", async () => {
    shop.down.add("/consent-receipts");
    const first = await open();
    const refused = first.waitForResponse("**/consent-receipts");
    await decide(first, "denyAll");
    await refused;
    await first.close();
    shop.down.clear();

    const second = await open();
    await settled(second);
    const answer = await second.evaluate(() =>
      /** @type {any} */ (window).consent.get("analytics"),
    );
    await second.close();
    const third = await open();
    await settled(third);
    // The locks are given in turn: what the third page would send is sent before this is run.
    await third.evaluate(() =>
      navigator.locks.request("consent-receipts", () => {}),
    );
    assert.deepEqual(
      [
        answer,
        shop.posts.filter((path) => path === "/consent-receipts").length,
        shop.receipts.length,
      ],
      ["denied", 2, 1],
    );
  });

  it("are sent by one of two tabs", async () => {
    shop.down.add("/consent-receipts");
    const first = await open();
    const refused = first.waitForResponse("**/consent-receipts");
    await decide(first, "denyAll");
    await refused;
    await first.close();
    shop.down.clear();
    shop.posts.length = 0;

    const tabs = await Promise.all([open(), open()]);
    for (const tab of tabs) {
      await settled(tab);
      await tab.evaluate(() =>
        navigator.locks.request("consent-receipts", () => {}),
      );
    }
    assert.deepEqual(
      shop.posts.filter((path) => path === "/consent-receipts"),
      ["/consent-receipts"],
    );
  });
});

describe("a record that the server sets too", () => {
  beforeEach(() =>
    // As Safari does it: what a script writes lives for seven days.
    context.addInitScript((week) => {
      const jar = /** @type {PropertyDescriptor} */ (
        Object.getOwnPropertyDescriptor(Document.prototype, "cookie")
      );
      Object.defineProperty(Document.prototype, "cookie", {
        ...jar,
        set(/** @type {string} */ line) {
          const given = Date.parse(/expires=([^;]*)/i.exec(line)?.[1] ?? "");
          const capped = Math.min(given, Date.now() + week * 1000);
          jar.set?.call(
            this,
            line.replace(
              /expires=[^;]*/i,
              `expires=${new Date(capped).toUTCString()}`,
            ),
          );
        },
      });
    }, WEEK),
  );

  it("outlives the seven days, and the next page finds it", async () => {
    const tab = await open();
    await decide(tab, "denyAll");
    await confirmed(tab);
    assert.deepEqual(await cookies(), [
      { name: "consent", answer: "denied", isLong: true },
    ]);
    const next = await open();
    const found = await next.evaluate(() => {
      const { record, needsChoice } = /** @type {any} */ (window).consent;
      return [record.choices.analytics, needsChoice];
    });
    assert.deepEqual(found, ["denied", false]);
  });

  it("is there at once, for seven days, while the server is down, and is made to last by the next page", async () => {
    shop.down.add("/consent");
    const tab = await open();
    const refused = tab.waitForResponse("**/consent");
    await decide(tab, "denyAll");
    assert.deepEqual(await cookies(), [
      { name: "consent-new", answer: "denied", isLong: false },
      { name: "consent", answer: "denied", isLong: false },
    ]);
    await refused;
    shop.down.clear();
    await confirmed(await open());
    assert.deepEqual(await cookies(), [
      { name: "consent", answer: "denied", isLong: true },
    ]);
  });

  it("stays a no when the server answers an earlier yes late", async () => {
    const tab = await open();
    shop.state.isHolding = true;
    const asked = tab.waitForRequest("**/consent");
    await decide(tab, "grantAll");
    await asked;
    await decide(tab, "denyAll");
    shop.state.isHolding = false;
    for (const answer of shop.held.splice(0)) answer();
    await confirmed(tab);
    assert.deepEqual(
      [
        await tab.evaluate(() =>
          /** @type {any} */ (window).consent.isGranted("analytics"),
        ),
        await cookies(),
      ],
      [false, [{ name: "consent", answer: "denied", isLong: true }]],
    );
  });
});
