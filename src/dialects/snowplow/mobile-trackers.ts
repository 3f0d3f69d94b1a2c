import type {
  FlatTrackerConfiguration,
  MobileTracker,
} from "./mobile-calls.js";
import {
  mobileOptions,
  type ControllerConfiguration,
  type FlatConfiguration,
  type NetworkConfiguration,
} from "./mobile-options.js";
import {
  createCommon,
  createMobileTracker,
  type AppTracker,
  type Common,
} from "./mobile.js";

/** What goes by one namespace. */
interface Place {
  /** What callers hold: it goes on to the tracker of now. */
  readonly handle: MobileTracker;
  tracker: AppTracker;
  /** Nothing, once the tracker was removed. */
  common?: Common | undefined;
}

const places = new Map<string, Place>();

/**
 * Makes a tracker for an app, as React Native's 1.x and 2.x do it; also where there is no document.
 *
 * ```ts
 * const tracker = createTracker("appTracker", { endpoint }, { trackerConfig: { sessionContext: false, userAnonymisation: true } });
 * await tracker.trackScreenViewEvent({ name: "Home" });
 * ```
 *
 * A second tracker of the same namespace takes the place of the first: what waits is sent, the user's id stays, and who
 * holds the first one holds the second. Throws a `TypeError` for an unknown or misplaced
 * option, which names the right place, and a `RangeError` for a value outside the allowed ones.
 */
export function createTracker(
  namespace: string,
  network: NetworkConfiguration,
  configuration: ControllerConfiguration & FlatConfiguration = {},
): MobileTracker {
  const options = mobileOptions(namespace, network, configuration);
  const place = places.get(namespace);
  const common = place?.common ?? createCommon();
  // What throws here leaves the one before as it is.
  const tracker = createMobileTracker(
    namespace,
    options,
    common,
    place?.common && place.tracker,
  );
  const next = { handle: place?.handle ?? handleFor(tracker), tracker, common };
  places.set(namespace, next);
  return next.handle;
}

/** The calls of `first`, for as long as its namespace has no other tracker; of that one then. */
function handleFor({ calls: first }: AppTracker): MobileTracker {
  const { namespace } = first;
  const handle: Record<string, unknown> = { namespace };
  for (const name of Object.keys(first))
    if (name !== "namespace")
      handle[name] = (...given: unknown[]) => {
        const { calls } = places.get(namespace)!.tracker;
        return (calls[name as "flush"] as (...all: unknown[]) => unknown)(
          ...given,
        );
      };
  return handle as unknown as MobileTracker;
}

/** The same from one object, as React Native's 4.x has it. */
export async function newMobileTracker({
  namespace,
  endpoint,
  eventMethod,
  postPath,
  customHeaders,
  ...configuration
}: FlatTrackerConfiguration & {
  namespace: string;
  endpoint: string;
}): Promise<MobileTracker> {
  return createTracker(
    namespace,
    {
      endpoint,
      method: eventMethod,
      customPostPath: postPath,
      requestHeaders: customHeaders,
    },
    configuration,
  );
}

/** Ends a tracker: it tracks nothing more, and what it kept is removed. */
export function removeTracker(namespace: string): void {
  const place = places.get(namespace);
  if (!place) return;
  place.tracker.stop();
  place.common = undefined;
}

/** Ends all of them. */
export function removeAllTrackers(): void {
  for (const namespace of places.keys()) removeTracker(namespace);
}
