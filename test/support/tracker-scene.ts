import type { Loose } from "../../src/consent/refuse.js";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import type { DestinationInput } from "../../src/tracker/destination.js";
import type { Tracker } from "../../src/tracker/facade.js";
import {
  createTracker,
  type TrackerOptions,
} from "../../src/tracker/tracker.js";
import { fakeDestination } from "./fake-destination.js";
import { fakeFetch, type Answer, type FakeFetch } from "./fake-fetch.js";
import { fakeTimers, type FakeTimers } from "./fake-timers.js";
import { turn } from "./turn.js";
import { afterThisTest } from "./undo.js";

export interface SceneOptions extends Loose<
  Omit<TrackerOptions, "consent" | "destination">
> {
  /** Default: one that writes down the messages as they are. */
  destination?: DestinationInput;
  /** What the consent store is made of, beside two purposes and the scene's clock. */
  store?: Loose<StoreOptions>;
  /** What the network answers. */
  answers?: readonly Answer[];
  /** What listens to the store before the tracker does. */
  first?: (consent: ConsentStore, tracker: () => Tracker) => void;
}

/** A tracker with everything around it. */
export interface Scene extends Pick<FakeFetch, "requests"> {
  readonly consent: ConsentStore;
  readonly tracker: Tracker;
  readonly time: FakeTimers;
  /** What `consent-error` told. */
  readonly errors: unknown[];
  /** The name of the identity's entry. */
  readonly name: string;
  /** The identity's entry as it is stored, or `null`. */
  identity(): string | null;
  /** Waits until the code that sends is there, and for `ms` milliseconds of the scene's time. */
  pass(ms?: number): Promise<void>;
}

let count = 0;

/** Sets up a store, a network that records, time that stands still, and a tracker with a name of its own. */
export function scene({
  store,
  answers = [],
  first,
  destination = fakeDestination(),
  ...options
}: SceneOptions = {}): Scene {
  const time = fakeTimers();
  const { fetch, requests } = fakeFetch(...answers);
  const consent = createStore({
    purposes: ["analytics", "marketing"],
    clock: time.now,
    ...store,
  });
  const errors: unknown[] = [];
  consent.addEventListener("consent-error", ({ error }) => errors.push(error));
  const name = options.name ?? `scene-${++count}`;
  afterThisTest(() => {
    for (const storage of [localStorage, sessionStorage])
      for (const key of Object.keys(storage))
        if (key === name || key.startsWith(`${name}/`)) storage.removeItem(key);
  });
  let tracker: Tracker | undefined;
  first?.(consent, () => tracker!);
  tracker = createTracker({
    consent,
    destination,
    name,
    fetch,
    clock: time.now,
    // Locks take their time with the browser; a test with two tabs brings its own.
    inTurn: (_, work) => work(),
    ...options,
  });
  return {
    consent,
    tracker,
    time,
    requests,
    errors,
    name,
    identity: () => localStorage.getItem(name),
    async pass(ms = 0) {
      // The tracker asked for this code first, so it has it when this wait is over.
      await import("../../src/tracker/sender.js");
      await turn();
      await time.advance(ms);
    },
  };
}
