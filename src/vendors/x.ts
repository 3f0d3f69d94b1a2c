import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link x} may be told. */
export interface XOptions {
  /** The pixel's id. */
  pixelId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: X's own `uwt.js`. */
  src?: string;
}

/**
 * The pixel of X, Twitter before. X documents no call for consent: it is not fetched before a yes, and after a no it runs on until
 * the page is loaded anew, but takes no more calls of the page's.
 *
 * Facts, second-hand: business.x.com, conversion tracking for websites. The names of the cookies are unverified.
 */
export function x(options: Loose<XOptions>): Vendor {
  const { pixelId, purpose, src } = withDefaults(
    {
      pixelId: "",
      purpose: "marketing",
      src: "https://static.ads-twitter.com/uwt.js",
    },
    options,
  );
  return stubVendor({
    name: "x",
    purpose: text("purpose", purpose),
    stores: { cookies: ["_twpid", "_twclid", "_tw_*"] },
    src: text("src", src),
    needsReload: true,
    global: "twq",
    marks: { version: "1.1" },
    handler: "exe",
    begin: [["config", text("pixelId", pixelId)]],
  });
}
