import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link reddit} may be told. */
export interface RedditOptions {
  /** The pixel's id. */
  pixelId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: Reddit's own `pixel.js`. */
  src?: string;
}

/**
 * The Reddit Pixel. It is not fetched before a yes. A no switches its cookies off, which Reddit does not document as an answer on
 * consent: it runs on until the page is loaded anew, but takes no more calls of the page's.
 *
 * Facts, second-hand: business.reddithelp.com/s/article/Reddit-Pixel. The names of the cookies are unverified.
 */
export function reddit(options: Loose<RedditOptions>): Vendor {
  const { pixelId, purpose, src } = withDefaults(
    {
      pixelId: "",
      purpose: "marketing",
      src: "https://www.redditstatic.com/ads/pixel.js",
    },
    options,
  );
  return stubVendor({
    name: "reddit",
    purpose: text("purpose", purpose),
    stores: { cookies: ["_rdt_uuid", "_rdt_cid", "_rdt_em"] },
    src: text("src", src),
    needsReload: true,
    global: "rdt",
    queue: "callQueue",
    handler: "sendEvent",
    no: [["disableFirstPartyCookies"]],
    yes: [["enableFirstPartyCookies"]],
    begin: [
      ["init", text("pixelId", pixelId)],
      ["track", "PageVisit"],
    ],
  });
}
