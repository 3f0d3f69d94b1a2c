import { tell, type Leftover } from "../consent/events.js";
import type { ConsentStore } from "../consent/store.js";
import { LATE, PROMPT } from "./places.js";
import { checkStored, names, type Place, type Stored } from "./stored.js";

export type { Leftover };

/** How long something that still runs has to write again before the next look. In milliseconds. */
const PAUSE = 1000;
/** How often is looked again, while something comes back. */
const LOOKS = 3;

/** What {@link removeStored} may be told. */
export interface RemoveOptions {
  /**
   * Whether what no script can see (`httpOnly`, `thirdParty`) is told of: a page can only suppose that it is there.
   * Default: `true`, which fits a yes that has just ended; a page that begins with a no passes `false`.
   */
  unseen?: boolean;
}

/** Something that stays while somebody wants it. */
interface Wanted {
  readonly stored: Stored;
  isWanted(): boolean;
}

/** What each store's visitor or site still wants. */
const wanted = new WeakMap<ConsentStore, Set<Wanted>>();

/**
 * Keeps what `stored` names from every removal, as long as `isWanted` says so; by default always. What was told to be left over
 * and is wanted again is left over no more. Returns a function that ends it. Throws as {@link removeStored} rejects.
 */
export function keepStored(
  consent: ConsentStore,
  stored: Stored,
  isWanted: () => boolean = () => true,
): () => void {
  checkStored(stored);
  const all = wanted.get(consent) ?? new Set();
  wanted.set(consent, all);
  const one: Wanted = { stored, isWanted };
  all.add(one);
  const unsubscribe = consent.subscribe(() => {
    if (isWanted()) leave(consent, stored, []);
  });
  return () => {
    unsubscribe();
    all.delete(one);
  };
}

/**
 * Removes everything that `stored` names, in this page's reach: cookies over every domain above this one and every part of the
 * path, entries, databases, caches. Cookies and entries are gone when the call returns. Never a visitor's decision, nor
 * what {@link keepStored} keeps.
 *
 * After a second it looks again, since what still runs may have written anew, and up to twice more while something comes back.
 * Resolves to what is left then, and tells it: the store's `leftovers`, and `consent-leftovers`.
 *
 * Rejects with a `RangeError` or `TypeError` for a pattern that is too wide or no pattern; nothing is removed then.
 */
export async function removeStored(
  stored: Stored,
  consent: ConsentStore,
  { unseen = true }: RemoveOptions = {},
): Promise<Leftover[]> {
  checkStored(stored);
  const isMeant = (place: Place, name: string) =>
    names(stored, place, name) && !isKept(consent, place, name);

  await sweep(stored, isMeant);
  let found: Found[] = [];
  for (let looks = 0; looks < LOOKS; looks++) {
    await new Promise((done) => setTimeout(done, PAUSE));
    found = await sweep(stored, isMeant);
    if (!found.some(({ isGone }) => isGone)) break;
  }
  const left = found.map(({ kind, name, isGone }): Leftover => ({
    kind,
    name,
    // Gone for the moment: what writes it still runs.
    reason: isGone ? "rewritten" : kind === "databases" ? "in-use" : "unknown",
  }));
  const suppose = (
    list: readonly string[] = [],
    reason: Leftover["reason"],
  ) => {
    for (const name of list)
      if (unseen && isMeant("cookies", name))
        left.push({ kind: "cookies", name, reason });
  };
  suppose(stored.httpOnly, "httponly");
  suppose(stored.thirdParty, "third-party");
  leave(consent, stored, left);
  return left;
}

/** Something that was there. */
interface Found {
  readonly kind: Place;
  readonly name: string;
  /** Whether its removal worked. */
  readonly isGone: boolean;
}

/** Removes what is there now, and returns it. What can be removed at once is, before the first `await`. */
async function sweep(
  stored: Stored,
  isMeant: (place: Place, name: string) => boolean,
): Promise<Found[]> {
  const found: Found[] = [];
  // A place that is not named is not read either. One that is blocked holds nothing within reach.
  for (const kind of ["cookies", "local", "session"] as const) {
    if (!stored[kind]?.[0]) continue;
    for (const name of PROMPT[kind].names())
      if (isMeant(kind, name))
        found.push({ kind, name, isGone: PROMPT[kind].remove(name) });
  }
  for (const kind of ["databases", "caches"] as const) {
    if (!stored[kind]?.[0]) continue;
    for (const name of await LATE[kind].names().catch(() => []))
      if (isMeant(kind, name))
        found.push({
          kind,
          name,
          isGone: await LATE[kind].remove(name).catch(() => false),
        });
  }
  return found;
}

function isKept(consent: ConsentStore, place: Place, name: string): boolean {
  return [...(wanted.get(consent) ?? [])].some(
    (one) => names(one.stored, place, name) && one.isWanted(),
  );
}

/** Puts `left` in the place of what was known to be left of `stored`, and tells it. */
function leave(
  consent: ConsentStore,
  stored: Stored,
  left: readonly Leftover[],
): void {
  const before = consent.leftovers ?? [];
  const others = before.filter(({ kind, name }) => !names(stored, kind, name));
  const leftovers = [...others, ...left];
  // No news that there is nothing, where nothing was.
  if (!left[0] && leftovers.length === before.length) return;
  consent.leftovers = leftovers;
  tell(consent, "consent-leftovers", { leftovers });
}
