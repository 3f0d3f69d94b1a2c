/**
 * Snowplow's own calls, web and mobile, on this library's tracker: `consent-elements/snowplow`. What runs unchanged, and
 * what differs and why, is in `docs/snowplow.md`.
 * @module
 */
import { refuse, text } from "../consent/refuse.js";
import type {
  FlatTrackerConfiguration,
  MobileTracker,
} from "./snowplow/mobile-calls.js";
import { newMobileTracker } from "./snowplow/mobile-trackers.js";
import type { TrackerConfiguration } from "./snowplow/web-options.js";
import type { WebTracker } from "./snowplow/web-calls.js";
import { createWebTracker } from "./snowplow/web.js";

export {
  createTracker,
  removeAllTrackers,
  removeTracker,
} from "./snowplow/mobile-trackers.js";
export type {
  FlatTrackerConfiguration,
  MobilePageViewEvent,
  MobileTracker,
  ScreenViewEvent,
} from "./snowplow/mobile-calls.js";
export type {
  ConsentSettings,
  ControllerConfiguration,
  EmitterSettings,
  NetworkConfiguration,
  TrackerSettings,
} from "./snowplow/mobile-options.js";
export type { GdprSettings } from "./snowplow/mobile-entities.js";
export type {
  CmpVisibleEvent,
  CommonEventProperties,
  ConsentEvent,
  SelfDescribingEvent,
  SelfDescribingJson,
  StructuredEvent,
  Timestamp,
} from "./snowplow/events.js";
export type {
  ContextEvent,
  GlobalContext,
} from "./snowplow/global-contexts.js";
export type { StateStorageStrategy } from "./snowplow/strategy.js";
export type {
  AnonymousTracking,
  TrackerConfiguration,
} from "./snowplow/web-options.js";
export type {
  ClearUserDataConfiguration,
  DisableAnonymousTrackingConfiguration,
  EnableAnonymousTrackingConfiguration,
  PageViewEvent,
  WebTracker,
} from "./snowplow/web-calls.js";

const trackers = new Map<string, WebTracker>();

/**
 * Makes a tracker for a page. A second call with the same id gives back the first tracker, as it is.
 *
 * ```ts
 * newTracker("sp", "https://c.shop.example", { appId: "shop", anonymousTracking: { withServerAnonymisation: true } });
 * trackPageView();
 * ```
 *
 * With one object, as React Native's 4.x has it, it makes a tracker for an app and resolves to it.
 *
 * Throws a `TypeError` for an unknown or misplaced option and a `RangeError` for a value outside the allowed ones.
 */
export function newTracker(
  id: string,
  endpoint: string,
  configuration?: TrackerConfiguration,
): WebTracker;
export function newTracker(
  configuration: FlatTrackerConfiguration & {
    namespace: string;
    endpoint: string;
  },
): Promise<MobileTracker>;
export function newTracker(
  first:
    | string
    | (FlatTrackerConfiguration & { namespace: string; endpoint: string }),
  endpoint?: string,
  configuration?: TrackerConfiguration,
): WebTracker | Promise<MobileTracker> {
  if (typeof first === "object" && first) return newMobileTracker(first);
  const id = text("a tracker's id", first);
  const tracker =
    trackers.get(id) ?? createWebTracker(id, endpoint!, configuration);
  trackers.set(id, tracker);
  return tracker;
}

/** The calls that go to all trackers, or to those named last. */
type Command = Exclude<
  {
    [K in keyof WebTracker]: WebTracker[K] extends (...given: never) => void
      ? K
      : never;
  }[keyof WebTracker],
  `get${string}`
>;

type Given<K extends Command> = Parameters<WebTracker[K]>;

