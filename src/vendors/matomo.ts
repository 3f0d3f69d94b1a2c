import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, id } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** What {@link matomo} takes. */
export interface MatomoOptions {
  /** The address of your Matomo, with its path: `"https://stats.shop.example"`. */
  url: string;
  /** The site's id in it. */
  siteId: string | number;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: `matomo.js` below `url`. */
  src?: string;
}

type Call = readonly unknown[];

/** A list, until the script puts something of its own in its place. */
interface Queue {
  push(...calls: Call[]): unknown;
}

const QUEUE = "_paq";

/**
 * Matomo, from the visitor's yes on. Consent is given on every page and remembered by the store alone: what Matomo
 * remembers lasts thirty years.
 */
export function matomo(
  options: Loose<MatomoOptions> & Pick<MatomoOptions, "url" | "siteId">,
): Vendor {
  const given = withDefaults(
    { url: "", siteId: "" as string | number, purpose: "analytics", src: "" },
    options,
  );
  const url = address("url", given.url).replace(/\/$/, "");
  const siteId = id("siteId", given.siteId);
  const purpose = text("purpose", given.purpose);
  const src = address("src", given.src || `${url}/matomo.js`);
  const page = globalThis as unknown as Record<string, Queue | undefined>;
  let isLoaded = false;
  const say = (...calls: Call[]) => page[QUEUE]?.push(...calls);
  /** Takes calls out of what waits for the script. */
  const drop = (isOut: (call: Call) => boolean) => {
    const calls = page[QUEUE];
    if (Array.isArray(calls))
      calls.splice(0, Infinity, ...(calls as Call[]).filter((c) => !isOut(c)));
  };
  const begin: readonly Call[] = [
    ["setTrackerUrl", `${url}/matomo.php`],
    ["setSiteId", siteId],
    ["setConsentGiven"],
  ];
  return {
    name: "matomo",
    purposes: [purpose],
    stores: {
      cookies: [
        "_pk_*",
        "mtm_consent",
        "mtm_cookie_consent",
        "mtm_consent_removed",
      ],
    },
    prepare() {
      page[QUEUE] ??= [] as Call[];
      // First of all, also of what the page has said already.
      if (Array.isArray(page[QUEUE])) page[QUEUE].unshift(["requireConsent"]);
      else say(["requireConsent"]);
    },
    tell({ isGranted }) {
      // What the page has tracked before a no.
      if (!isGranted(purpose)) drop(([name]) => /^track|^ping/.test(`${name}`));
    },
    async grant({ load }) {
      if (isLoaded) {
        // This throws away what Matomo has kept since the no, which it would send now.
        say(["trackPageView"]);
        say(["setConsentGiven"]);
        return;
      }
      say(...begin);
      await load(src);
      isLoaded = true;
    },
    revoke() {
      if (!isLoaded) drop((call) => begin.includes(call));
      // An hour for its note of the no, which would else be kept for thirty years. The record keeps the no.
      else say(["forgetConsentGiven", 1], ["deleteCookies"]);
    },
  };
}
