import { MODES, type Mode } from "../consent/choice.js";
import { toMilliseconds } from "../consent/duration.js";
import type { Profile } from "../consent/profile.js";
import { refuse, text } from "../consent/refuse.js";
import { asksNotToBeTracked } from "../storage/leftovers.js";
import { limitBy, type LimitOptions, type Refusal } from "./refusal.js";
import { regionProfile } from "./regions.js";

/** Where a visitor is, or what will say so: a code such as `"eu"` or `"us-ca"`. No address is looked up here. */
export type Region =
  string | Promise<string> | (() => string | Promise<string>);

/** What is known of a visitor beside their decision. */
export interface ProfileOptions extends LimitOptions {
  /** Where the visitor is. An unknown region gets the strictest profile. Default: what `mode` and `maxAge` say holds everywhere. */
  region?: Region | undefined;
  /** What an absent choice means. With a region, the stricter of both holds. */
  mode?: Mode | undefined;
  /** How long a decision holds. With a region, what is said here goes before the region's. */
  maxAge?: number | string | undefined;
  /** The purposes that Global Privacy Control refuses: what sells or shares data. Default: `["marketing"]`. */
  signalPurposes?: readonly string[] | undefined;
  /** Whether Do Not Track refuses everything but `functional`. Default: `false`, since browsers have given it up. */
  respectDnt?: boolean | undefined;
  /** Whether the visitor is too young to be asked: everything is refused, nobody is asked, and no answer counts. Default: `false`. */
  underAge?: boolean | undefined;
  /** Further refusals, from a signal that this library does not know. */
  refusals?: readonly Refusal[] | undefined;
}

/** Whether the browser objects by Global Privacy Control. Only `true` is a word of its, and none is ever a yes (w3c/gpc). */
export function hasGlobalPrivacyControl(): boolean {
  const { globalPrivacyControl } = (globalThis.navigator ?? {}) as {
    globalPrivacyControl?: unknown;
  };
  return globalPrivacyControl === true;
}

/** The refusals that stand as long as this page is open: a browser's signals are read once a load. */
export function refusalsOf({
  signalPurposes = ["marketing"],
  respectDnt,
  underAge,
  refusals = [],
}: ProfileOptions): Refusal[] {
  const found: Refusal[] = [...refusals];
  if (underAge) found.unshift({ name: "under-age", isFinal: true });
  if (hasGlobalPrivacyControl())
    found.push({ name: "gpc", purposes: signalPurposes });
  if (respectDnt && globalThis.window && asksNotToBeTracked())
    found.push({ name: "dnt", except: ["functional"] });
  for (const { name } of found)
    // It becomes a part of the record's action.
    if (!/^[a-z][a-z\d-]*$/.test(name))
      refuse("the name of a refusal", name, "a word such as gpc");
  return found;
}

/**
 * What holds for this visitor. At once, or later where the region comes later. A region that cannot be found out is an
 * unknown one, and gets the strictest profile.
 */
export function profileOf(options: ProfileOptions): Profile | Promise<Profile> {
  const { region, mode, maxAge } = options;
  const refusals = refusalsOf(options);
  const limit = refusals[0] && { limit: limitBy(refusals, options) };
  /** A code that is none is that of an unknown region. */
  const at = (code?: unknown): Profile => {
    const found =
      region === undefined
        ? undefined
        : regionProfile(typeof code === "string" ? code : "");
    const age = maxAge ?? found?.maxAge;
    return {
      ...(found && {
        mode: MODES.find((each) => each === mode || each === found.mode)!,
      }),
      ...(age !== undefined && { maxAge: toMilliseconds(age) }),
      ...limit,
    };
  };
  const find = (): Profile | Promise<Profile> => {
    if (region === undefined) return at();
    if (typeof region === "string") return at(text("region", region));
    const found = typeof region === "function" ? region : () => region;
    return Promise.resolve()
      .then(found)
      .then(at, () => at());
  };
  if (!/undefined|string|function|Promise/.test(typeof region + region))
    refuse("region", region, '"us-ca", or a function that finds it out');
  const page = globalThis.document as
    (Document & { prerendering?: boolean }) | undefined;
  // A refusal is kept, and nothing may be in a page that nobody has seen.
  if (!limit || !page?.prerendering) return find();
  return new Promise((resolve) => {
    page.addEventListener("prerenderingchange", () => resolve(find()), {
      once: true,
    });
  });
}
