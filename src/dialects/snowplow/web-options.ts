import { oneOf, refuse, text } from "../../consent/refuse.js";
import type {
  SnowplowContexts,
  SnowplowOptions,
} from "../../tracker/destinations/snowplow-wire.js";
import { CONSENT_OPTIONS, type ConsentOptions, type Switch } from "./gate.js";
import type { CookieSettings } from "../shared/areas.js";
import { known, type Advice } from "../shared/names.js";
import { flag, positive, toEndpoint, toPath } from "./options.js";
import { STRATEGIES, type StateStorageStrategy } from "./strategy.js";

/** How anonymous a web tracker is. `true` and `{}` mean: no identifier from this side. */
export type AnonymousTracking =
  | boolean
  | {
      /** Keeps a session while the tab lives. */
      withSessionTracking?: boolean | undefined;
      /** Asks the collector to forget the network address and its own cookie. */
      withServerAnonymisation?: boolean | undefined;
      /** The same, as American English spells it. */
      withServerAnonymization?: boolean | undefined;
    };

/** What `newTracker(id, endpoint, configuration)` takes: the web SDK's own options, and those of this library. */
export interface TrackerConfiguration extends ConsentOptions {
  appId?: string | undefined;
  platform?: SnowplowOptions["platform"] | undefined;
  anonymousTracking?: AnonymousTracking | undefined;
  /** Default: `"cookieAndLocalStorage"`. */
  stateStorageStrategy?: StateStorageStrategy | undefined;
  /**
   * `true`: nothing is tracked where the browser says Do Not Track. `false`: the signal is ignored. Default: anonymous
   * there, unless the store's record holds a yes.
   */
  respectDoNotTrack?: boolean | undefined;
  /** Whether Global Privacy Control means anonymous, unless the store's record holds a yes. Default: `true`. */
  respectGlobalPrivacyControl?: boolean | undefined;
  contexts?: SnowplowContexts | undefined;
  eventMethod?: "post" | "get" | undefined;
  postPath?: string | undefined;
  encodeBase64?: boolean | undefined;
  /** 1 sends at once; more lets events wait up to a second for others. Default: 1. */
  bufferSize?: number | undefined;
  /** How long the collector may take to answer, in milliseconds. Default: 5000. */
  connectionTimeout?: number | undefined;
  /** At the level `full` alone; below it none are ever sent. Default: `"include"`. */
  credentials?: RequestCredentials | undefined;
  customHeaders?: Readonly<Record<string, string>> | undefined;
  customFetch?: typeof globalThis.fetch | undefined;
  /** What the names of this tracker's entries begin with. Default: `"_sp_"`. */
  cookieName?: string | undefined;
  /** Share cookies with subdomains: `"shop.example"`. Default: this host alone. */
  cookieDomain?: string | null | undefined;
  cookieSameSite?: "Lax" | "Strict" | "None" | null | undefined;
  cookieSecure?: boolean | undefined;
  /** In seconds. Default: 63072000. */
  cookieLifetime?: number | undefined;
  /** Which links carry the visitor to another site's tracker; at the level `full` alone. */
  crossDomainLinker?:
    ((link: HTMLAnchorElement | HTMLAreaElement) => boolean) | undefined;
  /** These have one value here. */
  discoverRootDomain?: false | undefined;
  keepalive?: false | undefined;
  retryFailedRequests?: true | undefined;
  sessionCookieTimeout?: 1800 | undefined;
  synchronousCookieWrite?: boolean | undefined;
  plugins?: readonly [] | undefined;
}

const OPTIONS = [
  "appId",
  "platform",
  "anonymousTracking",
  "stateStorageStrategy",
  "respectDoNotTrack",
  "respectGlobalPrivacyControl",
  "contexts",
  "eventMethod",
  "postPath",
  "encodeBase64",
  "bufferSize",
  "connectionTimeout",
  "credentials",
  "customHeaders",
  "customFetch",
  "cookieName",
  "cookieDomain",
  "cookieSameSite",
  "cookieSecure",
  "cookieLifetime",
  "crossDomainLinker",
  "discoverRootDomain",
  "keepalive",
  "retryFailedRequests",
  "sessionCookieTimeout",
  "synchronousCookieWrite",
  "plugins",
  ...CONSENT_OPTIONS,
];

const ANONYMITY = [
  "withSessionTracking",
  "withServerAnonymisation",
  "withServerAnonymization",
];

const MOBILE =
  'createTracker(namespace, { endpoint }, …) for an app, or "anonymousTracking" for a page';

/** Options that are elsewhere, and options of the web SDK that there are not, each with the reason. */
const ADVICE: Advice = {
  ...Object.fromEntries(
    ANONYMITY.map((name) => [name, `anonymousTracking: { ${name} }`]),
  ),
  webPage: "contexts: { webPage }",
  session: "contexts: { session }",
  browser: "contexts: { browser }",
  userAnonymisation: MOBILE,
  userAnonymization: MOBILE,
  serverAnonymisation: MOBILE,
  serverAnonymization: MOBILE,
  sessionContext: MOBILE,
  trackerConfig: MOBILE,
  emitterConfig: MOBILE,
  method: "eventMethod",
  endpoint: "the endpoint as the second argument",
  useLocalStorage: "stateStorageStrategy, which says it all",
  useCookies: "stateStorageStrategy, which says it all",
  eventStore:
    "stateStorageStrategy; an event store of one's own could keep what a refusal must remove",
  maxLocalStorageQueueSize:
    "nothing; the queue is bounded in characters, the oldest events go first",
  cookieExtensionService:
    "nothing; it is a request that would set an identifier before consent is asked",
  idService:
    "nothing; it is a request that would set an identifier before consent is asked",
  useExtendedCrossDomainLinker:
    "crossDomainLinker, which tells the device's id and no more",
  preservePageViewIdForUrl:
    "nothing; each page view has an id of its own, so that levels cannot be joined (stitch: true joins them)",
  preserveOriginalReferrer: "setReferrerUrl()",
  onSessionUpdateCallback: "getDomainSessionId() when it is needed",
  onRequestSuccess: "nothing; what is delivered is silent",
  onRequestFailure: "onError",
  disableSessionContextWithinWebView: "contexts: { session: false }",
  retryStatusCodes:
    "nothing; 408, 429 and 5xx are tried again, all others are final",
  dontRetryStatusCodes:
    "nothing; 408, 429 and 5xx are tried again, all others are final",
  maxGetBytes: 'eventMethod: "post"',
  maxPostBytes: "bufferSize",
  appVersion: "addGlobalContexts() with an application entity",
  resetActivityTrackingOnPageView: "enableActivityTracking()",
};

