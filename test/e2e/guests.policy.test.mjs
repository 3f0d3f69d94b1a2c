import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { puppeteerCore } from "@web/test-runner-chrome";
import { find } from "../../browsers/find.mjs";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";

const STRICT = `default-src 'none'; script-src 'self'; style-src 'none'; connect-src 'self'`;
const TRUSTED = `${STRICT}; require-trusted-types-for 'script'`;

/** Everything of ours, and what keeps an account of it from the first moment on. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    <script src="/watch.js"></script>
    <script type="module" src="/lib/auto.js"></script>
  </head>
  <body>
    <consent-manager>
      <consent-purpose name="necessary" required></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <h1>A page</h1>
    <button id="own">The page's own</button>
    <consent-trigger floating></consent-trigger>
    <consent-embed purpose="marketing" label="A map">
      <template><p id="map"></p><script src="/widget.js"></script></template>
    </consent-embed>
  </body>
</html>`;

const script = (/** @type {string} */ text) => ({
  html: text,
  headers: { "content-type": "text/javascript" },
});
const watch = script(`
  globalThis.seen = { violations: [], errors: [] };
  document.addEventListener("securitypolicyviolation", (event) => {
    // Firefox asks for it of its own accord.
    if (event.blockedURI.endsWith("/favicon.ico")) return;
    seen.violations.push([event.effectiveDirective, event.blockedURI, event.sample].join(" "));
  });
  document.addEventListener("consent-error", ({ error }) => {
    seen.errors.push(error.name);
  });
  addEventListener("error", ({ message }) => {
    seen.errors.push(message);
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    seen.errors.push(String(reason));
  });
`);

const POLICIES = {
  "/strict": STRICT,
  "/named": `${TRUSTED}; trusted-types lit-html consent-elements`,
  "/no-list": TRUSTED,
  "/without-lit": `${TRUSTED}; trusted-types consent-elements`,
  "/none": `${TRUSTED}; trusted-types 'none'`,
};

/** Runs in the page. Goes through all that there is to see, and returns what it measured. */
async function tour() {
  const frame = () =>
    new Promise((done) => {
      requestAnimationFrame(done);
    });
  /** @param {() => any} look */
  const until = async (look) => {
    for (let left = 600; left; left--) {
      const found = look();
      if (found) return found;
      await frame();
    }
    throw new Error(`never: ${look}`);
  };
  const manager = /** @type {any} */ (
    document.querySelector("consent-manager")
  );
  const banner = await until(() =>
    document.querySelector("consent-banner[open]"),
  );
  /** Whether the button is as high as it should be, and what a press at its middle reaches. */
  const press = (/** @type {Element} */ host, /** @type {string} */ action) => {
    const button = host.shadowRoot?.querySelector(`[data-action=${action}]`);
    if (!button) return "no button";
    button.scrollIntoView({ block: "center" });
    const { x, y, width, height } = button.getBoundingClientRect();
    const hit = host.shadowRoot?.elementFromPoint(
      x + width / 2,
      y + height / 2,
    );
    // While it still moves into place, its box on the screen is the design's but for rounding.
    const laidOut = Number.parseFloat(getComputedStyle(button).height);
    return `${laidOut} ${hit?.closest("button") === button}`;
  };
  /** @type {Record<string, unknown>} */
  const measured = {};
  for (const layout of ["bar", "top", "box", "card", "inline", "modal"]) {
    banner.layout = layout;
    await banner.updateComplete;
    measured[`banner ${layout}`] = [
      getComputedStyle(banner).position,
      press(banner, "accept"),
      press(banner, "reject"),
    ];
    banner.shadowRoot.querySelector("dialog")?.close();
  }
  banner.layout = "bar";
  await manager.hide();
  for (const layout of ["dialog", "side", "inline"]) {
    manager.querySelector("consent-preferences")?.remove();
    manager.setAttribute("preferences-layout", layout);
    await manager.showPreferences();
    const panel = manager.querySelector("consent-preferences");
    const { width, height } = panel.shadowRoot
      .querySelector("[role=switch]")
      .getBoundingClientRect();
    measured[`panel ${layout}`] = [
      `${width} by ${height}`,
      press(panel, "save"),
      press(panel, "reject"),
    ];
    panel.hide();
  }
  manager.querySelector("consent-preferences").remove();
  const trigger = await until(() =>
    document.querySelector("consent-trigger button:not(:empty)"),
  );
  measured.trigger = [
    getComputedStyle(trigger.parentElement).position,
    getComputedStyle(trigger).minHeight,
  ];
  const always = await until(() =>
    document.querySelector("consent-embed [data-action=show-always]"),
  );
  measured.embed = [
    getComputedStyle(always.closest("[data-embed]").parentElement).display,
    getComputedStyle(always).minHeight,
  ];
  always.click();
  await until(() => document.querySelector("#map")?.textContent);
  measured.granted = ["analytics", "marketing"].map((name) =>
    manager.consent.isGranted(name),
  );
  return measured;
}

