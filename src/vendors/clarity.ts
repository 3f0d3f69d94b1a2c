import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, id } from "./shared/sdk.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link clarity} takes. */
export interface ClarityOptions {
  /** The project's id. */
  id: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The purpose that answers for `ad_Storage`. Default: `"marketing"`; a store that does not ask about it has said no. */
  adPurpose?: string;
  /** The address of the script. Default: what Clarity serves for `id`. */
  src?: string;
}

type Call = readonly unknown[];

/** Both answers; Clarity wants the capital S. */
const consent = (ads: string, analytics: string): Call => [
  "consentv2",
  { ad_Storage: ads, analytics_Storage: analytics },
];

/**
 * Microsoft Clarity, from the visitor's yes on: a refusal alone would not end its recording, so a no stops it. Where the
 * browser sends Global Privacy Control it does not start at all.
 *
 * Facts: learn.microsoft.com/clarity/setup-and-installation/clarity-consent-api-v2, and the source of clarity-js.
 */
export function clarity(
  options: Loose<ClarityOptions> & Pick<ClarityOptions, "id">,
): Vendor {
  const given = withDefaults(
    { id: "", purpose: "analytics", adPurpose: "marketing", src: "" },
    options,
  );
  const project = id("id", given.id);
  const purpose = text("purpose", given.purpose);
  const adPurpose = text("adPurpose", given.adPurpose);
  const denied = consent("denied", "denied");
  /** What a yes says. */
  const yes = [consent("denied", "granted")];
  const vendor = stubVendor({
    name: "clarity",
    purpose,
    stores: { cookies: ["_clck", "_clsk"], session: ["_cltk"] },
    src: address("src", given.src || `https://www.clarity.ms/tag/${project}`),
    global: "clarity",
    queue: "q",
    no: [denied],
    yes,
    begin: [],
  });
  const page = globalThis as {
    clarity?: ((...call: Call) => void) & { q?: unknown[] };
  };
  let isRunning = false;
  let isStopped = false;
  return {
    ...vendor,
    tell({ isGranted, purposes }) {
      const isAsked = purposes.some(({ name }) => name === adPurpose);
      const ads = isAsked && isGranted(adPurpose) ? "granted" : "denied";
      yes[0] = consent(ads, "granted");
      if (isRunning && isGranted(purpose)) page.clarity!(...yes[0]);
    },
    grant(permit) {
      isRunning = true;
      if (isStopped) {
        // While it is stopped it keeps all calls, and would begin with them.
        page.clarity!.q?.splice(0);
        page.clarity!("start");
      }
      isStopped = false;
      return vendor.grant(permit);
    },
    revoke() {
      isRunning = false;
      vendor.revoke();
      page.clarity!("stop");
      isStopped = true;
    },
  };
}
