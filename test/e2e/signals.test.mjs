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

before(async () => {
  browser = await launch();
  collector = await startCollector();
  const { url: endpoint } = collector;
  const asked = { endpoint, attributes: `tracker-purpose="marketing"` };
  site = await startSite({
    "/eu": tag({ ...asked, body: "<consent-trigger></consent-trigger>" }),
    "/us": tag({
      endpoint,
      attributes: `tracker-purpose="marketing" region="us-ca"`,
      body: "<consent-trigger></consent-trigger>",
    }),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await collector?.close();
});
beforeEach(async () => {
  collector.clear();
  site.requests.length = 0;
  context = await browser.newContext();
});
afterEach(() => context.close());

const arrived = (/** @type {number} */ count) =>
  collector.waitFor(({ events }) => events.length >= count);

/** Lets the browser object, as one with Global Privacy Control does. */
const object = () =>
  context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {
      configurable: true,
      get: () => true,
    });
  });

async function open(path = "/us") {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(site.url + path);
  return { page, ...tab };
}

describe("Global Privacy Control", () => {
  it("stops what would run without an answer, before its first event, and is shown without a click", async () => {
    await object();
    const { page, track, manager } = await open();
    await track("before anything is known");
    const note = page.locator("consent-trigger [data-signal]");
    await note.waitFor();
    assert.equal(
      await note.textContent(),
      "Your browser’s opt-out signal is honoured.",
    );
    await track("after");
    assert.deepEqual(
      await manager((m) => [
        m.consent.mode,
        m.consent.isGranted("marketing"),
        m.consent.record.source,
        m.consent.record.action,
      ]),
      ["opt-out", false, "signal", "gpc"],
    );
    await page.reload();
    await note.waitFor();
    await page.goto("about:blank");
    assert.deepEqual(collector.requests, []);
  });

  it("takes back what was granted before, in the page where it is new", async () => {
    const first = await open("/eu");
    await first.accept();
    await arrived(1);
    await first.answered();
    await first.page.close();
    const sent = collector.requests.length;
    await object();
    const { page, track, stored } = await open("/eu");
    await page.locator("[data-signal]").first().waitFor();
    await track("never");
    assert.deepEqual((await stored()).local, []);
    await page.goto("about:blank");
    assert.equal(collector.requests.length, sent);
  });

  it("leaves a page without the signal as light as it was, and one with it closed where the file does not come", async () => {
    const { page } = await open("/eu");
    await page.locator("consent-banner [data-action=reject]").waitFor();
    assert.ok(!site.requests.some((path) => path.includes("late")));
    await page.close();

    await object();
    await context.route("**/late.js", (route) => route.abort());
    const closed = await context.newPage();
    const tab = visit(closed);
    const told = closed.waitForEvent("console", (message) =>
      message.text().includes("late.js"),
    );
    await tab.open(`${site.url}/us`);
    await told;
    await tab.track("never");
    assert.equal(
      await tab.manager((m) => m.consent.isGranted("marketing")),
      false,
    );
    assert.equal(await closed.title(), "A page");
    assert.deepEqual(
      [(await tab.stored()).local, collector.requests],
      [[], []],
    );
  });
});

describe("a region", () => {
  it("lets run until a no what its law lets run, and a no ends it", async () => {
    const { track, manager, stored } = await open();
    await track("one");
    await arrived(1);
    assert.deepEqual(
      collector.events.map(({ name }) => name),
      ["one"],
    );
    await manager((m) => m.denyAll());
    assert.deepEqual((await stored()).local, []);
  });
});
