import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, id } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** What {@link fathom} takes. */
export interface FathomOptions {
  /** The site's id. */
  id: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: https://cdn.usefathom.com/script.js. */
  src?: string;
}

/** With this in localStorage, Fathom sends nothing. `fathom.blockTrackingForMe()` sets it too, and says so in an alert. */
const FLAG = "blockFathomTracking";
/** Its value, so that a flag that the visitor has set is not taken for this one. */
const OURS = "consent-elements";

/** Fathom, from the visitor's yes on. It keeps nothing in the browser, and looks for a flag before it sends. */
export function fathom(
  options: Loose<FathomOptions> & Pick<FathomOptions, "id">,
): Vendor {
  const given = withDefaults(
    {
      id: "",
      purpose: "analytics",
      src: "https://cdn.usefathom.com/script.js",
    },
    options,
  );
  const site = id("id", given.id);
  const src = address("src", given.src);
  let isLoaded = false;
  return {
    name: "fathom",
    purposes: [text("purpose", given.purpose)],
    stores: {},
    async grant({ load }) {
      if (localStorage.getItem(FLAG) === OURS) localStorage.removeItem(FLAG);
      if (isLoaded) return;
      await load(src, { defer: "", "data-site": site });
      isLoaded = true;
    },
    revoke() {
      if (!localStorage.getItem(FLAG)) localStorage.setItem(FLAG, OURS);
    },
  };
}
