import { refuse, type Loose } from "../consent/refuse.js";
import { follow, splitOptions } from "./google/follow.js";
import { scriptVendor, type GoogleScriptOptions } from "./google/gtag.js";
import { layerOf } from "./google/queue.js";
import type { Answers, Vendor } from "./vendor.js";

/** What {@link googleTagManager} takes. */
export interface GoogleTagManagerOptions extends GoogleScriptOptions {
  /** The container's id: `"GTM-XXXXXXX"`. */
  containerId: string;
}

/** The event in the queue after each decision, and at the start of a page where there is one: a trigger for the container's tags. */
const EVENT = "consent_elements_update";

/** Tells the container's triggers what was decided, once, however many containers the page has. */
function announce(name: string, { purposes, get, isGranted }: Answers): void {
  const choices = Object.fromEntries(
    purposes.map((purpose) => [
      purpose.name,
      get(purpose.name) ?? (isGranted(purpose.name) ? "granted" : "denied"),
    ]),
  );
  const news = { event: EVENT, consent_elements: choices };
  const layer = layerOf(name);
  const last = layer.findLast(
    (entry) => (entry as { event?: unknown } | null)?.event === EVENT,
  );
  if (JSON.stringify(last) !== JSON.stringify(news)) layer.push(news);
}

/**
 * Google Tag Manager, with Consent Mode. The container comes after a yes to `analytics` unless `purpose` names another, and
 * what is in it asks Consent Mode. After each decision the queue gets
 * `{ event: "consent_elements_update", consent_elements: { analytics: "granted", … } }`. A container cannot be stopped: what
 * it has started runs on until the next page.
 *
 * ```ts
 * attach(consent, googleTagManager({ containerId: "GTM-XXXXXXX" }), { reload: true });
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function googleTagManager(
  options: Loose<GoogleTagManagerOptions>,
): Vendor {
  const { own, common } = splitOptions(
    {
      containerId: "",
      purpose: "analytics",
      src: "https://www.googletagmanager.com/gtm.js",
      mode: "basic" as const,
    },
    options,
  );
  if (!/^GTM-[\w-]+$/.test(own.containerId))
    refuse("containerId", own.containerId, "a container's id: GTM-XXXXXXX");
  const follower = follow(common);
  return scriptVendor(follower, {
    ...own,
    id: own.containerId,
    name: "google-tag-manager",
    stores: {},
    needsReload: true,
    start(layer) {
      const entry = { "gtm.start": Date.now(), event: "gtm.js" };
      layer.push(entry);
      return () => void layer.splice(layer.indexOf(entry), 1);
    },
    tell: (answers) => announce(follower.name, answers),
  });
}