/** Runs in the page. Waits until as much has failed as is expected, and returns what a visitor is left with. */
async function visitWithout(/** @type {number} */ expected) {
  const { seen } = /** @type {any} */ (globalThis);
  for (let left = 600; left && seen.errors.length < expected; left--)
    await new Promise((done) => {
      requestAnimationFrame(done);
    });
  const manager = /** @type {any} */ (
    document.querySelector("consent-manager")
  );
  const own = /** @type {HTMLElement} */ (document.querySelector("#own"));
  const { x, y } = own.getBoundingClientRect();
  own.focus();
  return {
    granted: manager.consent.isGranted("marketing"),
    isAnswered: !!manager.consent.record,
    banner: document.querySelector("consent-banner")?.localName ?? "none",
    isFocused: document.activeElement === own,
    isReached: document.elementFromPoint(x + 2, y + 2) === own,
    overflow: getComputedStyle(document.documentElement).overflow,
  };
}

/** What all of it measures like wherever the styles are allowed. */
const AS_DESIGNED = {
  "banner bar": ["fixed", "44 true", "44 true"],
  "banner top": ["fixed", "44 true", "44 true"],
  "banner box": ["fixed", "44 true", "44 true"],
  "banner card": ["fixed", "44 true", "44 true"],
  "banner inline": ["static", "44 true", "44 true"],
  "banner modal": ["fixed", "44 true", "44 true"],
  "panel dialog": ["52 by 30", "44 true", "44 true"],
  "panel side": ["52 by 30", "44 true", "44 true"],
  "panel inline": ["52 by 30", "44 true", "44 true"],
  trigger: ["fixed", "44px"],
  embed: ["grid", "44px"],
  granted: [false, true],
};

/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;
before(async () => {
  site = await startSite({
    ...Object.fromEntries(
      Object.entries(POLICIES).map(([path, policy]) => [
        path,
        { html: page, headers: { "content-security-policy": policy } },
      ]),
    ),
    "/watch.js": watch,
    "/widget.js": script(
      `document.getElementById("map").textContent = "A map";`,
    ),
  });
});
after(() => site?.close());

/** Each opens an address in a visit of its own. What runs in the page is all that they have in common. */
const BROWSERS = {
  Chromium: {
    isHere: true,
    async start() {
      const browser = await launch();
      return {
        close: () => browser.close(),
        async open(/** @type {string} */ url) {
          const context = await browser.newContext();
          const tab = await context.newPage();
          await tab.goto(url);
          return {
            evaluate: (/** @type {any} */ body, /** @type {any} */ given) =>
              tab.evaluate(body, given),
            close: () => context.close(),
          };
        },
      };
    },
  },
  Firefox: {
    isHere: !!firefox(),
    async start() {
      const browser = await puppeteerCore.launch({
        browser: "firefox",
        executablePath: firefox(),
        headless: true,
      });
      return {
        close: () => browser.close(),
        async open(/** @type {string} */ url) {
          const context = await browser.createBrowserContext();
          const tab = await context.newPage();
          await tab.setViewport({ width: 1280, height: 720 });
          await tab.goto(url);
          return {
            evaluate: (/** @type {any} */ body, /** @type {any} */ given) =>
              tab.evaluate(body, given),
            close: () => context.close(),
          };
        },
      };
    },
  },
};

function firefox() {
  return process.env.FIREFOX_PATH ?? find("firefox", "firefox-esr");
}

for (const [name, { isHere, start }] of Object.entries(BROWSERS))
  describe(`in ${name}`, { skip: !isHere && "it is not installed" }, () => {
    /** @type {Awaited<ReturnType<typeof start>>} */
    let browser;
    before(async () => {
      browser = await start();
    });
    after(() => browser?.close());

    for (const path of ["/strict", "/named", "/no-list"])
      it(`all of it looks and works as it should, and nothing is violated, under ${POLICIES[path]}`, async () => {
        const tab = await browser.open(site.url + path);
        assert.deepEqual(await tab.evaluate(tour), AS_DESIGNED);
        assert.deepEqual(
          await tab.evaluate(() => /** @type {any} */ (globalThis).seen),
          { violations: [], errors: [] },
        );
        await tab.close();
      });

    // Of the refused policies the browser tells by itself. The embed's is its own, so that it works without Lit.
    for (const [path, refused] of Object.entries({
      "/without-lit": ["lit-html"],
      "/none": ["consent-elements", "lit-html"],
    }))
      it(`the page works, the answer is no and each refused policy is told of once, under ${POLICIES[path]}`, async () => {
        const tab = await browser.open(site.url + path);
        assert.deepEqual(await tab.evaluate(visitWithout, refused.length), {
          granted: false,
          isAnswered: false,
          banner: "none",
          isFocused: true,
          isReached: true,
          overflow: "visible",
        });
        const { violations, errors } = await tab.evaluate(
          () => /** @type {any} */ (globalThis).seen,
        );
        assert.deepEqual(
          violations.toSorted(),
          refused.map(
            (policy) => `trusted-types trusted-types-policy ${policy}`,
          ),
        );
        assert.deepEqual(
          errors,
          refused.map(() => "TypeError"),
        );
        await tab.close();
      });
  });
