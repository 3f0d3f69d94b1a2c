import { oneOf, refuse, text } from "../../consent/refuse.js";
import type { Source } from "../../consent/choice.js";
import type { ConsentChangeEvent } from "../../consent/events.js";
import type { ConsentStore } from "../../consent/store.js";
import type { EngineOptions } from "../../tracker/engine.js";
import {
  ANONYMOUS_LEVELS,
  BEFORE_CHOICE,
  toLevel,
  WHEN_DENIED,
  type AnonymousLevel,
  type BeforeChoice,
  type Level,
  type WhenDenied,
} from "../../tracker/level.js";

/** What a tracker's own options and calls allow, as Snowplow means them: nothing here knows of a visitor's choice. */
export interface Switch {
  readonly level: "anonymous" | "session" | "full";
  /** Whether the collector is asked to forget the network address. */
  readonly server: boolean;
}

/** The visitor's side: the site's store, and how its answers count. */
export interface ConsentOptions {
  /** The site's store. The stricter of its record and the tracker's own options wins. Default: none, the options alone. */
  consent?: ConsentStore | undefined;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string | undefined;
  /** What happens to events before there is a choice. Default: `"hold"`, in memory only. */
  beforeChoice?: BeforeChoice | undefined;
  /** What happens to events after a refusal. Default: `"off"`. */
  whenDenied?: WhenDenied | undefined;
  /** What the choice `anonymous` means. Default: `"anonymous"`. */
  anonymousLevel?: AnonymousLevel | undefined;
  /** Whether page view, session and visitor go on over a change of level. Default: `false`. */
  stitch?: boolean | undefined;
  /** Hears what went wrong outside the caller's hands. Default: the store's `consent-error`, or the console. */
  onError?: ((error: unknown) => void) | undefined;
}

/** The names of these options. */
export const CONSENT_OPTIONS = [
  "consent",
  "purpose",
  "beforeChoice",
  "whenDenied",
  "anonymousLevel",
  "stitch",
  "onError",
] as const;

/** What the gate asks anew each time. */
interface Signals {
  /** Whether nothing may leave, whatever else is said. */
  isBlocked?: () => boolean;
  /** Whether the browser asks for privacy. Anonymous then, unless the record holds a yes. */
  asksForPrivacy?: () => boolean;
  /** Settles when the tracker's storage has answered. */
  ready?: Promise<unknown> | undefined;
}

/** Where the tracker's own switch, the site's record and the browser's signals meet: the strictest of them counts. */
export interface Gate {
  /** What an engine takes for its store. */
  readonly store: EngineOptions["consent"];
  /** The tracker's own switch. */
  readonly own: Switch;
  readonly isServerAnonymous: () => boolean;
  /** Turns the tracker's own switch. */
  turn(next: Switch, source?: Source): void;
  /** Looks at everything again, and tells if something has moved. */
  look(): void;
  /** Has the engine look again, also when nothing has moved: another tab may have forgotten the visitor. */
  nudge(): void;
}

/** From the strictest. */
const LADDER: readonly Level[] = [
  "off",
  "hold",
  "anonymous",
  "session",
  "full",
];

/** The choice that an engine takes for a level. */
const CHOICES: Record<Level, string | undefined> = {
  off: "denied",
  hold: undefined,
  anonymous: "anonymous",
  session: "session",
  full: "granted",
};

export const strictest = <L extends Level>(...levels: readonly L[]): L =>
  levels.reduce((a, b) => (LADDER.indexOf(a) < LADDER.indexOf(b) ? a : b));

/** Throws for a store that is none, and for an error's hearer that cannot be called. */
function checkPorts({ consent, onError }: ConsentOptions): void {
  if (consent && typeof (consent as Partial<ConsentStore>).get !== "function")
    refuse("consent", ["no store"], "createConsent()");
  if (onError !== undefined && typeof onError !== "function")
    refuse("onError", [onError], "a function");
}

/** Makes a gate. Throws a `RangeError` for a rule outside the allowed ones. */
export function createGate(
  given: ConsentOptions & Signals & { own: Switch },
): Gate {
  const { consent, isBlocked, asksForPrivacy, onError } = given;
  checkPorts(given);
  const purpose = text("purpose", given.purpose ?? "analytics");
  const rules = {
    beforeChoice: oneOf(
      "beforeChoice",
      given.beforeChoice ?? "hold",
      BEFORE_CHOICE,
    ),
    whenDenied: oneOf("whenDenied", given.whenDenied ?? "off", WHEN_DENIED),
    anonymousLevel: oneOf(
      "anonymousLevel",
      given.anonymousLevel ?? "anonymous",
      ANONYMOUS_LEVELS,
    ),
  };
  // An unknown purpose is the caller's mistake, and is said at once.
  consent?.get(purpose);
  const listeners = new Set<(event: ConsentChangeEvent) => void>();
  let { own } = given;
  let isStored = !given.ready;

  /** What the visitor and the browser leave of the level `full`. */
  const outside = (): Level => {
    const choice = consent?.get(purpose);
    return strictest(
      isBlocked?.() ? "off" : "full",
      // A yes to this site is the later and the more exact word than a signal to all sites.
      choice !== "granted" && asksForPrivacy?.() ? "anonymous" : "full",
      consent ? toLevel(choice, consent.mode, rules) : "full",
    );
  };
  const level = () => strictest(own.level, outside());
  const isServerAnonymous = () => own.server || outside() !== "full";
  // A newer decision is news even where it allows what the one before it did: there may have been a no between them.
  const state = () =>
    `${level()} ${isServerAnonymous()} ${consent?.record?.time}`;

  let told = state();
  const tell = (source: Source) => {
    told = state();
    for (const listener of listeners)
      listener({ source } as ConsentChangeEvent);
  };
  const look = (source: Source = "api") => {
    if (state() !== told) tell(source);
  };
  consent?.subscribe(({ source }) => look(source));

  const report = (error: unknown) => {
    if (onError) onError(error);
    else if (consent) consent.report(error);
    else console.warn("consent-elements:", error);
  };

  const store = {
    mode: "opt-in",
    get isReady() {
      return isStored && (consent?.isReady ?? true);
    },
    get record() {
      return consent?.record;
    },
    ready: Promise.allSettled([given.ready, consent?.ready]).then(() => {
      isStored = true;
      return undefined;
    }),
    get: () => CHOICES[level()],
    refresh() {
      consent?.refresh();
      look();
    },
    report,
    subscribe(listener: (event: ConsentChangeEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as EngineOptions["consent"];

  return {
    store,
    get own() {
      return own;
    },
    isServerAnonymous,
    turn(next, source) {
      own = next;
      look(source);
    },
    look,
    nudge: () => tell("tab"),
  };
}
