import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

const rule = (/** @type {string} */ name) =>
  JSON.parse(
    readFileSync(
      new URL(`../../src/rules/${name}.json`, import.meta.url),
      "utf8",
    ),
  );
const autoconsentRule = rule("autoconsent");
const consentOMaticRules = rule("consent-o-matic");

const LAYOUTS = ["bar", "top", "box", "box-start", "card", "inline", "modal"];
const PATHS = [...LAYOUTS.map((layout) => `/${layout}`), "/own"];
const DENIED = { analytics: "denied", marketing: "denied" };
const GRANTED = { analytics: "granted", marketing: "granted" };

/** A banner whose text and buttons are the page's own. */
const own = `<consent-banner>
  <span slot="heading">Cookies on this site</span>
  <span slot="text">We use cookies for statistics and for advertising.</span>
  <button slot="accept">Accept all</button>
  <button slot="reject">Reject all</button>
  <button slot="preferences">Preferences</button>
</consent-banner>`;

const tag = (attributes = "", inner = "") => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    <style>
      /* As the README has it: what stands inside is not to be seen, nor pressed, before there is somebody to hear it. */
      consent-manager:not(:defined) {
        display: none;
      }
    </style>
    <script type="module" src="/lib/auto.js"></script>
  </head>
  <body>
    <consent-manager ${attributes}>
      <consent-purpose name="necessary" required></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
      ${inner}
    </consent-manager>
    <h1>A page</h1>
  </body>
</html>`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

before(async () => {
  browser = await launch();
  site = await startSite({
    ...Object.fromEntries(
      LAYOUTS.map((layout) => [`/${layout}`, tag(`banner-layout="${layout}"`)]),
    ),
    "/own": tag("", own),
    "/autoconsent.js": {
      html: readFileSync(
        fileURLToPath(import.meta.resolve("@duckduckgo/autoconsent")),
        "utf8",
      ),
      headers: { "content-type": "text/javascript" },
    },
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function open(path = "/bar") {
  const page = await context.newPage();
  const tab = visit(page);
  await tab.open(site.url + path);
  return {
    page,
    ...tab,
    /** What was decided, and by whom. */
    decision: () =>
      tab.manager(
        ({ consent: { record } }) => record && [record.source, record.choices],
      ),
  };
}

/**
 * Runs autoconsent in `page`, with `rules` and nothing else to go by. Returns what it found and did.
 *
 * @param {import("playwright-core").Page} page
 * @param {object} config
 * @param {object[]} rules
 */
const autoconsent = (page, config, rules = []) =>
  page.evaluate(
    async (given) => {
      const { default: AutoConsent } = await import(
        // A variable, since the address is the site's and no file of ours.
        given.address
      );
      return new Promise((resolve) => {
        const ends = new Set([
          "done",
          "optOutFailed",
          "optInFailed",
          "nothingDetected",
        ]);
        const consent = new AutoConsent(async (/** @type {any} */ message) => {
          const { lifecycle, detectedCmps, clicks } = message.state ?? {};
          if (ends.has(lifecycle)) resolve([lifecycle, detectedCmps, clicks]);
        });
        consent.initialize(given.config, { autoconsent: given.rules });
      });
    },
    {
      address: "/autoconsent.js",
      // The heuristics have their turn at every second try.
      config: { detectRetries: 1, ...config },
      rules,
    },
  );

const optOut = (/** @type {import("playwright-core").Page} */ page) =>
  autoconsent(page, { autoAction: "optOut" }, [autoconsentRule]);

/**
 * Consent-O-Matic's way through a rule, as far as ours goes: from `document` to `parent` to `target`, into the shadow
 * root of what it has found, and clicks of its own making.
 *
 * @param {import("playwright-core").Page} page
 * @param {Record<string, boolean>} wishes Its categories, by letter.
 */
const consentOMatic = (page, wishes) =>
  page.evaluate(
    async ({ rules, wanted }) => {
      /** @typedef {{ selector: string, displayFilter?: boolean }} Selection */
      const select = (
        /** @type {ParentNode | HTMLElement} */ top,
        /** @type {Selection} */ { selector, displayFilter },
      ) =>
        Array.from(
          /** @type {NodeListOf<HTMLElement>} */ (
            /** @type {HTMLElement} */ (top.shadowRoot ?? top).querySelectorAll(
              selector,
            )
          ),
        ).find(
          ({ offsetHeight }) =>
            displayFilter === undefined || displayFilter === offsetHeight > 0,
        );
      const find = (/** @type {any} */ { parent, target }) => {
        const top = parent ? select(document, parent) : document;
        return top && select(top, target);
      };
      const wait = (/** @type {number} */ ms) =>
        new Promise((done) => {
          setTimeout(done, ms);
        });
      /** @param {any} action */
      const act = async (action) => {
        const { type } = action;
        if (type === "click") find(action)?.click();
        else if (type === "ifallowall")
          await act(
            Object.values(wanted).every(Boolean)
              ? action.trueAction
              : action.falseAction,
          );
        else if (type === "waitcss")
          for (
            let left = 10;
            left && !find(action) !== !!action.negated;
            left--
          )
            await wait(250);
        else throw new Error(`The rule's action "${type}" is not known here.`);
      };
      const { detectors, methods } = rules["consent-elements"];
      const does = (/** @type {string} */ matchers) =>
        detectors.some((/** @type {any} */ detector) =>
          detector[matchers].every(find),
        );
      // It looks for a banner five seconds long, and then another moment for it to show.
      for (let left = 20; left && !does("presentMatcher"); left--)
        await wait(250);
      for (let left = 5; left && !does("showingMatcher"); left--)
        await wait(250);
      if (!does("showingMatcher")) return "nothing to do";
      for (const name of ["OPEN_OPTIONS", "DO_CONSENT", "SAVE_CONSENT"])
        for (const method of methods)
          if (method.name === name) await act(method.action);
      return does("showingMatcher") ? "failed" : "done";
    },
    { rules: consentOMaticRules, wanted: wishes },
  );