/** How many values each call takes before the list of trackers. */
const COUNTS: Record<Command, 0 | 1> = {
  trackPageView: 1,
  trackStructEvent: 1,
  trackSelfDescribingEvent: 1,
  trackConsentAllow: 1,
  trackConsentSelected: 1,
  trackConsentPending: 1,
  trackConsentImplicit: 1,
  trackConsentDeny: 1,
  trackConsentExpired: 1,
  trackConsentWithdrawn: 1,
  trackCmpVisible: 1,
  enableAnonymousTracking: 1,
  disableAnonymousTracking: 1,
  clearUserData: 1,
  setOptOutCookie: 1,
  setUserId: 1,
  setUserIdFromLocation: 1,
  setUserIdFromReferrer: 1,
  setUserIdFromCookie: 1,
  newSession: 0,
  setCustomUrl: 1,
  setReferrerUrl: 1,
  setDocumentTitle: 1,
  discardHashTag: 1,
  discardBrace: 1,
  addGlobalContexts: 1,
  removeGlobalContexts: 1,
  clearGlobalContexts: 0,
  enableActivityTracking: 1,
  enableActivityTrackingCallback: 1,
  disableActivityTracking: 0,
  disableActivityTrackingCallback: 0,
  updatePageActivity: 0,
  crossDomainLinker: 1,
  flushBuffer: 1,
  setBufferSize: 1,
  expireNetworkCookie: 0,
};

/** Calls of the web SDK that there are not, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  addPlugin: "nothing; a plugin sends on its own, past the visitor's choice",
  preservePageViewId: "stitch: true, if levels may be joined",
  preservePageViewIdForUrl: "stitch: true, if levels may be joined",
  setCollectorUrl: "newTracker() with the other endpoint",
  setCookiePath: "nothing; cookies are the whole site's",
  setVisitorCookieTimeout: "cookieLifetime in newTracker()",
  enableGdprContext: "addGlobalContexts() with a gdpr/1-0-0 entity",
  trackConsentGranted: "trackConsentAllow()",
  trackAdImpression: "trackSelfDescribingEvent()",
};

function pick(ids?: readonly string[]): WebTracker[] {
  if (ids === undefined) return [...trackers.values()];
  if (!Array.isArray(ids))
    refuse("the last argument", [ids], 'trackers: ["sp"]');
  return ids.map(
    (id) =>
      trackers.get(id) ??
      refuse(
        "a tracker",
        id,
        [...trackers.keys()].join(" or ") || "newTracker() first",
      ),
  );
}

function call(
  name: Command,
  given: readonly unknown[],
  ids?: readonly string[],
) {
  const count = COUNTS[name];
  const [named] = given.slice(count);
  const refusals: unknown[] = [];
  const answers = pick(ids ?? (named as string[] | undefined)).map(
    (tracker) => {
      try {
        return (tracker[name] as (...values: unknown[]) => unknown)(
          ...given.slice(0, count),
        );
      } catch (error) {
        // What one refuses the others may take.
        refusals.push(error);
        return;
      }
    },
  );
  if (refusals.length) throw refusals[0];
  return answers;
}

/** A command to all trackers, or to those that the last argument names. */
type ToAll<K extends Command> = (
  ...given: [...Given<K>, trackers?: readonly string[]]
) => void;

const toAll =
  <K extends Command>(name: K): ToAll<K> =>
  (...given) => {
    call(name, given);
  };

export const trackPageView: ToAll<"trackPageView"> = toAll("trackPageView");
export const trackStructEvent: ToAll<"trackStructEvent"> =
  toAll("trackStructEvent");
export const trackSelfDescribingEvent: ToAll<"trackSelfDescribingEvent"> =
  toAll("trackSelfDescribingEvent");
export const trackConsentAllow: ToAll<"trackConsentAllow"> =
  toAll("trackConsentAllow");
export const trackConsentSelected: ToAll<"trackConsentSelected"> = toAll(
  "trackConsentSelected",
);
export const trackConsentPending: ToAll<"trackConsentPending"> = toAll(
  "trackConsentPending",
);
export const trackConsentImplicit: ToAll<"trackConsentImplicit"> = toAll(
  "trackConsentImplicit",
);
export const trackConsentDeny: ToAll<"trackConsentDeny"> =
  toAll("trackConsentDeny");
export const trackConsentExpired: ToAll<"trackConsentExpired"> = toAll(
  "trackConsentExpired",
);
export const trackConsentWithdrawn: ToAll<"trackConsentWithdrawn"> = toAll(
  "trackConsentWithdrawn",
);
export const trackCmpVisible: ToAll<"trackCmpVisible"> =
  toAll("trackCmpVisible");
