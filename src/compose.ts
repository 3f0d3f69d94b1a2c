import { oneOf, text, type Loose } from "./consent/refuse.js";
import { createStore } from "./consent/store.js";
import { openConsent, type OpenOptions } from "./open-consent.js";
import { ConsentManagerElement } from "./elements/consent-manager.js";
import type { WireOptions } from "./tracker/destinations/mixpanel-wire.js";
import type { SnowplowOptions } from "./tracker/destinations/snowplow-wire.js";
import { createFacade } from "./tracker/facade.js";

/** The attributes of `element` as options: `max-age` becomes `maxAge`. */
function read(element: Element): Record<string, string> {
  return Object.fromEntries(
    Array.from(element.attributes, ({ name, value }) => [
      name.replace(/-./g, (dash) => dash[1]!.toUpperCase()),
      value,
    ]),
  );
}

/** What few pages have. */
const LATE =
  "[data-consent],[removes],[receipts],[obey],[region],[under-age],[respect-dnt],[max-age]";

/** Gives `<consent-manager>` its parts. Every entry that hands the element out calls it. Values are checked where they are used. */
export function compose(): void {
  ConsentManagerElement.composition = {
    consent(manager, purposes, profile) {
      const given = read(manager);
      const { trackerPurpose = "analytics" } = given;
      const asked = purposes[0] ? purposes : ["necessary", trackerPurpose];
      return openConsent({
        ...given,
        purposes: asked,
        maxAge: undefined,
        profile,
      } as Loose<OpenOptions>);
    },
    fallback: createStore,
    tracker(manager, consent) {
      const given = read(manager);
      if (!("tracker" in given)) return;
      const isSnowplow =
        oneOf("tracker", given.tracker, ["mixpanel", "snowplow"]) ===
        "snowplow";
      const id = isSnowplow ? "endpoint" : "token";
      return createFacade({
        ...given,
        // The record's, not the tracker's.
        storage: undefined,
        purpose: given.trackerPurpose,
        name: `consent-tracker.${text(id, given[id])}`,
        consent,
        decisions: isSnowplow,
        // It is handed the attributes as they are, and takes those that it knows.
        destination: async () =>
          (
            await (isSnowplow
              ? import("./tracker/destinations/snowplow-wire.js")
              : import("./tracker/destinations/mixpanel-wire.js"))
          ).wire(given as never as WireOptions & SnowplowOptions),
      });
    },
    late: (manager) =>
      (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl ||
      (manager.getRootNode() as Document).querySelector(LATE)
        ? import("./late.js").then(({ late }) => late(manager))
        : undefined,
    async interface(manager) {
      // Side by side: the words of another language are one step further away.
      const locales = import("./locales/index.js");
      return (await import("./elements/interface.js")).createInterface(
        manager,
        await locales,
      );
    },
  };
}
