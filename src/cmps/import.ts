import type { Choice, Choices } from "../consent/choice.js";
import { toMilliseconds } from "../consent/duration.js";
import type { RecordStorage } from "../consent/ports.js";
import { toPurpose } from "../consent/purpose.js";
import {
  makeRecord,
  newer,
  SKEW,
  toText,
  type ConsentRecord,
} from "../consent/record.js";
import { onlyKnown, refuse, type Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { removeStored, type Leftover } from "../gate/clean-up.js";
import type { Decision, Earlier } from "./earlier.js";

/** What {@link importDecision} takes. */
export interface ImportOptions {
  /** Where the site's record waits, such as `cookieStorage("consent")`: the storage that the store is made with. */
  storage: RecordStorage;
  /** The consent layers that this site has had. */
  from: readonly Earlier[];
  /**
   * The categories over there that each purpose of this site stands for, all of them: `{ analytics: ["statistics"] }`.
   * Default: `functional`, `analytics` and `marketing`, by the names that categories usually have.
   */
  purposes?: Readonly<Record<string, string | readonly string[]>>;
  /** The store's `revision`: the earlier texts must have asked the same. Default: `"1"`. */
  revision?: string | number;
  /** The store's `maxAge`, counted from the earlier decision. Default: 180 days. */
  maxAge?: number | string;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
  /** Hears that the storage was blocked. Default: nobody. */
  report?: (error: unknown) => void;
}

// A record, so that the compiler misses a name that is not here.
const NAMES: Record<keyof ImportOptions, 1> = {
  storage: 1,
  from: 1,
  purposes: 1,
  revision: 1,
  maxAge: 1,
  clock: 1,
  report: 1,
};

/** What the usual purposes are called elsewhere: by name, and by OneTrust's numbers. */
const USUAL: Readonly<Record<string, RegExp>> = {
  functional: /^(functional|functionality|preferences|personalization|c0003)$/i,
  analytics: /^(analytics|statistics|performance|measurement|c0002)$/i,
  marketing: /^(marketing|advertising|advertisement|ads|targeting|c0004)$/i,
};

/**
 * Takes over what a visitor has answered to an earlier consent layer, so that a site that moves does not ask again. Call it
 * before the store is made, or before the drop-in script.
 *
 * ```ts
 * const storage = cookieStorage("consent");
 * importDecision({ storage, from: [cookiebot()], revision: "2026-11" });
 * const consent = createConsent({ storage, revision: "2026-11", purposes: ["analytics", "marketing"] });
 * ```
 *
 * - A record of the site's own wins, whatever it says: nothing is written then.
 * - A purpose is granted if all its categories were, and refused if one was. One that was not asked stays unanswered, and
 *   the visitor is asked about it.
 * - The record bears the decision's own time, so it ends when the earlier one would have ended here; `source` is
 *   `import`, `action` the layer's name. Of several decisions the newest counts, of two of one time the stricter.
 * - What is damaged, dated later than now, or older than `maxAge` is no decision.
 *
 * Returns the record that was written, or `undefined`. Throws a `TypeError` for an unknown or missing option and a
 * `RangeError` for a purpose that cannot be asked about.
 */
export function importDecision(
  options: Loose<ImportOptions> & Pick<ImportOptions, "storage" | "from">,
): ConsentRecord | undefined {
  onlyKnown(options ?? {}, Object.keys(NAMES));
  const { storage, from, purposes, revision = "1", clock = Date.now } = options;
  if (!storage)
    refuse("storage", null, 'the record\'s, as cookieStorage("consent")');
  if (!from?.[0]?.read) refuse("from", null, "the layers, as [cookiebot()]");
  const maxAge = toMilliseconds(options.maxAge ?? "P180D");
  const wanted = Object.entries(purposes ?? {}).map(
    ([name, categories]) => [name, [categories].flat()] as const,
  );
  for (const [name, categories] of wanted) {
    if (toPurpose(name).required) refuse("a required purpose", name, "another");
    // An empty list would be a yes of nobody's.
    if (!categories[0]) refuse(name, null, "its categories over there");
  }

  const toAnswers = ({ choices }: Decision): Choices => {
    const lists = purposes
      ? wanted
      : Object.entries(USUAL).map(
          ([name, usual]) =>
            [
              name,
              Object.keys(choices).filter((key) => usual.test(key)),
            ] as const,
        );
    return Object.fromEntries(
      lists.flatMap(([name, categories]) => {
        const choice = together(
          categories.map(
            (category) =>
              choices[category] ??
              // A service of a category that was refused as a whole.
              (choices[category.split("/")[0]!] === "denied"
                ? "denied"
                : undefined),
          ),
        );
        return choice ? [[name, choice]] : [];
      }),
    );
  };

  const now = clock();
  const found = from
    .flatMap(({ name, read }) =>
      read().flatMap((decision) => {
        const { time } = decision;
        const choices = toAnswers(decision);
        return time <= now + SKEW &&
          time + maxAge > now &&
          Object.keys(choices)[0]
          ? makeRecord({
              choices,
              revision: `${revision}`,
              time: new Date(time).toISOString(),
              source: "import",
              action: name,
            })
          : [];
      }),
    )
    .reduce<ConsentRecord | undefined>(newer, undefined);
  try {
    if (!found || storage.read()[0] !== undefined) return;
    storage.write(toText(found), new Date(Date.parse(found.time) + maxAge));
    return found;
  } catch (error) {
    // Blocked storage: the visitor is asked, as on every page of such a browser.
    options.report?.(error);
    return;
  }
}

/**
 * Removes what earlier consent layers have kept, once the store has a decision of its own; before that it does nothing. Call
 * it when no page needs them any more. Resolves to what could not be removed.
 */
export async function removeEarlier(
  from: readonly Earlier[],
  consent: ConsentStore,
): Promise<readonly Leftover[]> {
  await consent.ready;
  if (!consent.record) return [];
  const leftovers = await Promise.all(
    from.map(({ stores }) => removeStored(stores, consent)),
  );
  return leftovers.flat();
}

/** One answer for several categories: a no of one is a no, a yes needs all. */
function together(
  choices: readonly (Choice | undefined)[],
): Choice | undefined {
  if (choices.includes("denied")) return "denied";
  // No category at all is nobody's yes.
  return choices[0] && choices.every((choice) => choice === "granted")
    ? "granted"
    : undefined;
}
