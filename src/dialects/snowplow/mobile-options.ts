import { oneOf, refuse, text } from "../../consent/refuse.js";
import type { Properties } from "../../tracker/destination.js";
import type { SnowplowOptions } from "../../tracker/destinations/snowplow-wire.js";
import type { SelfDescribingJson } from "./events.js";
import { CONSENT_OPTIONS, type ConsentOptions, type Switch } from "./gate.js";
import {
  checkDevice,
  checkGdpr,
  short,
  type GdprSettings,
} from "./mobile-entities.js";
import { known, type Advice } from "../shared/names.js";
import { flag, toEndpoint, toPath } from "./options.js";

/** Where events go. */
export interface NetworkConfiguration {
  /** Without a scheme it is https. */
  endpoint: string;
  method?: "post" | "get" | undefined;
  /** Where `post` goes. */
  customPostPath?: string | undefined;
  requestHeaders?: Readonly<Record<string, string>> | undefined;
}

/** What the events are about. */
export interface SubjectConfiguration {
  userId?: string | null | undefined;
  networkUserId?: string | null | undefined;
  domainUserId?: string | null | undefined;
  ipAddress?: string | null | undefined;
  useragent?: string | null | undefined;
  timezone?: string | null | undefined;
  language?: string | null | undefined;
  screenResolution?: Size | null | undefined;
  screenViewport?: Size | null | undefined;
  colorDepth?: number | null | undefined;
}

export interface Size {
  width: number;
  height: number;
}

export interface TrackerSettings {
  appId?: string | undefined;
  devicePlatform?: SnowplowOptions["platform"] | undefined;
  base64Encoding?: boolean | undefined;
  /** Whether events carry the visit (`client_session`). Default: `true`. */
  sessionContext?: boolean | undefined;
  /** Whether nothing that lasts may name the user. Default: `false`. */
  userAnonymisation?: boolean | undefined;
  userAnonymization?: boolean | undefined;
  /** Whether events carry the screen that was viewed last. Default: `true`. */
  screenContext?: boolean | undefined;
  /**
   * What is known of the device, as `mobile_context/1-0-3` has it. This library reads nothing of the device itself:
   * `true` and `false` mean none. Below the level `full` advertising and vendor ids are taken out, `appSetId` too.
   */
  platformContext?: boolean | Properties | undefined;
  applicationContext?: boolean | undefined;
}

export interface EmitterSettings {
  /** Whether the collector is asked to forget the network address. Alone it leaves every id of this side. */
  serverAnonymisation?: boolean | undefined;
  serverAnonymization?: boolean | undefined;
  bufferOption?: "single" | "default" | "small" | "large" | undefined;
}

export interface GlobalContextSettings {
  tag: string;
  globalContexts: readonly SelfDescribingJson[];
}

