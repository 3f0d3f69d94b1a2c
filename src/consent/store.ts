import {
  CHOICES,
  MODES,
  SOURCES,
  type Choice,
  type Choices,
  type Mode,
  type Source,
} from "./choice.js";
import {
  tell,
  type ConsentChangeEvent,
  type ConsentEvent,
  type Leftover,
} from "./events.js";
import type { Neighbours, RecordStorage } from "./ports.js";
import type { Limit, Profile } from "./profile.js";
import { toPurpose, type Purpose, type PurposeInput } from "./purpose.js";
import {
  fromText,
  makeRecord,
  newer,
  SKEW,
  toText,
  type ConsentRecord,
} from "./record.js";
import { oneOf, refuse, type Loose } from "./refuse.js";

/** What a store is made of. */
export interface StoreOptions {
  /** What the visitor decides on. Default: `["necessary", "analytics"]`. */
  purposes?: readonly PurposeInput[];
  /** What an absent choice means. Default: `"opt-in"`. */
  mode?: Mode;
  /** The version of what is asked; another one asks again. Default: `"1"`. */
  revision?: string | number;
  /** How long a decision holds, refusals exactly as long as grants. In milliseconds. Default: 180 days. */
  maxAge?: number;
  /** Where the record waits. Default: in this page's memory. */
  storage?: RecordStorage | undefined;
  /**
   * What holds for this visitor: a mode, a length of time, and a limit. Known at once, or later: nothing is granted before,
   * and nothing at all where it cannot be known (it rejects). Default: what is said here.
   */
  profile?: Profile | Promise<Profile> | undefined;
  /** What keeps the site's tabs in step. Default: nothing. */
  neighbours?: Neighbours | undefined;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
}

/** Who makes a change, and what to call it in the record. */
export interface ChangeDetails {
  /** Default: `"api"`. A banner of the site's own passes `"user"`. */
  source?: Source;
  /** Default: the name of the method. */
  action?: string;
}

/**
 * Holds the visitor's decision and tells of every change.
 *
 * @fires consent-change - for every new decision, from this page or another.
 * @fires consent-error - when storage refuses. The decision then lives as long as the page.
 * @fires consent-receipt - for every decision of this page, where the site keeps receipts.
 * @fires consent-leftovers - when something of a withdrawn grant cannot be removed, and when it no longer is there.
 */
export interface ConsentStore extends EventTarget {
  /** What the visitor decides on. */
  readonly purposes: readonly Purpose[];
  /** What an absent choice means. */
  readonly mode: Mode;
  /** The version of what is asked. */
  readonly revision: string;
  /** The decision that counts; `undefined` when none was made, it has expired, or another revision asks again. */
  readonly record: ConsentRecord | undefined;
  /** Whether a purpose still waits for the visitor's answer. */
  readonly needsChoice: boolean;
  /** Whether the storage has answered. Until it has, nothing is granted, whatever the mode. */
  readonly isReady: boolean;
  /** Resolves to the record, or to `undefined`, once the storage has answered. */
  readonly ready: Promise<ConsentRecord | undefined>;
  /** What of withdrawn grants could not be removed from the browser, as `consent-leftovers` told last. */
  leftovers?: readonly Leftover[];
  /**
   * The visitor's answer on `purpose`; `undefined` when never asked. A refusal outlives its revision: it stands until
   * the visitor has answered again. Throws a `RangeError` for an unknown purpose.
   */
  get(purpose: string): Choice | undefined;
  /** Whether `purpose` may run: it was granted, or the mode takes no answer for a yes. */
  isGranted(purpose: string): boolean;
  /** Calls back after each change. Returns a function that ends it. */
  subscribe(listener: (event: ConsentChangeEvent) => void): () => void;
  /** Grants every purpose. */
  grantAll(details?: ChangeDetails): ConsentRecord;
  /** Refuses every purpose that is not required. */
  denyAll(details?: ChangeDetails): ConsentRecord;
  /** Takes every grant back: the same answer as `denyAll()`, and the record says that it was a withdrawal. */
  withdraw(details?: ChangeDetails): ConsentRecord;
  /**
   * Records the given answers and leaves the others as they are: `set({ analytics: "granted" })`.
   * Throws for an unknown purpose, a required one, or a value that is no choice; nothing is recorded then.
   */
  set(choices: Choices, details?: ChangeDetails): ConsentRecord;
  /** Forgets the decision on the given purposes, or the whole record: the visitor was never asked. */
  reset(...purposes: string[]): void;
  /** Reads the stored record again, and tells if it has moved. Call it wherever a stale answer could do harm. */
  refresh(): void;
  /** Adds a purpose that became known late; it waits for its answer. A known name changes nothing. */
  addPurpose(purpose: PurposeInput): void;
  /** Tells, by `consent-error`, that something outside the caller's hands went wrong. */
  report(error: unknown): void;

