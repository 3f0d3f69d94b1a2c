import { onlyKnown, type Loose } from "./consent/refuse.js";
import type { ConsentStore } from "./consent/store.js";
import { profileOf, type ProfileOptions } from "./gate/profile.js";
import { openConsent, type OpenOptions } from "./open-consent.js";

/** What {@link createConsent} takes. */
export interface ConsentOptions
  extends
    Omit<OpenOptions, "profile" | "maxAge">,
    Omit<ProfileOptions, Exclude<keyof OpenOptions, "maxAge">> {}

const NAMES: readonly (keyof ConsentOptions)[] = [
  "purposes",
  "mode",
  "revision",
  "maxAge",
  "storage",
  "cookieName",
  "cookieDomain",
  "clock",
  "region",
  "signalPurposes",
  "respectDnt",
  "underAge",
  "refusals",
];

/**
 * Makes the store that holds a visitor's decision, keeps it between pages and in step with the site's other tabs. A browser
 * that objects by Global Privacy Control is heard: its no counts until the visitor says yes to the very purpose.
 *
 * ```ts
 * const consent = createConsent({ purposes: ["analytics", "marketing"], revision: "2026-11" });
 * consent.subscribe(({ changed }) => console.log(changed));
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function createConsent(
  options: Loose<ConsentOptions> = {},
): ConsentStore {
  onlyKnown(options, NAMES);
  const { maxAge: _, ...rest } = options;
  return openConsent({ ...rest, profile: profileOf(options) });
}
