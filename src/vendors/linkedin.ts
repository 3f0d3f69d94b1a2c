import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link linkedin} may be told. */
export interface LinkedinOptions {
  /** The partner's id, digits in a text. */
  partnerId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: LinkedIn's own `insight.min.js`. */
  src?: string;
}

/** Where LinkedIn's script looks for the partners. */
const IDS = "_linkedin_data_partner_ids";

/**
 * The LinkedIn Insight Tag. LinkedIn documents no call for consent: it is not fetched before a yes, and after a no it runs on until
 * the page is loaded anew.
 *
 * Facts, second-hand: linkedin.com/help/lms/answer/a427660.
 */
export function linkedin(options: Loose<LinkedinOptions>): Vendor {
  const given = withDefaults(
    {
      partnerId: "",
      purpose: "marketing",
      src: "https://snap.licdn.com/li.lms-analytics/insight.min.js",
    },
    options,
  );
  const partnerId = text("partnerId", given.partnerId);
  const vendor = stubVendor({
    name: "linkedin",
    purpose: text("purpose", given.purpose),
    stores: {
      cookies: ["li_fat_id", "li_giant", "ln_or"],
      local: ["li_adsId"],
      session: ["li_adsId"],
    },
    src: text("src", given.src),
    needsReload: true,
    global: "lintrk",
    queue: "q",
    isArray: true,
    begin: [],
  });
  return {
    ...vendor,
    grant(permit) {
      const page = globalThis as { [IDS]?: string[] };
      const ids = (page[IDS] ??= []);
      if (!ids.includes(partnerId)) ids.push(partnerId);
      return vendor.grant(permit);
    },
  };
}
