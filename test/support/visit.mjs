/**
 * What a visit looks like from outside: clicks, calls as a page makes them, and what the browser has stored.
 *
 * @param {import("playwright-core").Page} page
 */
export function visit(page) {
  const banner = page.locator("consent-banner");
  return {
    banner,
    accept: () => banner.locator("[data-action=accept]").click(),
    reject: () => banner.locator("[data-action=reject]").click(),
    /** Opens `url` and waits until the library runs. */
    open: async (/** @type {string} */ url) => {
      await page.goto(url);
      await page.waitForFunction(() => customElements.get("consent-manager"));
    },
    /** Calls `tracker.track(name)` for each name, in one task. Returns when that was by the page's clock. */
    track: (/** @type {string[]} */ ...names) =>
      page.evaluate((all) => {
        const { tracker } = /** @type {any} */ (
          document.querySelector("consent-manager")
        );
        const from = Date.now();
        for (const name of all) tracker.track(name);
        return { from, to: Date.now() };
      }, names),
    /** Runs `body` with the manager. */
    manager: (/** @type {(manager: any) => unknown} */ body) =>
      page.evaluate(`(${body})(document.querySelector("consent-manager"))`),
    /** Waits until the page has heard that everything it sent has arrived. The collector knows earlier. */
    answered: () =>
      page.waitForFunction(
        () => !Object.keys(localStorage).some((key) => key.includes("/out/")),
      ),
    /** Everything that the page's own scripts could find stored. */
    stored: () =>
      page.evaluate(async () => ({
        cookies: document.cookie
          ? document.cookie.split("; ").map((c) => c.split("=")[0])
          : [],
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(({ name }) => name),
      })),
  };
}