describe("autoconsent", () => {
  it("rejects, without any rule, where the text and the buttons are slotted", async () => {
    const { page, banner, decision } = await open("/own");
    await banner.waitFor();
    assert.deepEqual(await autoconsent(page, { heuristicMode: "reject" }), [
      "done",
      ["HEURISTIC-REJECT"],
      1,
    ]);
    assert.deepEqual(await decision(), ["user", DENIED]);
    await banner.waitFor({ state: "hidden" });
  });

  for (const path of PATHS)
    it(`rejects by the rule (${path})`, async () => {
      const { page, banner, decision } = await open(path);
      await banner.waitFor({ state: "attached" });
      assert.deepEqual(await optOut(page), ["done", ["consent-elements"], 1]);
      assert.deepEqual(await decision(), ["user", DENIED]);
    });

  it("has nothing to do by the rule on the next page", async () => {
    const { page, reject, decision } = await open();
    await reject();
    await page.reload();
    assert.deepEqual(await decision(), ["user", DENIED]);
    assert.deepEqual(await optOut(page), ["nothingDetected", [], 0]);
  });

  it("accepts by the rule where a visitor has told it to", async () => {
    const { page, banner, decision } = await open();
    await banner.waitFor();
    assert.deepEqual(
      await autoconsent(page, { autoAction: "optIn" }, [autoconsentRule]),
      ["done", ["consent-elements"], 1],
    );
    assert.deepEqual(await decision(), ["user", GRANTED]);
  });
});

describe("Consent-O-Matic", () => {
  for (const path of PATHS)
    it(`rejects by the rule where a visitor wants less than everything (${path})`, async () => {
      const { page, decision } = await open(path);
      const wishes = { D: true, A: true, B: false, E: false, F: false };
      assert.equal(await consentOMatic(page, wishes), "done");
      assert.deepEqual(await decision(), ["user", DENIED]);
    });

  it("has nothing to do on the next page, also where the banner stands in the page's own markup", async () => {
    const { page, banner, decision } = await open("/own");
    await banner.locator("[slot=reject]").click();
    await page.reload();
    assert.deepEqual(await decision(), ["user", DENIED]);
    assert.equal(await consentOMatic(page, { D: false }), "nothing to do");
  });

  it("accepts by the rule where a visitor wants everything", async () => {
    const { page, decision } = await open();
    const wishes = { D: true, A: true, B: true, E: true, F: true, X: true };
    assert.equal(await consentOMatic(page, wishes), "done");
    assert.deepEqual(await decision(), ["user", GRANTED]);
  });
});

describe("a button", () => {
  for (const [path, selector] of [
    ["/bar", "[data-action=reject]"],
    ["/own", "[slot=reject]"],
  ])
    it(`works from the first moment that it can be seen, pressed by a script (${path})`, async () => {
      await context.addInitScript((wanted) => {
        const look = () => {
          const banner = document.querySelector("consent-banner");
          const found =
            banner?.querySelector(wanted) ??
            banner?.shadowRoot?.querySelector(wanted);
          if (found?.checkVisibility())
            found.dispatchEvent(new MouseEvent("click", { bubbles: true }));
          else requestAnimationFrame(look);
        };
        look();
      }, selector);
      const { page, decision } = await open(path);
      await page.waitForFunction(
        () =>
          /** @type {any} */ (document.querySelector("consent-manager")).consent
            .record,
      );
      assert.deepEqual(await decision(), ["user", DENIED]);
    });
});
