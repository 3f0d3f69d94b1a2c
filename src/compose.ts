import { oneOf, text } from "./consent/refuse.js";
import { createStore } from "./consent/store.js";
import { createConsent, type ConsentOptions } from "./create-consent.js";
import { ConsentManagerElement } from "./elements/consent-manager.js";
import { createTracker, type TrackerOptions } from "./tracker/tracker.js";

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
      createConsent({
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
      oneOf("tracker", name, ["mixpanel"]);
      const token = text("token", manager.getAttribute("token"));
      return createTracker({
        ...(read(manager, "before-choice when-denied") as TrackerOptions),
        purpose: manager.getAttribute("tracker-purpose") ?? undefined,
        name: `consent-tracker.${token}`,
        consent,
        destination: async () =>
          (
            await import("./tracker/destinations/mixpanel-wire.js")
          ).mixpanelWire({
            token,
            ...read(manager, "endpoint"),
          }),
      });
    },
    interface: async (manager) =>
      (await import("./elements/interface.js")).createInterface(manager),
  };
}
