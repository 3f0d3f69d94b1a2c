import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "vite";
import { launch } from "../browser.mjs";

/**
 * @typedef {{ url: string, body: string }} Sent One request to somebody else than the site.
 * @typedef {Awaited<ReturnType<Awaited<ReturnType<typeof startStage>>["visitor"]>>} Visitor
 */

/** What most SDKs know a visitor by. */
export const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;

const SITE = "https://www.shop.test";

const HTML = `<!doctype html>
<html lang="en">
  <head><title>A page</title><link rel="icon" href="data:," /></head>
  <body>
    <h1>A page</h1>
    <script type="module" src="/lab.js"></script>
  </body>
</html>`;

/**
 * Bundles the page script of one vendor, with its real SDK and the library in it.
 *
 * @param {string} vendor A file beside this one.
 */
async function bundle(vendor) {
  const output = /** @type {any} */ (
    await build({
      configFile: false,
      logLevel: "error",
      define: { "process.env.NODE_ENV": '"production"' },
      build: {
        write: false,
        minify: false,
        target: "es2022",
        lib: {
          entry: fileURLToPath(new URL(`${vendor}.ts`, import.meta.url)),
          formats: ["es"],
          fileName: "lab",
        },
      },
    })
  );
  return new Map(
    [output]
      .flat()[0]
      .output.map((/** @type {any} */ file) => [
        `/${file.fileName}`,
        file.code,
      ]),
  );
}

/** Runs in each page before its scripts: writes down every name that a script stores something under. */
function watchWrites() {
  /** @type {string[]} */
  const writes = [];
  Object.assign(globalThis, { writes });
  const cookie = /** @type {PropertyDescriptor} */ (
    Object.getOwnPropertyDescriptor(Document.prototype, "cookie")
  );
  Object.defineProperty(document, "cookie", {
    get: () => cookie.get?.call(document),
    set(text) {
      writes.push(`cookie ${text.split("=")[0]}`);
      // The browser ends cookies by its own clock, which is not the page's.
      const inThatTime = text.replace(
        /expires=([^;]+)/i,
        (/** @type {string} */ given, /** @type {string} */ date) => {
          const left = Math.round((Date.parse(date) - Date.now()) / 1000);
          return isNaN(left) ? given : `max-age=${left}`;
        },
      );
      cookie.set?.call(document, inThatTime);
    },
  });
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, value) {
    writes.push(`storage ${name}`);
    setItem.call(this, name, value);
  };
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (name, version) {
    writes.push(`database ${name}`);
    return open.call(this, name, version);
  };
}

/** Tells the page that it is out of sight, which is when an SDK sends what waits. */
function hideForAMoment() {
  const state = { get: () => "hidden", configurable: true };
  Object.defineProperty(document, "visibilityState", state);
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}

/**
 * A browser for pages that run one vendor. The network ends in this process: every request is answered here, and those to
 * others than the site are written down.
 */
