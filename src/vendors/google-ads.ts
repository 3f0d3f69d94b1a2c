import { refuse, type Loose } from "../consent/refuse.js";
import { follow, splitOptions } from "./google/follow.js";
import {
  configure,
  GTAG,
  scriptVendor,
  type GoogleScriptOptions,
} from "./google/gtag.js";
import type { Vendor } from "./vendor.js";

/** What {@link googleAds} takes. */
export interface GoogleAdsOptions extends GoogleScriptOptions {
  /** The conversion id: `"AW-XXXXXXXXX"`, or `"DC-…"` for Floodlight. */
  tagId: string;
  /** What `gtag("config", id, …)` is given: `{ restricted_data_processing: true }`. Default: nothing. */
  config?: Readonly<Record<string, unknown>>;
}

/**
 * Google Ads and Floodlight by gtag.js, with Consent Mode. Needs a yes to `marketing` unless `purpose` names another. After
 * a no its cookies are removed; the script has no call that stops it, so it runs on without storage until the next page.
 *
 * ```ts
 * attach(consent, googleAds({ tagId: "AW-XXXXXXXXX" }), { reload: true });
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function googleAds(options: Loose<GoogleAdsOptions>): Vendor {
  const { own, common } = splitOptions(
    {
      tagId: "",
      purpose: "marketing",
      src: GTAG,
      mode: "basic" as const,
      config: {},
    },
    options,
  );
  const { tagId: id, config } = own;
  if (!/^(AW|DC)-[\w-]+$/.test(id))
    refuse("tagId", id, "a conversion id: AW-XXXXXXXXX");
  return scriptVendor(follow(common), {
    ...own,
    id,
    name: "google-ads",
    stores: { cookies: ["_gcl_*", "_gac_*", "__gads", "__gpi*", "__eoi"] },
    needsReload: true,
    start: (layer) => configure(layer, id, config),
  });
}
