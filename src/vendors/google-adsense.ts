import { refuse, text, withDefaults, type Loose } from "../consent/refuse.js";
import type { Vendor } from "./vendor.js";

/** What {@link googleAdsense} takes. */
export interface GoogleAdsenseOptions {
  /** The publisher's id: `"ca-pub-XXXXXXXXXXXXXXXX"`. */
  client: string;
  /** The purpose whose yes brings the script. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is, without a query. Default: Google's address. */
  src?: string;
}

/** The queue of adsbygoogle.js, and the switch on it (support.google.com/adsense/answer/9042142). */
type Ads = unknown[] & { pauseAdRequests?: 0 | 1 };

/**
 * AdSense: no script and no ad before a yes to `marketing` unless `purpose` names another. After a no no further ad is asked
 * for; what is on the page stays until the next one. In the EEA, the UK and Switzerland Google serves personalised ads only
 * behind a certified consent platform, which this library is not.
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function googleAdsense(options: Loose<GoogleAdsenseOptions>): Vendor {
  const { client, purpose, src } = withDefaults(
    {
      client: "",
      purpose: "marketing",
      src: "https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js",
    },
    options,
  );
  if (!/^ca-[\w-]+$/.test(client))
    refuse("client", client, "a publisher's id: ca-pub-XXXXXXXXXXXXXXXX");
  let isThere = false;
  const pause = (value: 0 | 1) => {
    const page = window as { adsbygoogle?: Ads };
    (page.adsbygoogle ??= []).pauseAdRequests = value;
  };
  return {
    name: "google-adsense",
    purposes: [text("purpose", purpose)],
    stores: { cookies: ["__gads", "__gpi*", "__eoi"] },
    needsReload: true,
    prepare: () => pause(1),
    async grant({ load, signal }) {
      if (!isThere)
        await load(`${src}?client=${client}`, { crossorigin: "anonymous" });
      isThere = true;
      if (!signal.aborted) pause(0);
    },
    revoke: () => pause(1),
  };
}
