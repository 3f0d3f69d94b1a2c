import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link pinterest} may be told. */
export interface PinterestOptions {
  /** The tag's id, digits in a text. */
  tagId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: Pinterest's own `core.js`. */
  src?: string;
}

/**
 * The Pinterest Tag. Nothing is fetched before a yes; `pintrk` is there from the start and takes calls while there is a yes.
 *
 * Facts, second-hand: help.pinterest.com/en/business/article/install-the-base-code. The answer is a boolean: the text `"false"`
 * is taken for a yes.
 */
export function pinterest(options: Loose<PinterestOptions>): Vendor {
  const { tagId, purpose, src } = withDefaults(
    {
      tagId: "",
      purpose: "marketing",
      src: "https://s.pinimg.com/ct/core.js",
    },
    options,
  );
  return stubVendor({
    name: "pinterest",
    purpose: text("purpose", purpose),
    stores: {
      cookies: [
        "_pin_unauth",
        "_pinterest_ct_ua",
        "_epik",
        "_derived_epik",
        "_pinterest_sess",
        "_routing_id",
      ],
    },
    src: text("src", src),
    global: "pintrk",
    marks: { version: "3.0" },
    isArray: true,
    no: [["setconsent", false]],
    yes: [["setconsent", true]],
    begin: [["load", text("tagId", tagId)], ["page"]],
  });
}
