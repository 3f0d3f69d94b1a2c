import { startCollector } from "../../../collector/collector.mjs";
import { launch } from "../browser.mjs";
import { startSite } from "../site.mjs";
import { bundleLab } from "./bundle.mjs";
import { contextWithoutCookies } from "./without-cookies.mjs";

/**
 * @typedef {Awaited<ReturnType<typeof startStage>>} Stage
 * @typedef {Awaited<ReturnType<Stage["newScene"]>>} Scene
 * @typedef {Awaited<ReturnType<Scene["open"]>>} Tab
 *
 * @typedef {object} Scenario One check of the reference, to be run on any subject of the lab.
 * @property {string} id The fault's id in the reference: `a4`, `5.1`.
 * @property {string} title What is right, as a sentence about the subject.
 * @property {Record<string, string>} [not] For which subjects it is not, and why: by the words after the plus sign.
 * @property {boolean} [blocksCookies] Whether the visitor's browser is set to block all cookies.
 * @property {boolean} [needsPageCache] Whether it is about the back/forward cache, which not every build has.
 * @property {(scene: Scene) => Promise<string>} run Plays it, and says what was seen.
 * @property {(observation: string) => boolean} isFault Whether that is the fault.
 */

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body>
<a id="partner" href="http://partner.test/">Partner</a>
<script src="/lab.js"></script>
</body></html>`;

/**
 * A browser and a site whose pages run one subject of the lab. Made once for many scenes.
 *
 * @param {string} sdk `mixpanel` or `snowplow`.
 */
export async function startStage(sdk) {
  const [browser, code] = await Promise.all([launch(), bundleLab(sdk)]);
  const site = await startSite({
    "/": html,
    "/next": html,
    "/elsewhere": "<!doctype html><title>Elsewhere</title>",
    "/lab.js": { html: code, headers: { "content-type": "text/javascript" } },
  });

  return {
    /**
     * A fresh visitor.
     *
     * @param {string} as Which subject: `mixpanel`, `snowplow`; with `+bridge` behind its bridge, `+tracker` for this library's own
     *   tracker, `+dialect` for it in the SDK's words.
     * @param {{ blocksCookies?: boolean }} [how] `blocksCookies`: the browser's own setting, for all storage.
     */
    async newScene(as, { blocksCookies } = {}) {
      // A collector of its own, so that two scenes can be played at the same time.
      const [context, collector] = await Promise.all([
        blocksCookies ? contextWithoutCookies() : browser.newContext(),
        startCollector(),
      ]);
      // Timers go on by themselves, and further when a test says so: no test waits for an interval.
      await context.clock.install();
      /** @type {string[]} */
      const errors = [];
      let markers = 0;
      /** Scripts on their way. */
      const scripts = new Set();
      context.on("request", (request) => {
        if (request.resourceType() === "script") scripts.add(request);
      });
      for (const end of /** @type {const} */ ([
        "requestfinished",
        "requestfailed",
      ]))
        context.on(end, (request) => scripts.delete(request));

      /**
       * Opens a page. `config` is for the SDK, `options` for the bridge, `clear` for a bare site that clears at a no.
       *
       * @param {{ path?: string, host?: string, search?: string, config?: object, options?: object, cookieDomain?: string, clear?: boolean }} [how]
       */
      async function open(how = {}) {
        const page = await context.newPage();
        page.on("pageerror", ({ message }) => errors.push(message));
        await page.goto(address(how));
        return tabOf(page);
      }

      /** @param {Parameters<typeof open>[0]} how */
      function address(how = {}) {
        const { path = "/", host = "127.0.0.1", search = "" } = how;
        const query = new URLSearchParams({ as, endpoint: collector.url });
        if (how.config) query.set("config", JSON.stringify(how.config));
        if (how.options) query.set("options", JSON.stringify(how.options));
        if (how.cookieDomain) query.set("cookieDomain", how.cookieDomain);
        if (how.clear) query.set("clear", "");
        return `http://${host}:${site.port}${path}?${query}${search}`;
      }

      /** @param {import("playwright-core").Page} page */
      const tabOf = (page) => ({
        page,
        /**
         * Runs `body` in the page with the subject: several calls in one task, as a page makes them.
         *
         * @param {(subject: any, argument?: any) => unknown} body
         * @param {unknown} [argument]
         */
        do: (body, argument) =>
          page.evaluate(
            ([text, value]) =>
              // oxlint-disable-next-line no-eval -- the body is this file's callers'
              (0, eval)(text)(/** @type {any} */ (globalThis).subject, value),
            /** @type {const} */ ([`(${body})`, argument]),
          ),
        /** Lets `ms` of the page's time go by, with all timers that fall into it. */
        pass: (/** @type {number} */ ms) => page.clock.runFor(ms),
        /** Lets time go by, and then waits until a request that the page makes last of all has arrived. */
        async settle(ms = 16_000) {
          // The page's time must not go by while the code that sends is still on its way.
          while (scripts.size) await new Promise((done) => setTimeout(done, 5));
          await page.clock.runFor(ms);
          // What answers have set off meanwhile.
          await page.clock.runFor(1000);
          /** How many requests have arrived, without these. */
          const count = () =>
            collector.requests.filter(
              ({ query }) => !query.tv?.startsWith("marker-"),
            ).length;
          // An answer that is late, or a turn among tabs, sets off a request behind the marker: then there are more of these.
          for (let quiet = 0; quiet < 3;) {
            const before = count();
            const marker = `marker-${++markers}`;
            await page.evaluate(
              ([url, name]) => fetch(`${url}/i?e=pv&p=web&tv=${name}`),
              /** @type {const} */ ([collector.url, marker]),
            );
            await collector.waitFor(({ requests }) =>
              requests.some(({ query }) => query.tv === marker),
            );
            quiet = count() === before ? quiet + 1 : 0;
          }
        },
        /** Goes to the next page of the site, or out of it. */
        go: (/** @type {Parameters<typeof open>[0]} */ how) =>
          page.goto(address(how)),
        reload: () => page.reload(),
        /** Names of everything that the page's own scripts could find stored, without the library's own record. */
        stored: () =>
          page.evaluate(async () =>
            [
              ...document.cookie.split("; ").map((c) => c.split("=")[0]),
              ...Object.keys(localStorage),
              ...Object.keys(sessionStorage),
              ...(await indexedDB.databases()).map(({ name }) => name),
            ].filter((name) => name && name !== "consent"),
          ),
      });

      return {
        as,
        /** Whether this library's store decides. Otherwise the SDK's own calls do. */
        hasStore: as.includes("+") && as !== "snowplow+dialect",
        context,
        collector,
        site,
        open,
        address,
        /** Messages of what the pages threw and nobody caught. */
        errors,
        /** Every event that reached the collector, answered or not, without the markers. */
        arrived: () =>
          collector.requests
            .flatMap(({ events }) => events)
            .filter(({ data }) => !`${data?.tv}`.startsWith("marker")),
        async close() {
          await context.close();
          await collector.close();
        },
      };
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
