import type { Limit } from "../consent/profile.js";
import type { Choice } from "../consent/choice.js";
import { makeRecord } from "../consent/record.js";

/** A no that comes from somewhere else than the visitor's answer: from the browser, or from what is known of the visitor. */
export interface Refusal {
  /** What the record calls it: `gpc`, `dnt`, `under-age`, or a word of the site's. Letters, digits and `-`. */
  readonly name: string;
  /** The purposes that it refuses. Default: every one that is asked about. Those that the store does not know count for nothing. */
  readonly purposes?: readonly string[] | undefined;
  /** Purposes that it leaves alone. Default: none. */
  readonly except?: readonly string[] | undefined;
  /** Whether no later answer wins over it. Default: a later explicit one does, and the record says so. */
  readonly isFinal?: boolean | undefined;
}

/** How the `action` of a record begins that was decided against refusals; their names follow: `override-gpc`, `override-gpc+dnt`. */
const OVERRIDE = "override-";

/** What {@link limitBy} may be told. */
export interface LimitOptions {
  /** The version of what is asked. Default: `"1"`. */
  revision?: string | number | undefined;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: (() => number) | undefined;
}

/**
 * Makes the limit that holds while `refusals` stand. Each is a no to its purposes, never a yes to anything:
 *
 * - What was granted before gives way (11 CCR § 7025: an opt-out signal is a valid request).
 * - A yes that a person gives to the very purpose while the refusal stands wins, and the record's `action` becomes
 *   `override-gpc`. Accept all is no such yes, nor is a call of the page's own code.
 * - Where nothing was answered, the refusal is the answer: source `signal`, and the refusal's name as `action`.
 */
export function limitBy(
  refusals: readonly Refusal[],
  { revision = "1", clock = Date.now }: LimitOptions = {},
): Limit {
  /** Purposes that the visitor has granted against a refusal. */
  const overridden = new Set<string>();
  /** When the last record was made that was seen here. In milliseconds since the epoch. */
  let last = 0;

  return (given, isNew, purposes) => {
    last = Math.max(last, Date.parse(given?.time ?? "") || 0);
    const choices: Record<string, Choice> = { ...given?.choices };
    const known = given?.action.startsWith(OVERRIDE)
      ? given.action.slice(OVERRIDE.length).split("+")
      : [];
    const isExplicit =
      isNew && given?.source === "user" && given.action !== "grant-all";
    const overrides: string[] = [];
    let refused = "";
    for (const { name, purposes: own, except, isFinal } of refusals)
      for (const { name: purpose, required } of purposes) {
        const choice = choices[purpose];
        const isMeant =
          !required &&
          own?.includes(purpose) !== false &&
          !except?.includes(purpose);
        if (!isMeant || choice === "denied") continue;
        const wins =
          choice &&
          !isFinal &&
          (known.includes(name) ||
            isExplicit ||
            // Another answer changes, by the page's code perhaps, and this one stays.
            (isNew && overridden.has(purpose)));
        if (wins) {
          overridden.add(purpose);
          if (!overrides.includes(name)) overrides.push(name);
        } else {
          overridden.delete(purpose);
          choices[purpose] = "denied";
          refused ||= name;
        }
      }
    if (!refused && !overrides[0]) return given;
    const action = overrides[0] && `${OVERRIDE}${overrides.join("+")}`;
    if (given && !refused && action === given.action) return given;
    // A decision of this moment stays the visitor's, with less in it.
    const kept = isNew || overrides[0] ? given : undefined;
    return makeRecord({
      choices,
      revision: kept?.revision ?? `${revision}`,
      // Later than the record that it takes the place of.
      time: kept?.time ?? new Date(Math.max(clock(), last + 1)).toISOString(),
      source: kept?.source ?? "signal",
      action: action ?? kept?.action ?? refused,
    });
  };
}