export async function startStage() {
  const browser = await launch();
  /** @type {Map<string, ReturnType<typeof bundle>>} */
  const bundles = new Map();
  return {
    close: () => browser.close(),
    /**
     * A fresh visitor of a site that uses `vendor`.
     *
     * @param {string} vendor
     * @param {object} [how]
     * @param {(url: URL) => { body: string, contentType?: string } | undefined} [how.answer] What others than the site say. Default: `{}`.
     * @param {boolean} [how.isRealTime] Whether timers are the browser's own, for an SDK that compares them with other times.
     */
    async visitor(vendor, { answer, isRealTime } = {}) {
      if (!bundles.has(vendor)) bundles.set(vendor, bundle(vendor));
      const files = /** @type {Map<string, string>} */ (
        await bundles.get(vendor)
      );
      const context = await browser.newContext({
        // Some vendors do not count robots.
        userAgent:
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
      });
      if (!isRealTime) await context.clock.install();
      await context.addInitScript(watchWrites);
      /** @type {Sent[]} */
      const sent = [];
      /** @type {string[]} */
      const errors = [];
      await context.route("**", (route) => {
        const request = route.request();
        const url = new URL(request.url());
        if (url.origin === SITE) {
          const code = files.get(url.pathname);
          return route.fulfill({
            contentType: code ? "text/javascript" : "text/html",
            body: code ?? HTML,
          });
        }
        if (request.method() !== "OPTIONS")
          sent.push({
            url: url.origin + url.pathname,
            body: decode(request.postDataBuffer()),
          });
        return route.fulfill({
          contentType: "application/json",
          headers: {
            "access-control-allow-origin": SITE,
            "access-control-allow-headers": "authorization, content-type, *",
            "access-control-allow-credentials": "true",
          },
          ...(answer?.(url) ?? { body: "{}" }),
        });
      });
      const page = await context.newPage();
      page.on("pageerror", ({ message }) => errors.push(message));

      const arrive = async () => {
        await page.waitForFunction(() => "lab" in globalThis);
      };

      return {
        page,
        /** Messages of what a page threw and nobody caught, and of what `consent-error` told. */
        errors: async () => [
          ...errors,
          ...(await page.evaluate(
            () => /** @type {any} */ (globalThis).lab.errors,
          )),
        ],
        async open() {
          await page.goto(`${SITE}/shoes?size=42`);
          await arrive();
        },
        async reload() {
          await page.reload();
          await arrive();
        },
        /**
         * Does things in one task: `grant`, `withdraw`, or an event of that name.
         *
         * @param {string[]} steps
         */
        do: (...steps) =>
          page.evaluate((names) => {
            const { lab } = /** @type {any} */ (globalThis);
            for (const name of names) (lab[name] ?? lab.use)(name);
          }, steps),
        /** Lets time go by with all timers that fall into it, and what they set off arrive. */
        async pass(ms = 10_000) {
          for (let i = 0; i < 10; i++) {
            if (isRealTime) await page.evaluate(hideForAMoment);
            else await page.clock.runFor(ms / 10);
            await page.evaluate(() => fetch("/turn").then((r) => r.text()));
          }
        },
        /** Lets time go by until somebody has heard of `event`, or ought to have. */
        async hears(/** @type {string} */ event) {
          const deadline = Date.now() + 10_000;
          do await this.pass();
          while (
            !sent.some(({ body }) => body.includes(event)) &&
            Date.now() < deadline
          );
        },
        /** What was sent to others than the site since this was asked last. */
        sent: () => sent.splice(0),
        /** Names that scripts of this page have stored something under, without the library's own. */
        writes: async () =>
          (
            await page.evaluate(() =>
              /** @type {any} */ (globalThis).writes.splice(0),
            )
          ).filter((/** @type {string} */ name) => name !== "cookie consent"),
        /** What is stored now, without the library's own. A UUID in a name shows as `ID`. */
        async stored() {
          const cookies = (await context.cookies()).map(
            ({ name, domain }) => `cookie ${name} ${domain}`,
          );
          const others = await page.evaluate(async () => [
            ...Object.keys(localStorage).map((name) => `local ${name}`),
            ...Object.keys(sessionStorage).map((name) => `session ${name}`),
            ...(await indexedDB.databases()).map(
              ({ name }) => `database ${name}`,
            ),
            ...(await caches.keys()).map((name) => `cache ${name}`),
          ]);
          return [...cookies, ...others]
            .filter((name) => !name.startsWith("cookie consent "))
            .map((name) => name.replace(UUID, "ID"))
            .toSorted();
        },
        /** Waits until the SDK has taken an answer in, where it takes a moment. */
        follows: (/** @type {boolean} */ isYes) =>
          page.waitForFunction((wanted) => {
            const { lab } = /** @type {any} */ (globalThis);
            return (lab.isRunning() ?? wanted) === wanted;
          }, isYes),
        /**
         * Waits until that and no more is stored. By the browser's own time it takes a moment until what was removed is looked at again.
         *
         * @param {readonly string[]} names
         */
        async storesOnly(names) {
          const deadline = Date.now() + 5000;
          while (`${await this.stored()}` !== `${names}`)
            if (Date.now() > deadline) return this.stored();
          return names;
        },
        close: () => context.close(),
      };
    },
  };
}

/** @param {Buffer | null} body */
function decode(body) {
  const isPacked = body?.[0] === 0x1f && body[1] === 0x8b;
  const text = `${(isPacked ? gunzipSync(body) : body) ?? ""}`;
  // Forms and queries, as far as they can be read.
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