/** What this library adds: the site's store, and where an app keeps things. */
export interface ConsentSettings extends ConsentOptions {
  /**
   * Where ids, session and unsent events outlive the app, at the level `full` alone: `asyncStorage(AsyncStorage)`, or
   * anything like localStorage. Until one that answers late has answered, nothing is granted. Default: memory.
   */
  storage?: (Storage & { readonly ready?: Promise<unknown> }) | undefined;
  /** Default: the system's. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** The nested shape, of React Native 1 and 2. */
export interface ControllerConfiguration {
  trackerConfig?: TrackerSettings | undefined;
  emitterConfig?: EmitterSettings | undefined;
  sessionConfig?:
    | {
        foregroundTimeout?: number | undefined;
        backgroundTimeout?: number | undefined;
      }
    | undefined;
  subjectConfig?: SubjectConfiguration | undefined;
  gdprConfig?: GdprSettings | undefined;
  gcConfig?: readonly GlobalContextSettings[] | undefined;
  consentConfig?: ConsentSettings | undefined;
}

/** The flat shape, of React Native 4. */
export interface FlatConfiguration
  extends
    TrackerSettings,
    Omit<EmitterSettings, "bufferOption">,
    SubjectConfiguration,
    ConsentSettings {
  encodeBase64?: boolean | undefined;
  appVersion?: string | undefined;
  appBuild?: string | undefined;
  bufferSize?: number | undefined;
}

/** The names that each part of the nested shape may hold, and the reason for what it may not. */
const PARTS = {
  trackerConfig: [
    "appId",
    "devicePlatform",
    "base64Encoding",
    "sessionContext",
    "userAnonymisation",
    "userAnonymization",
    "screenContext",
    "platformContext",
    "applicationContext",
    "logLevel",
    "deepLinkContext",
    "geoLocationContext",
    "screenViewAutotracking",
    "screenEngagementAutotracking",
    "lifecycleAutotracking",
    "installAutotracking",
    "exceptionAutotracking",
    "diagnosticAutotracking",
  ],
  emitterConfig: ["serverAnonymisation", "serverAnonymization", "bufferOption"],
  sessionConfig: ["foregroundTimeout", "backgroundTimeout"],
  subjectConfig: [
    "userId",
    "networkUserId",
    "domainUserId",
    "ipAddress",
    "useragent",
    "timezone",
    "language",
    "screenResolution",
    "screenViewport",
    "colorDepth",
  ],
  gdprConfig: [
    "basisForProcessing",
    "documentId",
    "documentVersion",
    "documentDescription",
  ],
  consentConfig: [...CONSENT_OPTIONS, "storage", "fetch"],
} as const;

type Part = keyof typeof PARTS;

const NETWORK = ["endpoint", "method", "customPostPath", "requestHeaders"];

const FLAT: readonly string[] = [
  ...PARTS.trackerConfig,
  "serverAnonymisation",
  "serverAnonymization",
  ...PARTS.subjectConfig,
  ...PARTS.consentConfig,
  "encodeBase64",
  "appVersion",
  "appBuild",
  "bufferSize",
];

/** What the third argument may hold. */
const WHOLE: readonly string[] = [...Object.keys(PARTS), "gcConfig", ...FLAT];

/** What this library does not do by itself. It may be said to be off, and a yes is an error. */
const NATIVE: Readonly<Record<string, string>> = {
  geoLocationContext: "addGlobalContexts() with a geolocation entity",
  deepLinkContext: "trackDeepLinkReceivedEvent()",
  screenViewAutotracking: "trackScreenViewEvent()",
  screenEngagementAutotracking: "trackScreenViewEvent()",
  lifecycleAutotracking: "trackSelfDescribingEvent()",
  installAutotracking: "trackSelfDescribingEvent()",
  exceptionAutotracking: "trackSelfDescribingEvent()",
  diagnosticAutotracking: "onError",
};

/** Options that there are not, and why. */
const REFUSED: Advice = {
  emitRange: "nothing; up to 50 events share a request",
  threadPoolSize:
    "nothing; there is one request at a time, so that the order holds",
  byteLimitPost: "nothing; a request that is too large is divided",
  byteLimitGet: "nothing; a request that is too large is divided",
  customHeaders: "requestHeaders beside the endpoint",
  eventMethod: "method beside the endpoint",
  postPath: "customPostPath beside the endpoint",
  useAsyncStorageForEventStore:
    "storage: asyncStorage(AsyncStorage); without it everything is kept in memory",
  asyncStorage: "storage: asyncStorage(AsyncStorage)",
  anonymousTracking:
    "userAnonymisation and serverAnonymisation, or newTracker(id, endpoint, …) for a page",
  stateStorageStrategy: "storage, or newTracker(id, endpoint, …) for a page",
  eventStore:
    "storage; an event store of one's own could keep what a refusal must remove",
  plugins: "none; a plugin sends on its own, past the visitor's choice",
  foregroundSessionTimeout:
    "sessionConfig: { foregroundTimeout: 1800 }; a session ends after 30 minutes",
  backgroundSessionTimeout:
    "sessionConfig: { backgroundTimeout: 1800 }; a session ends after 30 minutes",
  platformContextProperties: "platformContext with the properties themselves",
  platformContextRetriever: "platformContext with the properties themselves",
};

/** Where a name belongs, as it would be written, for a caller who wrote it in `from`. */
function placeOf(key: string, from: Part | "" | "network"): string | undefined {
  if (NETWORK.includes(key))
    return `${key} in the second argument, beside the endpoint`;
  const part = (Object.keys(PARTS) as Part[]).find((name) =>
    (PARTS[name] as readonly string[]).includes(key),
  );
  if (part === from) return;
  // What the flat shape has by the same name is no mistake there.
  if (from === "" && FLAT.includes(key)) return;
  if (part) return `${part}: { ${key} }`;
  if (!WHOLE.includes(key)) return;
  return from === "network"
    ? `${key} in the third argument`
    : `${key} beside ${from}, not in it`;
}

/** Advice for all names that are elsewhere than `from`. */
function adviceFor(from: Part | "" | "network", given: unknown): Advice {
  const names = Object.keys(Object(given) as object);
  return {
    ...REFUSED,
    ...Object.fromEntries(
      names.flatMap((key) => {
        const place = placeOf(key, from);
        return place ? [[key, place]] : [];
      }),
    ),
    ...(from === "network" && {
      customHeaders: "requestHeaders",
      eventMethod: "method",
      postPath: "customPostPath",
    }),
  };
}

/** What the options come to. */
export interface MobileOptions {
  readonly own: Switch;
  readonly isAnonymous: boolean;
  readonly hasSession: boolean;
  readonly hasScreen: boolean;
  readonly isQuick: boolean;
  readonly device: Properties | undefined;
  readonly application: Properties | undefined;
  readonly gdpr: GdprSettings | undefined;
  readonly subject: SubjectConfiguration;
  readonly globals: readonly GlobalContextSettings[];
  readonly consent: ConsentSettings;
  readonly destination: Parameters<
    typeof import("../../tracker/destinations/snowplow.js").snowplow
  >[0];
}

/** A switch of a mobile tracker as its own part says. */
export function mobileSwitch(
  isAnonymous: boolean,
  hasSession: boolean,
  server: boolean,
): Switch {
  return {
    level: isAnonymous ? (hasSession ? "session" : "anonymous") : "full",
    server,
  };
}

/**
 * Checks the options of a mobile tracker, in the nested and in the flat shape, which may be mixed. A key in the wrong
 * place, or one that nobody knows, is a `TypeError` that names the right place: what the real 4.x does not know it
 * ignores, and sends everything.
 */
export function mobileOptions(
  namespace: string,
  network: NetworkConfiguration,
  given: ControllerConfiguration & FlatConfiguration,
): MobileOptions {
  text("a tracker's namespace", namespace);
  known(
    "the network configuration",
    network,
    NETWORK,
    adviceFor("network", network),
  );
  known("the configuration", given, WHOLE, adviceFor("", given));
  const flat = given as Readonly<Record<string, unknown>>;
  const all: Record<string, unknown> = {};
  for (const key of FLAT) if (flat[key] !== undefined) all[key] = flat[key];
  for (const part of Object.keys(PARTS) as Part[]) {
    const inner = given[part] as Readonly<Record<string, unknown>> | undefined;
    if (inner === undefined) continue;
    known(part, inner, PARTS[part], adviceFor(part, inner));
    for (const [key, value] of Object.entries(inner)) {
      if (value === undefined) continue;
      if (key in all && all[key] !== value)
        refuse(
          `${part}.${key}`,
          [value],
          `it once; beside ${part} it says otherwise`,
        );
      all[key] = value;
    }
  }
  const on = (name: string, standard: boolean) => {
    const american = name.replace("isation", "ization");
    const values = [...new Set([name, american])]
      .filter((key) => all[key] !== undefined)
      .map((key) => flag(key, all[key], standard));
    if (new Set(values).size > 1)
      refuse(name, values, `one of ${name} and ${american}`);
    return values[0] ?? standard;
  };
  for (const [name, instead] of Object.entries(NATIVE))
    if (on(name, false))
      refuse(
        name,
        [true],
        `false, and ${instead}: nothing is tracked by itself`,
      );
  for (const name of ["foregroundTimeout", "backgroundTimeout"])
    if ((all[name] ?? 1800) !== 1800)
      refuse(name, [all[name]], "1800; a session ends after 30 minutes");
  const device = all["platformContext"];
  if (typeof device !== "object") flag("platformContext", device, true);
  const hasSession = on("sessionContext", true);
  const isAnonymous = on("userAnonymisation", false);
  const { appVersion, appBuild, appId, bufferOption, bufferSize } = all as {
    appVersion?: string;
    appBuild?: string;
    appId?: string;
    bufferOption?: string;
    bufferSize?: number;
  };
  if (bufferOption !== undefined)
    oneOf("bufferOption", bufferOption, [
      "single",
      "default",
      "small",
      "large",
    ]);
  const { endpoint, method, customPostPath, requestHeaders } = network;
  const encodeBase64 = on(
    "base64Encoding",
    on("encodeBase64", method === "get"),
  );
  checkStorage(all["storage"]);
  const { globals, gdpr } = checkEntities(given);
  const part = <K extends string>(names: readonly K[]) =>
    Object.fromEntries(
      names.filter((name) => name in all).map((name) => [name, all[name]]),
    );
  return {
    own: mobileSwitch(
      isAnonymous,
      hasSession,
      on("serverAnonymisation", false),
    ),
    isAnonymous,
    hasSession,
    hasScreen: on("screenContext", true),
    isQuick: bufferOption === "single" || bufferSize === 1,
    device:
      device && typeof device === "object"
        ? checkDevice(device as Properties)
        : undefined,
    application:
      appVersion !== undefined &&
      appBuild !== undefined &&
      on("applicationContext", true)
        ? {
            version: short("appVersion", appVersion, 255),
            build: short("appBuild", appBuild, 255),
          }
        : undefined,
    gdpr,
    globals,
    subject: part(PARTS.subjectConfig),
    consent: part(PARTS.consentConfig),
    destination: {
      endpoint: toEndpoint(endpoint),
      namespace,
      platform: (all["devicePlatform"] ?? "mob") as "mob",
      consent: false,
      contexts: { webPage: false, session: hasSession, browser: false },
      encodeBase64,
      ...(appId !== undefined && { appId }),
      ...(method !== undefined && { method }),
      ...(customPostPath !== undefined && {
        postPath: toPath("customPostPath", customPostPath),
      }),
      ...(requestHeaders && { customHeaders: requestHeaders }),
    },
  };
}

/** Refuses a storage that answers late, such as AsyncStorage itself: all that it kept would be lost without a word. */
function checkStorage(given: unknown): void {
  if (given === undefined) return;
  const { length, key } = Object(given) as Partial<Storage>;
  if (typeof length !== "number" || typeof key !== "function")
    refuse(
      "storage",
      ["one without length and key()"],
      "asyncStorage(AsyncStorage), or one like localStorage",
    );
}

function checkEntities({ gcConfig, gdprConfig }: ControllerConfiguration) {
  if (gcConfig !== undefined && !Array.isArray(gcConfig))
    refuse("gcConfig", [gcConfig], "[{ tag, globalContexts }]");
  for (const each of gcConfig ?? [])
    known("gcConfig", each, ["tag", "globalContexts"]);
  return {
    globals: gcConfig ?? [],
    gdpr: gdprConfig && checkGdpr(gdprConfig),
  };
}
