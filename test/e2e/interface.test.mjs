import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch } from "../support/browser.mjs";
import { page as tag, startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

const classic = `<script src="/lib/consent-elements.global.js"></script>`;
const german = (/** @type {string} */ html) =>
  html.replace('lang="en"', 'lang="de-AT"');

before(async () => {
  browser = await launch();
  site = await startSite({
    "/": tag({}),
    "/german": german(tag({})),
    "/german-classic": german(tag({ script: classic })),
    "/footer": tag({ body: "<consent-trigger></consent-trigger>" }),
    "/pale": tag({
      head: "<style>consent-banner { --consent-color-accent: #eee; --consent-color-on-accent: #fff }</style>",
    }),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  site.requests.length = 0;
});
afterEach(() => context.close());

/** Opens a page and waits for its banner. */
async function asked(path = "/", host = site.url) {
  const page = await context.newPage();
  /** @type {string[]} */
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  const tab = visit(page);
  await tab.open(`${host}${path}`);
  await tab.banner.locator("[data-action=reject]").waitFor();
  return { page, told, ...tab };
}

/** The files of the library that were asked for, without the version in their names. */
const files = () =>
  site.requests
    .filter((path) => path.startsWith("/lib/"))
    .map((path) => path.replace(/^\/lib\/|-[\d.]+(?=\.js)/g, ""))
    .toSorted();

describe("what a page fetches", () => {
  it("is English words along with the banner, and no other language", async () => {
    await asked();
    assert.deepEqual(files(), [
      "auto.js",
      "chunks/interface.js",
      "chunks/locales.js",
    ]);
  });

  it("is the one language that it is written in", async () => {
    const { banner } = await asked("/german");
    assert.deepEqual(
      files().filter((file) => file.startsWith("locales/")),
      ["locales/de.js"],
    );
    assert.equal(
      await banner.locator("[data-action=reject]").innerText(),
      "Alle ablehnen",
    );
  });

  it("is that language for the classic script too, from beside it", async () => {
    const { banner } = await asked("/german-classic");
    assert.deepEqual(files(), ["consent-elements.global.js", "locales/de.js"]);
    assert.equal(
      await banner.locator("[data-action=reject]").innerText(),
      "Alle ablehnen",
    );
  });

  it("is no interface on a returning visit, also with a trigger in the footer", async () => {
    const { reject, page } = await asked();
    await reject();
    site.requests.length = 0;
    await page.goto(`${site.url}/footer`);
    await page.getByRole("button", { name: "Privacy choices" }).waitFor();
    assert.deepEqual(files(), [
      "auto.js",
      "chunks/locales.js",
      "chunks/trigger.js",
    ]);
  });
});

describe("a developer's console", () => {
  it("tells of what a visitor could not read, and fetches nothing for it elsewhere", async () => {
    const host = `http://shop.test:${site.port}`;
    const { page, told } = await asked("/pale", host);
    if (!told.some((text) => /contrast/.test(text)))
      await page.waitForEvent("console", (message) =>
        /contrast/.test(message.text()),
      );
    assert.match(told.join("\n"), /<consent-banner>.*accept.*contrast/s);

    site.requests.length = 0;
    const elsewhere = await asked("/pale");
    await elsewhere.page.waitForLoadState("networkidle");
    assert.deepEqual(
      [files().filter((file) => /developer/.test(file)), elsewhere.told],
      [[], []],
    );
  });
});
