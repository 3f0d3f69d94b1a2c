import {
  newTracker,
  type TrackerConfiguration,
} from "../../src/dialects/snowplow.js";
import type { WebTracker } from "../../src/dialects/snowplow/web-calls.js";
import { fakeFetch, type FakeFetch } from "./fake-fetch.js";
import { fakeTimers, type FakeTimers } from "./fake-timers.js";
import { snowplowEvents, type SnowplowEvent } from "./snowplow-events.js";
import { stubProperty } from "./stub-property.js";
import { turn } from "./turn.js";
import { afterThisTest } from "./undo.js";

export const ENDPOINT = "https://c.shop.test";

let count = 0;

/** The name of the tracker that the next `snowplowScene()` makes. */
export const nextTracker = (): string => `dialect-${count + 1}`;

/** A name that no tracker has. */
export const newName = (): string => `dialect-${++count}`;

interface Scene {
  tracker: WebTracker;
  network: FakeFetch;
  time: FakeTimers;
  /** What the tracker reported. */
  errors: unknown[];
  /** What was sent, each event's columns. */
  sent(): Promise<Record<string, string>[]>;
  /** What was sent, whole. */
  events(): Promise<SnowplowEvent[]>;
}

/** A tracker of Snowplow's own calls with a network that records and time that stands still. */
export function snowplowScene(configuration: TrackerConfiguration = {}): Scene {
  const time = fakeTimers();
  const network = fakeFetch();
  // Locks take their time with the browser; a page without them does as well.
  stubProperty(navigator, "locks", () => undefined);
  const errors: unknown[] = [];
  const tracker = newTracker(newName(), ENDPOINT, {
    customFetch: network.fetch,
    onError: (error) => errors.push(error),
    ...configuration,
  });
  afterThisTest(() => {
    tracker.enableAnonymousTracking();
    tracker.clearUserData();
  });
  const events = async () => {
    // The tracker asked for this code first, so it has it when this wait is over.
    await import("../../src/tracker/sender.js");
    await turn();
    await time.advance(0);
    tracker.flushBuffer();
    await turn();
    return network.requests.flatMap(({ url, body, method }) =>
      snowplowEvents({ url: url.href, ...(method === "POST" && { body }) }),
    );
  };
  return {
    tracker,
    network,
    time,
    errors,
    events,
    sent: async () => (await events()).map(({ fields }) => fields),
  };
}