  addEventListener<
    K extends
      | "consent-change"
      | "consent-error"
      | "consent-receipt"
      | "consent-leftovers",
  >(
    type: K,
    listener: (event: ConsentEvent<K>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<
    K extends
      | "consent-change"
      | "consent-error"
      | "consent-receipt"
      | "consent-leftovers",
  >(
    type: K,
    listener: (event: ConsentEvent<K>) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** How long a decision holds unless the site says otherwise: 180 days, in milliseconds. */
const HALF_A_YEAR = 15_552e6;

/** What a record may take of the room that a page's cookies share. In characters. */
const MAX_LENGTH = 1024;

/** Makes a store on the given ports. Pages call `createConsent`, which chooses them and refuses options that there are not. */
export function createStore({
  storage,
  profile = {},
  neighbours,
  clock = Date.now,
  purposes: inputs = ["necessary", "analytics"],
  mode = "opt-in",
  revision: givenRevision = "1",
  maxAge = HALF_A_YEAR,
}: Loose<StoreOptions> = {}): ConsentStore {
  const revision = `${givenRevision}`;
  /** What holds for this visitor. A promise says nothing yet. */
  const rules = {
    mode: oneOf("mode", mode, MODES),
    maxAge,
    limit: ((record) => record) as Limit,
    ...profile,
  };
  const store = new EventTarget() as ConsentStore;

  let purposes: readonly Purpose[] = [];
  /** The newest record known, be it of another revision. */
  let newest: ConsentRecord | undefined;
  /** The record, where this page's memory is the only place for it. */
  let kept: ConsentRecord | undefined;
  let isAlone = !storage;
  /** The duplicates that were replaced last. */
  let healed = "";
  let isReady = !storage?.ready && !(profile as Partial<Promise<Profile>>).then;

  const names = () => purposes.map(({ name }) => name);
  const record = () => (newest?.revision === revision ? newest : undefined);
  const expiry = ({ time }: ConsentRecord) => Date.parse(time) + rules.maxAge;

  const find = (name: string): Purpose =>
    purposes[names().indexOf(oneOf("purpose", name, names()))]!;

  /** The answer on `name` that counts: of an earlier revision, only one that no answer would loosen. */
  const standing = (name: string): Choice | undefined => {
    const choice = newest?.choices[name];
    return record() ||
      (rules.mode === "opt-in" ? choice === "denied" : choice !== "granted")
      ? choice
      : undefined;
  };

  /** All answers that count. */
  const allStanding = () => {
    const choices = { ...newest?.choices };
    for (const name in choices) if (!standing(name)) delete choices[name];
    return choices;
  };

  const get = (name: string): Choice | undefined =>
    find(name).required ? "granted" : standing(name);

  /** Adds a purpose; returns whether it was new. */
  const add = (input: PurposeInput) => {
    const purpose = toPurpose(input);
    const isNew = !names().includes(purpose.name);
    if (isNew) purposes = Object.freeze([...purposes, purpose]);
    return isNew;
  };

  const report = (error: unknown) => tell(store, "consent-error", { error });

  /** Blocked storage is weather: the decision lives as long as the page. */
  const fall = (error: unknown) => {
    if (isAlone) return;
    isAlone = true;
    kept = newest;
    // Later, so that a listener added after the store was made hears it too.
    queueMicrotask(() => report(error));
  };

  const write = (
    next: ConsentRecord | undefined,
    text = next && toText(next),
  ) => {
    try {
      storage?.write(text, new Date(next ? expiry(next) : 0));
      if (text && storage && !storage.read().includes(text))
        throw Error("record not kept");
    } catch (error) {
      fall(error);
      try {
        // An older grant must not outlive a refusal that could not be written.
        storage?.write(undefined, new Date(0));
      } catch {
        // It refuses this as well.
      }
    }
    kept = isAlone ? next : undefined;
  };

  const read = () => {
    let texts: readonly string[] = [];
    try {
      texts = storage?.read() ?? [];
    } catch (error) {
      fall(error);
    }
    const now = clock();
    let found = texts.map((text) => fromText(text, now)).reduce(newer, kept);
    if (found && expiry(found) <= now) found = undefined;
    const limited = rules.limit(found, false, purposes);
    if (
      limited !== found ||
      // Once: what cannot be removed must not be written against for ever.
      (1 in texts && healed !== (healed = `${texts}`))
    )
      write(limited);
    return limited;
  };

  const become = (next: ConsentRecord | undefined, source: Source) => {
    if (JSON.stringify(next) === JSON.stringify(newest)) return;
    const previous = record();
    const before = names().map(get);
    newest = next;
    tell(store, "consent-change", {
      previous,
      current: record(),
      newest,
      changed: names().filter((name, i) => get(name) !== before[i]),
      source,
    });
  };

  const refresh = () => become(read(), "tab");

  const decide = (
    choices: Choices | undefined,
    { source = "api", action = "set" }: ChangeDetails = {},
  ) => {
    const last = Date.parse(newest?.time ?? "");
    const next = rules.limit(
      choices &&
        makeRecord({
          choices,
          revision,
          // Later than the decision before it, even within a millisecond or after the clock was set back.
          time: new Date(
            // But of its very time where one more would read as damaged.
            Math.max(clock(), last + +(last !== clock() + SKEW) || 0),
          ).toISOString(),
          source: oneOf("source", source, SOURCES),
          action,
        }),
      true,
      purposes,
    );
    const text = next ? toText(next) : "";
    // A no is never too long.
    if (text.length > MAX_LENGTH && !/=denied/.test(text))
      refuse("record size", text.length, "fewer purposes");
    write(next);
    neighbours?.tell(text);
    become(next, source);
    return next as ConsentRecord;
  };

  const set = (choices: Choices, details?: ChangeDetails) => {
    for (const name in choices) {
      oneOf(name, choices[name], CHOICES);
      if (find(name).required) refuse("a required purpose", name, "another");
    }
    refresh();
    return decide({ ...allStanding(), ...choices }, details);
  };

  const setAll =
    (choice: Choice, action: string) => (details?: ChangeDetails) => {
      const asked: Record<string, Choice> = {};
      for (const { name, required } of purposes)
        if (!required) asked[name] = choice;
      return set(asked, { action, ...details });
    };

  for (const input of inputs)
    if (!add(input)) refuse("a purpose", toPurpose(input).name, "it once");
  newest = read();
  neighbours?.hear((text) => {
    // Where nothing is stored, what the other page says is all there is.
    if (isAlone && text !== undefined)
      kept = text ? newer(kept, fromText(text, clock())) : undefined;
    refresh();
  });

  return Object.defineProperties(
    store,
    Object.getOwnPropertyDescriptors({
      get purposes() {
        return purposes;
      },
      get record() {
        return record();
      },
      get needsChoice() {
        return (
          isReady &&
          purposes.some(
            ({ name, required }) => !required && !record()?.choices[name],
          )
        );
      },
      get isReady() {
        return isReady;
      },
      get mode() {
        return rules.mode;
      },
      revision,
      ready: Promise.resolve(storage?.ready)
        .catch(fall)
        .then(() => profile)
        .then((known) => {
          isReady = true;
          Object.assign(rules, known);
          refresh();
          return record();
          // What holds for this visitor is not known, so nothing is granted.
        }, report),
      get,
      isGranted: (name: string) =>
        isReady &&
        (get(name) ?? (rules.mode === "opt-in" || "granted")) === "granted",
      subscribe(listener: (event: ConsentChangeEvent) => void) {
        store.addEventListener("consent-change", listener);
        return () => store.removeEventListener("consent-change", listener);
      },
      grantAll: setAll("granted", "grant-all"),
      denyAll: setAll("denied", "deny-all"),
      withdraw: setAll("denied", "withdraw"),
      set,
      reset(...forgotten: string[]) {
        refresh();
        const choices = allStanding();
        for (const name of forgotten) delete choices[find(name).name];
        decide(forgotten[0] && Object.keys(choices)[0] ? choices : undefined, {
          action: "reset",
        });
      },
      refresh,
      addPurpose(purpose: PurposeInput) {
        if (add(purpose)) refresh();
      },
      report,
    }),
  );
}
