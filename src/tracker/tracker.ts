import {
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import type {
  Call,
  DestinationInput,
  Properties,
  Verb,
} from "./destination.js";
import {
  BEFORE_CHOICE,
  mayLeave,
  toLevel,
  WHEN_DENIED,
  type BeforeChoice,
  type Level,
  type WhenDenied,
} from "./level.js";
import { currentPage } from "./page.js";
import type { Sender } from "./sender.js";

/** What a tracker is made of. */
export interface TrackerOptions {
  /** The store whose decisions this tracker obeys. */
  consent: ConsentStore;
  /** Where events go, such as `mixpanel({ token })`, or a function that fetches it when there is something to send. */
  destination: DestinationInput;
  /** Names the identity's entry in localStorage; a second tracker on a page needs its own. Default: `"consent-tracker"`. */
  name?: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** What happens to events before there is a choice. Default: `"hold"`, in memory only. */
  beforeChoice?: BeforeChoice;
  /** What happens to events after a refusal. Default: `"off"`. */
  whenDenied?: WhenDenied;
  /** The event that tells of a grant; `""` sends none. Default: `"$opt_in"`. */
  optInEvent?: string;
  /** Properties of that event. Default: none. */
  optInProperties?: Properties;
  /** The longest an event waits for others before it is sent, in milliseconds. Default: 1000. */
  flushInterval?: number;
  /** The most calls held before a choice; the oldest go first. Default: 1000. */
  holdLimit?: number;
  /** The longest a call is held before a choice, in milliseconds. Default: 600000 (10 minutes). */
  holdTime?: number;
  /** What sends requests. Default: the browser's `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
}

/**
 * Tells a destination what happens on the page, as far as the visitor allows it and no further. The store's
 * decisions alone move it between its levels.
 */
export interface Tracker {
  /** Tells that something happened. `properties` is anything JSON can hold, and is copied at the call. */
  track(name: string, properties?: Properties): void;
  /** Tells that this page was viewed. */
  page(properties?: Properties): void;
  /** Names the visitor: the site's own id, the same on each of their devices. At anonymous levels it does nothing. */
  identify(userId: string): void;
  /** Sets properties of the visitor's profile. They wait, in memory, until `identify()` has named one. */
  set(properties: Properties): void;
  /** Sets properties that go with every later event, on later pages too. */
  register(properties: Properties): void;
  /** Forgets who the visitor is: a fresh identity from the next event on. The decision stays. */
  reset(): void;
  /** Sends now what waits and may be sent. */
  flush(): void;
  /** Grants this tracker's purpose. The same as `consent.set({ analytics: "granted" })`. */
  optIn(): void;
  /** Refuses this tracker's purpose. When it returns nothing is queued, stored or under way. */
  optOut(): void;
  /** Whether the visitor granted this tracker's purpose. False when never asked. */
  hasOptedIn(): boolean;
  /** Whether the visitor refused this tracker's purpose. False when never asked. */
  hasOptedOut(): boolean;
  /** Forgets the visitor's answer on this tracker's purpose: they were never asked. */
  clearOptInOut(): void;
}

const DEFAULTS = {
  consent: undefined as unknown as ConsentStore,
  destination: undefined as unknown as DestinationInput,
  name: "consent-tracker",
  purpose: "analytics",
  beforeChoice: "hold",
  whenDenied: "off",
  optInEvent: "$opt_in",
  optInProperties: {},
  flushInterval: 1000,
  holdLimit: 1000,
  holdTime: 600_000,
  fetch: (...request) => globalThis.fetch(...request),
  clock: () => Date.now(),
} satisfies TrackerOptions as Required<TrackerOptions>;

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
  const given = withDefaults(DEFAULTS, options);
  const { consent, destination, purpose, clock } = given;
  if (!consent || !destination) refuse("consent or destination", null, "both");
  const rules = {
    mode: consent.mode,
    beforeChoice: oneOf("beforeChoice", given.beforeChoice, BEFORE_CHOICE),
    whenDenied: oneOf("whenDenied", given.whenDenied, WHEN_DENIED),
  };
  const page = globalThis.document as
    (Document & { prerendering?: boolean }) | undefined;
  const choice = () => consent.get(purpose);
  const hasOptedIn = () => choice() === "granted";

  let level: Level | undefined;
  /** Calls that wait: for a choice, or for the code that sends. */
  let held: Call[] = [];
  let sender: Sender | undefined;
  let loading: Promise<void> | undefined;

  /** The level by the store's word now. Before a prerendered page is shown nobody has seen it, so nothing may leave. */
  const target = (): Level => {
    const allowed = toLevel(choice(), rules);
    return page?.prerendering && allowed !== "off" ? "hold" : allowed;
  };

  /** Removes the identity's entry, also where the code that made it is not loaded. */
  const forget = () => {
    try {
      localStorage.removeItem(given.name);
    } catch {
      // What refuses removal refused writing.
    }
  };

  const load = async () => {
    try {
      const { createSender } = await import("./sender.js");
      sender = createSender({
        ...given,
        forget,
        destination:
          typeof destination === "function" ? await destination() : destination,
        report: consent.report,
        mayLeave(taken) {
          consent.refresh();
          return mayLeave(taken, target());
        },
      });
      send();
    } catch (error) {
      // The next call tries again.
      loading = undefined;
      consent.report(error);
    }
  };

  const note = (
    verb: Verb,
    name: string,
    properties: Properties = {},
  ): Call => {
    if (Object(properties) !== properties)
      refuse("the properties", properties, '{ key: "value" }');
    return {
      verb,
      name,
      // A copy: what the caller changes later did not happen at the call. JSON.stringify throws for what JSON cannot hold.
      properties: JSON.parse(JSON.stringify(properties)),
      time: clock(),
      page: currentPage(),
    };
  };

  /** Hands over what waits, if it may be sent, to leave within `delay` milliseconds. */
  const send = (delay = 0): void => {
    const oldest = clock() - given.holdTime;
    // Each time anew: handing one call over may bring the news of a refusal.
    while (held[0] && (level === "full" || level === "anonymous")) {
      if (!sender) return void (loading ??= load());
      const call = held.shift()!;
      if (call.time >= oldest) sender.send(call, level, delay);
    }
  };

  /** Goes to the level that the store asks for, and takes along only what may come along. */
  const follow = (decidedHere?: boolean): void => {
    const before = level;
    const next = target();
    level = next;
    if (next !== before) {
      // What was taken under a permission does not outlive it; what was held for one comes along.
      if (before !== "hold" || next === "off") held = [];
      sender?.limit((taken) => mayLeave(taken, next));
      // At the start too: an identity that an earlier page left, or that a grant left which has expired.
      if (before === "full" || /off|hold/.test(next)) forget();
    }
    if (decidedHere && given.optInEvent && hasOptedIn())
      held.unshift(note("track", given.optInEvent, given.optInProperties));
    send();
  };

  const call = (verb: Verb, name = "", properties?: Properties): void => {
    const now = target();
    if (now === "off") return;
    held.push(note(verb, name, properties));
    if (held.length > given.holdLimit) held.shift();
    // A call made while the news of a change is still being told waits for its turn behind `$opt_in`.
    if (now === level) send(given.flushInterval);
  };

  consent.subscribe(({ changed, source }) =>
    follow(changed.includes(purpose) && source !== "tab"),
  );
  if (page) {
    page.addEventListener("prerenderingchange", () => follow());
    page.addEventListener("visibilitychange", () => {
      if (page.hidden) sender?.leave();
    });
    addEventListener("pagehide", () => sender?.leave(true));
  }
  follow();

  return {
    track: (name, properties) =>
      call("track", text("an event's name", name), properties),
    page: (properties) => call("page", "", properties),
    identify: (userId) => call("identify", text("a user's id", userId)),
    set: (properties) => call("set", "", properties),
    register: (properties) => call("register", "", properties),
    reset: () => call("reset"),
    flush: () => sender?.flush(),
    optIn: () =>
      void consent.set({ [purpose]: "granted" }, { action: "opt-in" }),
    optOut: () =>
      void consent.set({ [purpose]: "denied" }, { action: "opt-out" }),
    hasOptedIn,
    hasOptedOut: () => choice() === "denied",
    clearOptInOut: () => consent.reset(purpose),
  };
}
