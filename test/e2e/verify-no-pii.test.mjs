import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startCollector } from "../../collector/collector.mjs";
import { assertNoLeaks, findLeaks } from "../../dist/testing.js";
import { launch } from "../support/browser.mjs";
import { page as tag, startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;
const folder = mkdtempSync(join(tmpdir(), "verify-no-pii-"));

before(async () => {
  browser = await launch();
  collector = await startCollector();
  const attributes = 'before-choice="anonymous"';
  site = await startSite({
    "/": tag({ endpoint: collector.url, attributes }),
    "/held": tag({ endpoint: collector.url }),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await collector?.close();
  rmSync(folder, { recursive: true });
});

/**
 * A visit that is recorded as a HAR file.
 *
 * @param {string} path
 * @param {(tab: ReturnType<typeof visit>) => Promise<unknown>} body
 */
async function record(path, body) {
  collector.clear();
  const har = join(folder, "visit.har");
  const context = await browser.newContext({ recordHar: { path: har } });
  /** What has no answer yet: it would be missing in the file, or be sent again as the page goes. */
  const underWay = new Set();
  context.on("request", (request) => underWay.add(request));
  for (const end of /** @type {const} */ (["requestfinished", "requestfailed"]))
    context.on(end, (request) => underWay.delete(request));
  const page = await context.newPage();
  // The site has a cookie of its own, and a visitor who came by a link that names them.
  await context.addCookies([
    { name: "basket", value: "7", url: collector.url },
  ]);
  const tab = visit(page);
  await tab.open(`${site.url}${path}?email=ada@shop.test#top`);
  await body(tab);
  while (underWay.size) await new Promise((done) => setTimeout(done, 20));
  // The page has heard of it, too.
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  // Written when the context is closed.
  await context.close();
  return JSON.parse(readFileSync(har, "utf8"));
}

/** @param {string} name */
const arrived = (name) =>
  collector.waitFor(({ events }) =>
    events.some((event) => event.name === name),
  );

describe("a recorded visit", () => {
  const known = ["ada@shop.test"];

  it("has no leak before a choice, by the browser's record and by the collector's", async () => {
    const har = await record("/", async (tab) => {
      await tab.track("Looked");
      await arrived("Looked");
    });
    const options = /** @type {const} */ ({ level: "anonymous", known });
    assert.equal(assertNoLeaks(har, options).events, 1);
    assert.equal(assertNoLeaks(collector.requests, options).events, 1);
  });

  it("has no request at all where events wait for a choice, or for ever", async () => {
    const har = await record("/held", async (tab) => {
      await tab.track("Looked");
      await tab.reject();
    });
    const endpoint = collector.url;
    assertNoLeaks(har, { level: "off", endpoint });
    // It did see the visit: the page is in it.
    assert.ok(findLeaks(har, { level: "off", endpoint: site.url }).leaks[0]);
  });

  it("is found out after a yes", async () => {
    const har = await record("/", async (tab) => {
      await tab.accept();
      await arrived("$opt_in");
    });
    for (const capture of [har, collector.requests])
      assert.throws(
        () => assertNoLeaks(capture, { level: "anonymous", known }),
        /AssertionError: .*\n(?:.*\n)*event \$opt_in: \$current_url with a query or a hash/,
      );
  });
});
