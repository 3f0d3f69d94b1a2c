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
  let isSending = false;
  let isIn = false;

  const allowed = () => toLevel(choice(), rules);

  /** The level now. Before a prerendered page is shown nobody has seen it, so nothing may leave. */
  const target = (now = allowed()): Level =>
    page?.prerendering && now !== "off" ? "hold" : now;

  /** Removes the identity's entry, also where the code that made it is not loaded. */
  const forget = () => {
    try {
      localStorage.removeItem(given.name);
    } catch {
      // What refuses removal refused writing.
    }
  };

  const maySend = () => level === "full" || level === "anonymous";

  const load = async () => {
    try {
      const { createSender } = await import("./sender.js");
      if (maySend()) {
        sender = await createSender({
          ...given,
          forget,
          report: consent.report,
          mayLeave(taken) {
            consent.refresh();
            return mayLeave(taken, target());
          },
        });
        send();
      }
    } catch (error) {
      consent.report(error);
    }
    // Where it did not arrive, the next call tries again.
    loading = undefined;
  };

  const note = (
    verb: Verb,
    name: string,
    properties: Properties = {},
  ): Call => {
    // A copy: what the caller changes later did not happen at the call. Throws for what JSON cannot hold.
    const json = JSON.stringify(properties);
    if (json?.[0] !== "{")
      refuse("the properties", properties, '{ key: "value" }');
    return {
      verb,
      name,
      properties: JSON.parse(json),
      time: clock(),
      page: currentPage(),
      level: target(),
    };
  };

  /** Hands over what waits, if it may be sent, to leave within `delay` milliseconds. */
  const send = (delay = 0): void => {
    const oldest = clock() - given.holdTime;
    // Asked each time anew: handing one call over may bring the news of a refusal. That news must not begin a second
    // round inside this one, which would overtake the call that is being handed over.
    while (held[0] && maySend() && !isSending) {
      if (!sender) return void (loading ??= load());
      const call = held.shift()!;
      isSending = true;
      if (call.time >= oldest) sender.send(call, level!, delay);
      isSending = false;
    }
  };

  /** Goes to the level that the store asks for, and takes along only what may come along. */
  const follow = (heard?: boolean): void => {
    const next = target();
    const wasIn = isIn;
    isIn = hasOptedIn();
    // What was taken under one permission is not sent under another; what was held for one comes along.
    held = held.filter(
      ({ level: taken }) =>
        taken === next || (taken === "hold" && next !== "off"),
    );
    level = next;
    sender?.limit((taken) => mayLeave(taken, next));
    // At the start too: an identity that an earlier page left, or that a grant left which has expired.
    if (allowed() !== "full") forget();
    // Once for each change to yes, from the page where it was made: not at the start, and not where it was heard of.
    if (isIn && !wasIn && heard === false && given.optInEvent)
      held.unshift(note("track", given.optInEvent, given.optInProperties));
    send();
  };

  const call = (verb: Verb, name = "", properties?: Properties): void => {
    const now = target();
    if (now === "off") return;
    held.push(note(verb, name, properties));
    // The oldest goes, but never the word of a grant.
    if (held.length > given.holdLimit)
      held.splice(+(held[0]!.name === (given.optInEvent || 0)), 1);
    // A call made while the news of a change is still being told waits for its turn behind `$opt_in`.
    if (now === level) send(given.flushInterval);
  };

  follow();
  consent.subscribe(({ source }) => follow(source === "tab"));
  if (page) {
    page.addEventListener("prerenderingchange", () => follow());
    page.addEventListener("visibilitychange", () => {
      if (page.hidden) sender?.leave();
    });
    addEventListener("pagehide", () => sender?.leave(true));
  }

  return {
    track: (name, properties) =>
      call("track", text("an event's name", name), properties),
    page: (properties) => call("page", "", properties),
    identify: (userId) => call("identify", text("a user's id", userId)),
    set: (properties) => call("set", "", properties),
    register: (properties) => call("register", "", properties),
    reset: () => call("reset"),
    flush: () => sender?.flush(),
    optIn: () => consent.set({ [purpose]: "granted" }, { action: "opt-in" }),
    optOut: () => consent.set({ [purpose]: "denied" }, { action: "opt-out" }),
    hasOptedIn,
    hasOptedOut: () => choice() === "denied",
    clearOptInOut: () => consent.reset(purpose),
  };
}
