import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { launch } from "../support/browser.mjs";

const SITE = "https://www.shop.test";
const SCRIPT = "https://cdn1.adoberesources.net/alloy/2.33.1/alloy.min.js";
const alloy = readFileSync(
  new URL("../../node_modules/@adobe/alloy/dist/alloy.min.js", import.meta.url),
  "utf8",
);

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let lab;

/** Bundles the page's script, with the real SDK in it. */
async function bundle() {
  const output = /** @type {any} */ (
    await build({
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        minify: false,
        target: "es2022",
        lib: {
          entry: fileURLToPath(
            new URL("../support/real-vendors/adobe-page.ts", import.meta.url),
          ),
          formats: ["iife"],
          name: "page",
        },
      },
    })
  );
  return [output].flat()[0].output[0].code;
}

before(async () => {
  lab = await bundle();
  browser = await launch();
});
after(() => browser?.close());

/** What Adobe's Edge says: who the visitor is and what they have answered, as cookies that the SDK sets. */
function edge(/** @type {any} */ body) {
  const store = (/** @type {string} */ key, /** @type {string} */ value) => ({
    key: `kndctr_ORG_AdobeOrg_${key}`,
    value,
    maxAge: 34128000,
  });
  const consent = body.consent?.[0].value.collect.val;
  return JSON.stringify({
    requestId: "1",
    handle: [
      {
        type: "state:store",
        payload: [
          store("identity", "VISITOR"),
          store("cluster", "irl1"),
          ...(consent
            ? [store("consent", `general=${consent === "y" ? "in" : "out"}`)]
            : []),
        ],
      },
    ],
  });
}

/** Runs in the page. */
const storedNames = () =>
  [
    ...document.cookie.split("; ").map((text) => text.split("=")[0]),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
  ]
    .filter((name) => name && name !== "consent")
    .toSorted();

/** A fresh visitor. Every request ends here; those to others than the site are written down. */
async function visitor(path = "/") {
  const context = await browser.newContext();
  /** @type {string[]} */
  const sent = [];
  /** @type {string[]} */
  const bodies = [];
  /** @type {string[]} */
  const errors = [];
  await context.route("**", (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.origin === SITE)
      return route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><title>A page</title><script>${lab.replaceAll("</script", "<\\/script")}</script>`,
      });
    if (request.url() === SCRIPT) {
      sent.push("script");
      return route.fulfill({ contentType: "text/javascript", body: alloy });
    }
    bodies.push(request.postData() ?? "");
    const body = JSON.parse(request.postData() ?? "{}");
    const val = body.consent?.[0].value.collect.val;
    sent.push(
      `${url.host}${url.pathname} ${val ?? body.events?.[0].xdm.eventType ?? ""}`.trim(),
    );
    return route.fulfill({
      contentType: "application/json",
      headers: {
        "access-control-allow-origin": SITE,
        "access-control-allow-credentials": "true",
      },
      body: edge(body),
    });
  });
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => errors.push(message));
  const open = () => page.goto(SITE + path);
  await open();
  return {
    page,
    sent,
    bodies,
    open,
    close: () => context.close(),
    errors: async () => [
      ...errors,
      ...(await page.evaluate(
        () => /** @type {any} */ (globalThis).lab.errors,
      )),
    ],
    decide: (/** @type {"grantAll" | "withdraw"} */ verb) =>
      page.evaluate(
        (name) => void (/** @type {any} */ (globalThis).lab.consent[name]()),
        verb,
      ),
    /** Waits until the SDK has written down the answer to its no. */
    heardNo: () =>
      page.waitForFunction(() => document.cookie.includes("general=out")),
    /** Sends an event as a site does, and waits for what the SDK says of it. */
    event: (/** @type {string} */ eventType) =>
      page.evaluate(
        (type) =>
          /** @type {any} */ (globalThis)
            .alloy("sendEvent", { xdm: { eventType: type } })
            .then((/** @type {object} */ result) => Object.keys(result)),
        eventType,
      ),
    /** Names of all that is stored beside the record. */
    stored: () => page.evaluate(storedNames),
    /** Waits until nothing but `wanted` is stored. */
    left: (/** @type {readonly string[]} */ wanted) =>
      page.waitForFunction(
        `String((${storedNames})()) === ${JSON.stringify(wanted.join())}`,
      ),
  };
}

const AFTER_YES = [
  "adobedc.demdex.net/ee/v1/privacy/set-consent y",
  "edge.adobedc.net/ee/irl1/v1/interact view",
];
// What was removed at the no is not in it: neither the region nor the visitor.
const NO = "edge.adobedc.net/ee/v1/privacy/set-consent n";
const STORED = [
  "com.adobe.alloy.ORG_AdobeOrg.consentHashes.Adobe.2.0",
  "kndctr_ORG_AdobeOrg_cluster",
  "kndctr_ORG_AdobeOrg_consent",
  "kndctr_ORG_AdobeOrg_identity",
];

describe("Adobe's real Web SDK", () => {
  for (const [how, path, script] of /** @type {const} */ ([
    ["as a module", "/", []],
    ["by its address", "/?src", ["script"]],
  ]))
    it(`${how}: nothing before a yes, and after a no nothing but the no`, async () => {
      const visit = await visitor(path);
      assert.deepEqual(await visit.event("too early"), []);
      assert.deepEqual([visit.sent, await visit.stored()], [[], []]);

      await visit.decide("grantAll");
      await visit.event("view");
      assert.deepEqual(visit.sent, [...script, ...AFTER_YES]);
      assert.deepEqual(await visit.stored(), STORED);
      assert.ok(visit.bodies.at(-1)?.includes("VISITOR"));

      await visit.decide("withdraw");
      assert.deepEqual(await visit.event("too late"), []);
      await visit.heardNo();
      assert.deepEqual(visit.sent, [...script, ...AFTER_YES, NO]);

      assert.ok(!visit.bodies.at(-1)?.includes("VISITOR"));
      // Its answer brings cookies again, which are found a second later.
      await visit.left(["kndctr_ORG_AdobeOrg_consent"]);

      await visit.open();
      assert.deepEqual(await visit.event("on the next page"), []);
      assert.deepEqual(visit.sent, [...script, ...AFTER_YES, NO]);
      assert.deepEqual(await visit.errors(), []);
      await visit.close();
    });

  it("goes on after a new yes, in the same page and in the next", async () => {
    const visit = await visitor();
    await visit.decide("grantAll");
    await visit.event("one");
    await visit.decide("withdraw");
    await visit.heardNo();
    await visit.decide("grantAll");
    await visit.event("two");
    await visit.open();
    await visit.event("three");
    assert.deepEqual(
      visit.sent.map((each) => each.split(" ")[1]),
      ["y", "one", "n", "y", "two", "three"],
    );
    assert.deepEqual(await visit.errors(), []);
    await visit.close();
  });
});
