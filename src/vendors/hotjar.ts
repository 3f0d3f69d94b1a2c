import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, id } from "./shared/sdk.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link hotjar} takes. */
export interface HotjarOptions {
  /** The site's id. */
  id: string | number;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: what Hotjar serves for `id`. */
  src?: string;
}

/** The version of the snippet, which Hotjar asks for. */
const VERSION = 6;

/** Hotjar, from the visitor's yes on. It has no call that stops it: it runs until the page is loaded anew. */
export function hotjar(
  options: Loose<HotjarOptions> & Pick<HotjarOptions, "id">,
): Vendor {
  const given = withDefaults(
    { id: "" as string | number, purpose: "analytics", src: "" },
    options,
  );
  const site = id("id", given.id);
  const vendor = stubVendor({
    name: "hotjar",
    purpose: text("purpose", given.purpose),
    needsReload: true,
    stores: { cookies: ["_hj*"], local: ["_hj*"], session: ["_hj*"] },
    src: address(
      "src",
      given.src ||
        `https://static.hotjar.com/c/hotjar-${site}.js?sv=${VERSION}`,
    ),
    global: "hj",
    queue: "q",
    begin: [],
  });
  return {
    ...vendor,
    prepare() {
      vendor.prepare!();
      Object.assign(globalThis, {
        _hjSettings: { hjid: Number(site), hjsv: VERSION },
      });
    },
  };
}