export const enableAnonymousTracking: ToAll<"enableAnonymousTracking"> = toAll(
  "enableAnonymousTracking",
);
export const disableAnonymousTracking: ToAll<"disableAnonymousTracking"> =
  toAll("disableAnonymousTracking");
export const clearUserData: ToAll<"clearUserData"> = toAll("clearUserData");
export const setOptOutCookie: ToAll<"setOptOutCookie"> =
  toAll("setOptOutCookie");
export const setUserId: ToAll<"setUserId"> = toAll("setUserId");
export const setUserIdFromLocation: ToAll<"setUserIdFromLocation"> = toAll(
  "setUserIdFromLocation",
);
export const setUserIdFromReferrer: ToAll<"setUserIdFromReferrer"> = toAll(
  "setUserIdFromReferrer",
);
export const setUserIdFromCookie: ToAll<"setUserIdFromCookie"> = toAll(
  "setUserIdFromCookie",
);
export const newSession: ToAll<"newSession"> = toAll("newSession");
export const setCustomUrl: ToAll<"setCustomUrl"> = toAll("setCustomUrl");
export const setReferrerUrl: ToAll<"setReferrerUrl"> = toAll("setReferrerUrl");
export const setDocumentTitle: ToAll<"setDocumentTitle"> =
  toAll("setDocumentTitle");
export const discardHashTag: ToAll<"discardHashTag"> = toAll("discardHashTag");
export const discardBrace: ToAll<"discardBrace"> = toAll("discardBrace");
export const addGlobalContexts: ToAll<"addGlobalContexts"> =
  toAll("addGlobalContexts");
export const removeGlobalContexts: ToAll<"removeGlobalContexts"> = toAll(
  "removeGlobalContexts",
);
export const clearGlobalContexts: ToAll<"clearGlobalContexts"> = toAll(
  "clearGlobalContexts",
);
export const enableActivityTracking: ToAll<"enableActivityTracking"> = toAll(
  "enableActivityTracking",
);
export const enableActivityTrackingCallback: ToAll<"enableActivityTrackingCallback"> =
  toAll("enableActivityTrackingCallback");
export const disableActivityTracking: ToAll<"disableActivityTracking"> = toAll(
  "disableActivityTracking",
);
export const disableActivityTrackingCallback: ToAll<"disableActivityTrackingCallback"> =
  toAll("disableActivityTrackingCallback");
export const updatePageActivity: ToAll<"updatePageActivity"> =
  toAll("updatePageActivity");
export const crossDomainLinker: ToAll<"crossDomainLinker"> =
  toAll("crossDomainLinker");
export const flushBuffer: ToAll<"flushBuffer"> = toAll("flushBuffer");
export const setBufferSize: ToAll<"setBufferSize"> = toAll("setBufferSize");

/** Asks the collectors to expire their own cookies. Resolves to whether each of them answered. */
export async function expireNetworkCookie(
  ids?: readonly string[],
): Promise<boolean> {
  const all = call("expireNetworkCookie", [], ids) as Promise<boolean>[];
  return (await Promise.all(all)).every((isDone) => isDone);
}

/** The visit's id of the first tracker, or of the one named; `undefined` where the level has none. */
export function getDomainSessionId(id?: string): string | undefined {
  return pick(id === undefined ? undefined : [id])[0]?.getDomainSessionId();
}

/**
 * Snowplow's function for tags: `snowplow("trackPageView:sp", {})`. After a colon stand the trackers that are meant,
 * divided by `;`. A function is called at once, with the trackers by their ids as `this`.
 *
 * Throws a `RangeError` for a command that there is not.
 */
export function snowplow(
  command: string | ((this: Record<string, WebTracker>) => void),
  ...given: unknown[]
): void {
  if (typeof command === "function")
    return command.call(Object.fromEntries(trackers));
  const [name = "", ids] = text("a command", command).split(":", 2);
  if (name === "newTracker")
    newTracker(...(given as Parameters<typeof newTracker>));
  else if (Object.hasOwn(COUNTS, name))
    call(name as Command, given, ids?.split(";"));
  else
    refuse(
      "a command",
      command,
      (Object.hasOwn(REFUSED, name) && REFUSED[name]) ||
        `newTracker or ${Object.keys(COUNTS).join(" or ")}`,
    );
}
