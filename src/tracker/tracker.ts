import { onlyKnown, refuse, type Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import type {
  Destination,
  DestinationInput,
  Properties,
} from "./destination.js";
import { toJson } from "./engine.js";
import { createFacade, type Tracker } from "./facade.js";
import type {
  AnonymousLevel,
  BeforeChoice,
  Level,
  WhenDenied,
} from "./level.js";

/** What a tracker is made of. */
export interface TrackerOptions {
  /** The store whose decisions this tracker obeys. */
  consent: ConsentStore;
  /** Where events go, such as `mixpanel({ token })`, or a function that fetches it when there is something to send. */
  destination: DestinationInput;
  /** Names what the tracker keeps in storage; a second tracker on a page needs its own. Default: `"consent-tracker"`. */
  name?: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** What happens to events before there is a choice. Default: `"hold"`, in memory only. */
  beforeChoice?: BeforeChoice;
  /** What happens to events after a refusal. Default: `"off"`. */
  whenDenied?: WhenDenied;
  /** What the choice `anonymous` means. Default: `"anonymous"`, nothing that lives longer than the page. */
  anonymousLevel?: AnonymousLevel;
  /**
   * Whether the receiver is asked to forget the network address. `true` is for every level below `full`; a function
   * answers for each. Default: `true`.
   */
  serverAnonymity?: boolean | ((level: Level) => boolean);
  /** Whether page view, session and anonymous visitor go on over a change of level. Default: `false`. */
  stitch?: boolean;
  /** Whether every id given to `identify()` is hashed (SHA-256) before it is stored or sent. Default: `false`. */
  hashIds?: boolean;
  /** What is put in front of an id before it is hashed. Default: nothing. */
  hashSalt?: string;
  /** The event that tells of a grant; `""` sends none. Default: `"$opt_in"`. */
  optInEvent?: string;
  /** Properties of that event. Default: none. */
  optInProperties?: Properties;
  /** The longest an event waits for others before it is sent, in milliseconds. Default: 1000. */
  flushInterval?: number;
  /** The most calls held before a choice; the oldest go first. Default: 1000. */
  holdLimit?: number;
  /** The most that held calls may take together, as characters of JSON; the oldest go first. Default: 1000000. */
  holdBytes?: number;
  /** The longest a call is held before a choice, in milliseconds. Default: 600000 (10 minutes). */
  holdTime?: number;
  /** How long a receiver may take to answer, in milliseconds. Default: 30000. */
  requestTimeout?: number;
  /** Where identity, session and unsent events outlive the page, at the level `full` alone. Default: localStorage. */
  storage?: () => Storage;
  /** Where a session outlives the page at the level `session`. Default: sessionStorage. */
  sessionStorage?: () => Storage;
  /** Where unsent events outlive the page, when not in `storage`. Default: there. */
  outbox?: () => Storage;
  /** Runs `work` when no other tab runs work of that name. Default: Web Locks. */
  inTurn?: (name: string, work: () => Promise<void>) => Promise<void>;
  /** What sends requests. Default: the browser's `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
}

// A record, so that the compiler misses a name that is not here.
const NAMES: Record<keyof TrackerOptions, 1> = {
  consent: 1,
  destination: 1,
  name: 1,
  purpose: 1,
  beforeChoice: 1,
  whenDenied: 1,
  anonymousLevel: 1,
  serverAnonymity: 1,
  stitch: 1,
  hashIds: 1,
  hashSalt: 1,
  optInEvent: 1,
  optInProperties: 1,
  flushInterval: 1,
  holdLimit: 1,
  holdBytes: 1,
  holdTime: 1,
  requestTimeout: 1,
  storage: 1,
  sessionStorage: 1,
  outbox: 1,
  inTurn: 1,
  fetch: 1,
  clock: 1,
};

const NUMBERS = [
  "flushInterval",
  "holdLimit",
  "holdBytes",
  "holdTime",
  "requestTimeout",
] as const;

/**
 * Makes a tracker that obeys `consent`.
 *
 * ```ts
 * const tracker = createTracker({ consent, destination: mixpanel({ token: "YOUR_TOKEN" }) });
 * tracker.track("Signed up", { plan: "pro" });
 * ```
 *
 * Throws a `TypeError` for an unknown or missing option and a `RangeError` for a value outside the allowed ones.
 */
export function createTracker(
  options: Loose<TrackerOptions> &
    Pick<TrackerOptions, "consent" | "destination">,
): Tracker {
  onlyKnown(options ?? {}, Object.keys(NAMES));
  if (!options?.consent || !options.destination)
    refuse("consent or destination", null, "both");
  for (const option of NUMBERS) {
    const value = options[option] ?? 0;
    if (!(value >= 0 && (value < 2 ** 31 || option.startsWith("hold"))))
      refuse(option, `${value}`, "a number from 0, which a timer can take");
  }
  const { name = "consent-tracker", optInEvent = "$opt_in" } = options;
  const { decisions, check } = options.destination as Partial<Destination>;
  // Now, and not in the middle of a visitor's decision.
  const json = toJson(options.optInProperties);
  check?.({ verb: "consent", name: optInEvent, json, time: 0, level: "hold" });
  return createFacade({ ...options, name, decisions });
}
