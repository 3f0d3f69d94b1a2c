import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { scriptAt } from "./shared/script.js";
import type { Vendor } from "./vendor.js";

/** What {@link microsoftUet} may be told. */
export interface MicrosoftUetOptions {
  /** The tag's id, digits in a text. */
  tagId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is. Default: Microsoft's own `bat.js`. */
  src?: string;
  /** Whether the script tells of new addresses within one page by itself. Default: `false`. */
  autoSpaTracking?: boolean;
}

interface Page {
  /** An array at first, and the object of the vendor's script later: never to be kept. */
  uetq?: { push(...call: unknown[]): unknown } & Partial<unknown[]>;
  UET?: new (options: object) => NonNullable<Page["uetq"]>;
}

/** What {@link microsoftUet} keeps, as cookies and in localStorage alike. */
const NAMES = [
  "_uetsid",
  "_uetsid_exp",
  "_uetvid",
  "_uetvid_exp",
  "_uetmsclkid",
];

/**
 * Microsoft Advertising's Universal Event Tracking. `uetq` says no from the start; nothing is fetched before a yes. What a page pushed
 * before the yes is gone. A denied tag goes on without cookies until the page is loaded anew.
 *
 * Facts: learn.microsoft.com, hlp_ba_conc_uet_consent. Microsoft Clarity is another vendor and must be told by itself.
 */
export function microsoftUet(options: Loose<MicrosoftUetOptions>): Vendor {
  const given = withDefaults(
    {
      tagId: "",
      purpose: "marketing",
      src: "https://bat.bing.com/bat.js",
      autoSpaTracking: false,
    },
    options,
  );
  const ti = text("tagId", given.tagId);
  const script = scriptAt(text("src", given.src));
  const page = globalThis as Page;
  const say = (action: string, answer: string) =>
    (page.uetq ??= []).push("consent", action, { ad_storage: answer });
  /** What was said before is gone; the first word is a no. */
  const begin = () => {
    page.uetq = [];
    say("default", "denied");
  };
  return {
    name: "microsoft-uet",
    purposes: [text("purpose", given.purpose)],
    stores: { cookies: NAMES, local: NAMES },
    needsReload: true,
    prepare() {
      if (page.uetq && !Array.isArray(page.uetq))
        throw new Error(
          "consent-elements: the page has loaded bat.js itself; take the snippet of microsoft-uet out, or leave it to that alone",
        );
      say("default", "denied");
    },
    async grant(permit) {
      if (script.hasRun) return void say("update", "granted");
      begin();
      say("update", "granted");
      await script.load(permit);
      page.uetq = new page.UET!({
        ti,
        enableAutoSpaTracking: given.autoSpaTracking,
        q: page.uetq,
      });
      page.uetq.push("pageLoad");
    },
    revoke() {
      if (script.hasRun) say("update", "denied");
      else begin();
    },
  };
}
