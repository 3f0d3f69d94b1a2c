import type { Mode } from "../consent/choice.js";

/** What holds in a region, as far as a page must know it. Data, not advice: who sells what to whom, no table knows. */
export interface RegionProfile {
  /** What an absent choice means. */
  readonly mode: Mode;
  /** How long a decision holds, where the law has a word on when a visitor may be asked again. */
  readonly maxAge?: string;
}

/** Where nothing but a yes will do. */
const ASK: RegionProfile = { mode: "opt-in" };

/** Where things may run until a no, and a visitor who said no is not asked again for twelve months (Cal. Civ. Code § 1798.135). */
const OBJECT: RegionProfile = { mode: "opt-out", maxAge: "P1Y" };

/**
 * Regions by their code: ISO 3166-1 or -2 in lower case, or the name of a union. What is not here gets the strictest
 * profile. States of the United States that have no such law are like those that have one: a signal counts there too.
 */
const REGIONS: Readonly<Record<string, RegionProfile>> = {
  eu: ASK,
  eea: ASK,
  uk: ASK,
  gb: ASK,
  ch: ASK,
  br: ASK,
  us: OBJECT,
  // For sites that want a yes in the United States as well: suits over chats, replay and pixels ask for one.
  "us-strict": ASK,
};

/** The profile of a region: its own, else its country's (`us-ca` → `us`), else the strictest. */
export function regionProfile(code: string): RegionProfile {
  const name = code.trim().toLowerCase();
  const known = [name, name.split("-", 1)[0]!].find((each) =>
    Object.hasOwn(REGIONS, each),
  );
  return known ? REGIONS[known]! : ASK;
}
