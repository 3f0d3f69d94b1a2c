import { oneOf, text } from "./consent/refuse.js";
import { createStore } from "./consent/store.js";
import { openConsent, type ConsentOptions } from "./create-consent.js";
import { ConsentManagerElement } from "./elements/consent-manager.js";
import type { WireOptions } from "./tracker/destinations/mixpanel-wire.js";
import type { SnowplowOptions } from "./tracker/destinations/snowplow-wire.js";
import { createFacade, FACADE_DEFAULTS } from "./tracker/facade.js";

/** Reads attributes of `element` as options: `max-age` becomes `maxAge`. What is not written is left out. */
function read(element: Element, names: string): object {
  const options: Record<string, string> = {};
  for (const name of names.split(" "))
    if (element.hasAttribute(name))
      options[name.replace(/-./, (dash) => dash[1]!.toUpperCase())] =
        element.getAttribute(name)!;
  return options;
}

/** Gives `<consent-manager>` its parts. Every entry that hands the element out calls it. Values are checked where they are used. */
export function compose(): void {
  ConsentManagerElement.composition = {
    consent: (manager, purposes) =>
      openConsent({
        ...(read(
          manager,
          "mode revision max-age storage cookie-name cookie-domain",
        ) as ConsentOptions),
        purposes: purposes[0]
          ? purposes
          : [
              "necessary",
              manager.getAttribute("tracker-purpose") ?? "analytics",
            ],
      }),
    fallback: createStore,
    tracker(manager, consent) {
      const name = manager.getAttribute("tracker");
      if (name === null) return;
      const isSnowplow =
        oneOf("tracker", name, ["mixpanel", "snowplow"]) === "snowplow";
      const key = isSnowplow ? "endpoint" : "token";
      const id = text(key, manager.getAttribute(key));
      const given = read(manager, "token endpoint app-id") as WireOptions &
        SnowplowOptions;
      return createFacade({
        ...FACADE_DEFAULTS,
        ...read(manager, "before-choice when-denied anonymous-level"),
        purpose:
          manager.getAttribute("tracker-purpose") ?? FACADE_DEFAULTS.purpose,
        name: `consent-tracker.${id}`,
        consent,
        decisions: isSnowplow,
        destination: async () =>
          (
            await (isSnowplow
              ? import("./tracker/destinations/snowplow-wire.js")
              : import("./tracker/destinations/mixpanel-wire.js"))
          ).wire(given),
      });
    },
    interface: async (manager) =>
      (await import("./elements/interface.js")).createInterface(manager),
  };
}