/** Options that have one value here, and why. */
const FIXED: Record<string, [value: unknown, why: string]> = {
  discoverRootDomain: [
    false,
    "false, with cookieDomain for cookies that subdomains share; a domain is not tried out with test cookies",
  ],
  keepalive: [false, "false; it is used when the page is left, and only then"],
  retryFailedRequests: [true, "true; what was not delivered is tried again"],
  sessionCookieTimeout: [1800, "1800; a session ends after 30 minutes"],
};

/** What an `anonymousTracking` value, a boolean or an object, makes of the switch. */
export function toSwitch(given: AnonymousTracking): Switch {
  if (typeof given === "boolean")
    return { level: given ? "anonymous" : "full", server: false };
  known("anonymousTracking", given, ANONYMITY, {
    stateStorageStrategy: "stateStorageStrategy beside it, not in it",
  });
  for (const name of ANONYMITY) flag(name, given[name as never], false);
  const {
    withSessionTracking,
    withServerAnonymisation,
    withServerAnonymization,
  } = given;
  return {
    level: withSessionTracking ? "session" : "anonymous",
    // The stricter, should the two spellings disagree.
    server: !!(withServerAnonymisation || withServerAnonymization),
  };
}

/** What the options come to. */
export interface WebOptions {
  readonly own: Switch;
  readonly strategy: StateStorageStrategy;
  readonly doNotTrack: boolean | undefined;
  readonly globalPrivacyControl: boolean;
  readonly bufferSize: number;
  readonly requestTimeout: number;
  readonly name: string;
  /** What the names of cookies and entries begin with. */
  readonly prefix: string;
  readonly cookies: CookieSettings;
  readonly destination: Parameters<
    typeof import("../../tracker/destinations/snowplow.js").snowplow
  >[0];
}

/** Checks the options of a web tracker. Throws a `TypeError` or a `RangeError` that says what to write instead. */
export function webOptions(
  id: string,
  endpoint: string,
  given: TrackerConfiguration,
): WebOptions {
  known("the configuration", given, OPTIONS, ADVICE);
  for (const [name, [value, why]] of Object.entries(FIXED)) {
    const found = given[name as never] as unknown;
    if (found !== undefined && found !== value) refuse(name, [found], why);
  }
  if (given.plugins?.length)
    refuse(
      "plugins",
      [`${given.plugins.length} of them`],
      "none; a plugin sends on its own (attachSnowplow() lets a store drive the real SDK)",
    );
  const {
    appId,
    platform,
    contexts,
    eventMethod = "post",
    postPath,
    encodeBase64,
    bufferSize = 1,
    connectionTimeout = 5000,
    credentials = "include",
    customHeaders,
    customFetch,
    cookieLifetime = 63_072_000,
    cookieName = "_sp_",
    respectDoNotTrack,
    crossDomainLinker,
  } = given;
  for (const [name, value] of Object.entries({
    bufferSize,
    connectionTimeout,
    cookieLifetime,
  }))
    positive(name, value);
  for (const [name, value] of Object.entries({
    customFetch,
    crossDomainLinker,
  }))
    if (value !== undefined && typeof value !== "function")
      refuse(name, [value], "a function");
  return {
    own: toSwitch(given.anonymousTracking ?? false),
    strategy: oneOf(
      "stateStorageStrategy",
      given.stateStorageStrategy ?? "cookieAndLocalStorage",
      STRATEGIES,
    ),
    doNotTrack:
      respectDoNotTrack == null
        ? undefined
        : flag("respectDoNotTrack", respectDoNotTrack, false),
    globalPrivacyControl: flag(
      "respectGlobalPrivacyControl",
      given.respectGlobalPrivacyControl,
      true,
    ),
    bufferSize,
    requestTimeout: connectionTimeout,
    prefix: cookieName,
    name: `${text("cookieName", cookieName)}consent.${text("a tracker's id", id)}`,
    cookies: {
      domain: given.cookieDomain ?? undefined,
      sameSite: oneOf("cookieSameSite", given.cookieSameSite ?? "Lax", [
        "Lax",
        "Strict",
        "None",
      ]),
      secure: flag("cookieSecure", given.cookieSecure, true),
      lifetime: cookieLifetime,
    },
    destination: {
      endpoint: toEndpoint(endpoint),
      namespace: id,
      method: oneOf<"post" | "get">("eventMethod", eventMethod, [
        "post",
        "get",
      ]),
      consent: false,
      credentials,
      ...whatIsGiven({
        appId,
        platform,
        contexts,
        encodeBase64,
        customHeaders,
      }),
      ...(postPath !== undefined && {
        postPath: toPath("postPath", postPath),
      }),
    },
  };
}

/** The options that were given. */
function whatIsGiven<T extends object>(
  options: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as never;
}
