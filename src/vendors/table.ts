/**
 * A vendor's file. The function that makes the vendor has the file's name in camel case: `microsoftUet` in
 * `microsoft-uet.ts`. Where an option is a number, `defaults` says so by its value.
 */
export type VendorFile = Readonly<Record<string, unknown>> & {
  readonly defaults?: Readonly<Record<string, unknown>>;
};

/** Every vendor that `<consent-vendor>` knows by name: one file and one line each, fetched when it is needed. */
export const VENDORS: Readonly<Record<string, () => Promise<VendorFile>>> = {
  adobe: () => import("./adobe.js"),
  amplitude: () => import("./amplitude.js"),
  clarity: () => import("./clarity.js"),
  datadog: () => import("./datadog.js"),
  fathom: () => import("./fathom.js"),
  fullstory: () => import("./fullstory.js"),
  "google-ads": () => import("./google-ads.js"),
  "google-adsense": () => import("./google-adsense.js"),
  "google-consent": () => import("./google-consent.js"),
  "google-tag": () => import("./google-tag.js"),
  "google-tag-manager": () => import("./google-tag-manager.js"),
  hotjar: () => import("./hotjar.js"),
  hubspot: () => import("./hubspot.js"),
  intercom: () => import("./intercom.js"),
  linkedin: () => import("./linkedin.js"),
  matomo: () => import("./matomo.js"),
  meta: () => import("./meta.js"),
  "microsoft-uet": () => import("./microsoft-uet.js"),
  mixpanel: () => import("./mixpanel.js"),
  pinterest: () => import("./pinterest.js"),
  plausible: () => import("./plausible.js"),
  posthog: () => import("./posthog.js"),
  reddit: () => import("./reddit.js"),
  rudderstack: () => import("./rudderstack.js"),
  segment: () => import("./segment.js"),
  sentry: () => import("./sentry.js"),
  shopify: () => import("./shopify.js"),
  snap: () => import("./snap.js"),
  tiktok: () => import("./tiktok.js"),
  umami: () => import("./umami.js"),
  x: () => import("./x.js"),
};
