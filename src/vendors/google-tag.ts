import { refuse, type Loose } from "../consent/refuse.js";
import { follow, splitOptions } from "./google/follow.js";
import {
  configure,
  GTAG,
  scriptVendor,
  type GoogleScriptOptions,
} from "./google/gtag.js";
import type { Vendor } from "./vendor.js";

/** What {@link googleTag} takes. */
export interface GoogleTagOptions extends GoogleScriptOptions {
  /** The measurement id: `"G-XXXXXXXXXX"`. */
  tagId: string;
  /** What `gtag("config", id, …)` is given: `{ send_page_view: false }`. Default: nothing. */
  config?: Readonly<Record<string, unknown>>;
}

/**
 * Google Analytics 4 by gtag.js, with Consent Mode. Needs a yes to `analytics` unless `purpose` names another. A no stops it
 * at once, by `window["ga-disable-G-…"]`, and its cookies are removed.
 *
 * ```ts
 * attach(consent, googleTag({ tagId: "G-XXXXXXXXXX" }));
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function googleTag(options: Loose<GoogleTagOptions>): Vendor {
  const { own, common } = splitOptions(
    {
      tagId: "",
      purpose: "analytics",
      src: GTAG,
      mode: "basic" as const,
      config: {},
    },
    options,
  );
  const { tagId: id, config } = own;
  if (!/^G-[\w-]+$/.test(id))
    refuse("tagId", id, "a measurement id: G-XXXXXXXXXX");
  return scriptVendor(follow(common), {
    ...own,
    id,
    name: "google-tag",
    stores: {
      cookies: ["_ga", "_ga_*", "_gid", "_gat*", "_dc_gtm_*", "FPID", "FPLC"],
    },
    start: (layer) => configure(layer, id, config),
    turn(isOn) {
      // gtag.js looks here before each hit.
      (window as unknown as Record<string, boolean>)[`ga-disable-${id}`] =
        !isOn;
    },
  });
}
