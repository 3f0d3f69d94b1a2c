import type { Loose } from "../consent/refuse.js";
import { text } from "../consent/refuse.js";
import {
  follow,
  splitOptions,
  type GoogleConsentOptions,
} from "./google/follow.js";
import type { Vendor } from "./vendor.js";

export type { GoogleConsentOptions } from "./google/follow.js";
export type {
  GoogleConsentState,
  GoogleConsentType,
  GooglePurposes,
  GoogleRegion,
} from "./google/queue.js";

/** What {@link googleConsent} takes. */
export interface GoogleConsentVendorOptions extends GoogleConsentOptions {
  /** A purpose that the store asks about. Nothing waits for it. Default: `"analytics"`. */
  purpose?: string;
}

/**
 * Google Consent Mode alone, without a script: for a page that brings Google's tags itself, behind its own
 * `<script type="text/plain" data-consent>`. The default is denied for all but `security_storage`; each decision that
 * changes one of Google's answers is one full update.
 *
 * ```ts
 * attach(consent, googleConsent({ purposes: { ad_personalization: "personal-ads" } }));
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function googleConsent(
  options: Loose<GoogleConsentVendorOptions> = {},
): Vendor {
  const { own, common } = splitOptions({ purpose: "analytics" }, options);
  const { check, prepare, tell, say } = follow(common);
  return {
    name: "google-consent",
    purposes: [text("purpose", own.purpose)],
    stores: {},
    check,
    prepare,
    tell,
    grant: say,
    revoke() {},
  };
}
