import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link snap} may be told. */
export interface SnapOptions {
  /** The pixel's id. */
  pixelId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: Snap's own `scevent.min.js`. */
  src?: string;
}

/**
 * The Snap Pixel. Snap documents no call for consent: it is not fetched before a yes, and after a no it runs on until the page is
 * loaded anew, but takes no more calls of the page's.
 *
 * Facts, second-hand: businesshelp.snapchat.com/s/article/pixel-website-install. The names of the cookies are unverified.
 */
export function snap(options: Loose<SnapOptions>): Vendor {
  const { pixelId, purpose, src } = withDefaults(
    {
      pixelId: "",
      purpose: "marketing",
      src: "https://sc-static.net/scevent.min.js",
    },
    options,
  );
  return stubVendor({
    name: "snap",
    purpose: text("purpose", purpose),
    stores: { cookies: ["_scid", "_scid_r", "_sctr", "_schn*"] },
    src: text("src", src),
    needsReload: true,
    global: "snaptr",
    handler: "handleRequest",
    begin: [
      ["init", text("pixelId", pixelId)],
      ["track", "PAGE_VIEW"],
    ],
  });
}
