import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link meta} may be told. */
export interface MetaOptions {
  /** The pixel's id, digits in a text. */
  pixelId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: Meta's own `fbevents.js` in English. */
  src?: string;
  /**
   * Whether Meta's script records clicks and new addresses by itself. What it has recorded during a no it sends at the next yes,
   * in the same page. Default: `false`.
   */
  autoConfig?: boolean;
  /** Whether events are for limited data use (`LDU`), in the place that Meta finds by the address. Default: `false`. */
  limitedDataUse?: boolean;
}

/**
 * The Meta Pixel. Nothing is fetched before a yes; `fbq` is there from the start and takes calls while there is a yes. A page view is sent
 * at the first yes of a page.
 *
 * Facts: developers.facebook.com/docs/meta-pixel/implementation/gdpr.
 */
export function meta(options: Loose<MetaOptions>): Vendor {
  const { pixelId, purpose, src, autoConfig, limitedDataUse } = withDefaults(
    {
      pixelId: "",
      purpose: "marketing",
      src: "https://connect.facebook.net/en_US/fbevents.js",
      autoConfig: false,
      limitedDataUse: false,
    },
    options,
  );
  text("pixelId", pixelId);
  return stubVendor({
    name: "meta",
    purpose: text("purpose", purpose),
    stores: { cookies: ["_fbp", "_fbc"] },
    src: text("src", src),
    global: "fbq",
    handler: "callMethod",
    marks: {
      loaded: true,
      version: "2.0",
      ...(autoConfig ? {} : { disablePushState: true }),
    },
    no: [["consent", "revoke"]],
    yes: [["consent", "grant"]],
    begin: [
      ...(autoConfig ? [] : [["set", "autoConfig", false, pixelId]]),
      ...(limitedDataUse ? [["dataProcessingOptions", ["LDU"], 0, 0]] : []),
      ["init", pixelId],
      ["track", "PageView"],
    ],
  });
}
