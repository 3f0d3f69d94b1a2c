import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { scriptAt } from "./shared/script.js";
import type { Answers, Vendor } from "./vendor.js";

/** What {@link hubspot} may be told. */
export interface HubspotOptions {
  /** The id of the account, digits in a text. */
  portalId: string;
  /** The purpose that the tracking code needs. Default: `"marketing"`. */
  purpose?: string;
  /** The purpose that answers for HubSpot's `analytics`. One that is not asked about is a no. Default: `"analytics"`. */
  analytics?: string;
  /** The purpose that answers for HubSpot's `advertisement`. Default: `"marketing"`. */
  advertisement?: string;
  /** The purpose that answers for HubSpot's `functionality`. Default: `"functional"`. */
  functionality?: string;
  /** Where the script is. Default: `https://js.hs-scripts.com/ID.js`; an account in the EU has `js-eu1.hs-scripts.com`. */
  src?: string;
}

interface Queue {
  push(call: readonly unknown[]): unknown;
}

/** Both are arrays at first. HubSpot's script makes objects of them, so they are looked up for each call. */
const page = globalThis as {
  disableHubSpotCookieBanner?: boolean;
  _hsp?: Queue;
  _hsq?: Queue;
};

/** The queue of the page's own calls. */
const CALLS = "_hsq";

const say = (queue: "_hsp" | typeof CALLS, ...call: unknown[]) =>
  (page[queue] ??= []).push(call);

const allow = (
  analytics: boolean,
  advertisement: boolean,
  functionality: boolean,
) =>
  say("_hsp", "setHubSpotConsent", {
    analytics,
    advertisement,
    functionality,
  });

/**
 * HubSpot's tracking code. Nothing is fetched before a yes, HubSpot's own banner stays off, and each decision is told as a whole. A no
 * also stops the anonymous page views (`doNotTrack`), which HubSpot goes on with otherwise; pixels of others that it has brought run on
 * until the page is loaded anew.
 *
 * Facts: developers.hubspot.com, cookie banner and tracking code.
 */
export function hubspot(options: Loose<HubspotOptions>): Vendor {
  const given = withDefaults(
    {
      portalId: "",
      purpose: "marketing",
      analytics: "analytics",
      advertisement: "marketing",
      functionality: "functional",
      src: "",
    },
    options,
  );
  const portalId = text("portalId", given.portalId);
  const script = scriptAt(
    given.src || `https://js.hs-scripts.com/${encodeURIComponent(portalId)}.js`,
  );
  const { analytics, advertisement, functionality } = given;
  return {
    name: "hubspot",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: [
        "__hstc",
        "hubspotutk",
        "__hssc",
        "__hssrc",
        "__hs_opt_out",
        "__hs_cookie_cat_pref",
        "__hs_gpc_banner_dismiss",
      ],
    },
    needsReload: true,
    prepare() {
      page.disableHubSpotCookieBanner = true;
      allow(false, false, false);
    },
    tell({ purposes, isGranted }: Answers) {
      const may = (name: string) =>
        purposes.some((purpose) => purpose.name === name) && isGranted(name);
      allow(may(analytics), may(advertisement), may(functionality));
    },
    grant(permit) {
      // What the page said before a yes is gone.
      if (!script.hasRun) page[CALLS] = [];
      // A no on an earlier page has left a cookie that only this call takes away.
      say(CALLS, "doNotTrack", { track: true });
      return script.load(permit);
    },
    revoke() {
      say("_hsp", "revokeCookieConsent");
      say(CALLS, "doNotTrack");
    },
  };
}
