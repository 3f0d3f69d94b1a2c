import { onlyKnown, refuse, text } from "../consent/refuse.js";
import type { Entity, Message, More } from "../tracker/destination.js";
import { createEngine } from "../tracker/engine.js";
import { uuid } from "../tracker/random.js";
import { dressed, type Said } from "./snowplow-destination.js";
import {
  described,
  globalContexts,
  structuredEvent,
  type SelfDescribingJson,
  type StructuredEvent,
  type Told,
} from "./snowplow-events.js";
import { createGate } from "./snowplow-gate.js";
import { knownOf } from "./snowplow-known.js";
import {
  mobileOptions,
  mobileSwitch,
  type ControllerConfiguration,
  type FlatConfiguration,
  type GlobalContextSettings,
  type NetworkConfiguration,
  type Size,
  type SubjectConfiguration,
} from "./snowplow-mobile-options.js";
import { flag } from "./snowplow-options.js";
import { memoryStorage } from "./snowplow-strategy.js";

/** The flat shape; in `newTracker()` with the namespace, the endpoint and how to reach it. */
export interface FlatTrackerConfiguration
  extends ControllerConfiguration, FlatConfiguration {
  eventMethod?: "post" | "get" | undefined;
  postPath?: string | undefined;
  customHeaders?: Readonly<Record<string, string>> | undefined;
}

export interface ScreenViewEvent {
  name: string;
  /** A UUID. Default: a new one. */
  id?: string | undefined;
  type?: string | undefined;
  /** Default: the screen that this tracker was told of before. */
  previousName?: string | undefined;
  previousId?: string | undefined;
  previousType?: string | undefined;
  transitionType?: string | undefined;
}

export interface MobilePageViewEvent {
  pageUrl: string;
  pageTitle?: string | undefined;
  referrer?: string | undefined;
}

type Contexts = readonly SelfDescribingJson[];

/** The calls of Snowplow's mobile trackers. Each resolves once it is taken, and rejects where the caller is mistaken. */
export interface MobileTracker {
  readonly namespace: string;
  trackSelfDescribingEvent(
    event: SelfDescribingJson,
    contexts?: Contexts,
  ): Promise<void>;
  trackScreenViewEvent(
    event: ScreenViewEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackStructuredEvent(
    event: StructuredEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackPageViewEvent(
    event: MobilePageViewEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackTimingEvent(
    event: {
      category: string;
      variable: string;
      timing: number;
      label?: string | undefined;
    },
    contexts?: Contexts,
  ): Promise<void>;
  trackDeepLinkReceivedEvent(
    event: { url: string; referrer?: string | undefined },
    contexts?: Contexts,
  ): Promise<void>;
  addGlobalContexts(contexts: GlobalContextSettings): Promise<void>;
  removeGlobalContexts(tag: string): Promise<void>;
  /** This and the next three name the user: sent at the level `full` alone, and forgotten on leaving it. */
  setUserId(userId: string | null): Promise<void>;
  setNetworkUserId(networkUserId: string | null): Promise<void>;
  setDomainUserId(domainUserId: string | null): Promise<void>;
  setIpAddress(ipAddress: string | null): Promise<void>;
  setUseragent(useragent: string | null): Promise<void>;
  setTimezone(timezone: string | null): Promise<void>;
  setLanguage(language: string | null): Promise<void>;
  setScreenResolution(size: Size | null): Promise<void>;
  setScreenViewport(size: Size | null): Promise<void>;
  setColorDepth(depth: number | null): Promise<void>;
  setSubjectData(subject: SubjectConfiguration): Promise<void>;
  /** Turns user anonymisation on or off. A new session begins, and nothing joins it to the one before. */
  setUserAnonymisation(isOn: boolean): Promise<void>;
  setUserAnonymization(isOn: boolean): Promise<void>;
  setServerAnonymisation(isOn: boolean): Promise<void>;
  setServerAnonymization(isOn: boolean): Promise<void>;
  /** The lasting id in `client_session`; `null` below the level `full` and before the first event. */
  getSessionUserId(): Promise<string | null>;
  getSessionId(): Promise<string | null>;
  getSessionIndex(): Promise<number | null>;
  /** Sends now what waits and may be sent. */
  flush(): Promise<void>;
}

const MOBILE = "iglu:com.snowplowanalytics.mobile";
const CORE = "iglu:com.snowplowanalytics.snowplow";

/** Columns by the subject's names: those that name the user, and those that do not. */
const NAMING = {
  userId: "uid",
  domainUserId: "duid",
  networkUserId: "tnuid",
  ipAddress: "ip",
} as const;
const PLAIN = {
  useragent: "ua",
  timezone: "tz",
  language: "lang",
  screenResolution: "res",
  screenViewport: "vp",
  colorDepth: "cd",
} as const;
const SUBJECT = [...Object.keys(NAMING), ...Object.keys(PLAIN)];

/** What the columns hold, from `payload_data` and `atomic`. In characters. */
const LONGEST: Readonly<Record<string, number>> = {
  userId: 255,
  domainUserId: 128,
  networkUserId: 128,
  ipAddress: 128,
  useragent: 1000,
};

/** Makes a tracker for an app; also where there is no document. */
function createMobileTracker(
  namespace: string,
  network: NetworkConfiguration,
  configuration: ControllerConfiguration & FlatConfiguration,
): MobileTracker & { stop(): void } {
  const options = mobileOptions(namespace, network, configuration);
  const { consent, hasSession } = options;
  const name = `snowplow.${namespace}`;
  const { storage = memoryStorage() } = consent;
  const brief = memoryStorage();
  let isStopped = false;
  let last: Message | undefined;
  let { isAnonymous } = options;
  let { server } = options.own;

  const gate = createGate({
    ...consent,
    own: options.own,
    ready: storage.ready,
    isBlocked: () => isStopped,
  });
  const { store } = gate;

  const subject: Record<string, string | undefined> = {};
  const setSubject = (given: SubjectConfiguration): void => {
    onlyKnown(given, SUBJECT);
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      const size = value as Size | null;
      const column =
        value === null || value === ""
          ? undefined
          : key.startsWith("screen")
            ? size!.width > 0 && size!.height > 0
              ? `${size!.width}x${size!.height}`
              : refuse(key, [value], "{ width, height }")
            : key === "colorDepth"
              ? Number(value) > 0
                ? `${value as number}`
                : refuse(key, [value], "a number above 0")
              : text(key, value);
      if (column && column.length > (LONGEST[key] ?? 255))
        refuse(
          `the length of ${key}`,
          column.length,
          `at most ${LONGEST[key] ?? 255}`,
        );
      subject[key] = column;
    }
  };
  setSubject(options.subject);

  const globals = globalContexts();
  const addGlobals = ({
    tag,
    globalContexts: given,
  }: GlobalContextSettings) => {
    if (!Array.isArray(given))
      refuse("globalContexts", [given], "a list of { schema, data }");
    // All of one tag come and go together.
    globals.add({ [text("tag", tag)]: [() => true, given] });
  };
  for (const each of options.globals) addGlobals(each);

  interface Screen {
    name: string;
    id: string;
    type?: string | undefined;
  }
  let screen: Screen | undefined;
  let terms = "";
  const watch = () => {
    const before = terms;
    terms = `${store.get("")} ${gate.isServerAnonymous()}`;
    // The news may be of a decision that changes nothing here.
    if (before === terms) return;
    if (before.startsWith("granted") && !terms.startsWith("granted"))
      for (const key of Object.keys(NAMING)) subject[key] = undefined;
    // What was seen before a no is not told after it, and no id of one level appears in another.
    screen = terms.startsWith("denied")
      ? undefined
      : screen && { ...screen, id: uuid() };
    last = undefined;
  };
  watch();
  store.subscribe(watch);

  const engine = createEngine({
    consent: store,
    destination: dressed(options.destination, {
      hasSession,
      // Mobile trackers tell of the visit in its entity alone, and of the device when they are told to.
      without: ["sid", "vid", "duid"],
      saw(message) {
        last = message;
      },
    }),
    name,
    purpose: "",
    optInEvent: "",
    flushInterval: options.isQuick ? 0 : 1000,
    storage: () => storage,
    sessionStorage: () => brief,
    serverAnonymity: gate.isServerAnonymous,
    stitch: flag("stitch", consent.stitch, false),
    // One app, one tracker: there are no tabs to take turns with.
    inTurn: (_, work) => work(),
    permission: () => undefined,
    ...(consent.fetch && { fetch: consent.fetch }),
  });
  const known = knownOf(
    name,
    () => engine,
    { state: () => storage, session: () => brief },
    () => last,
  );

  const columns = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([key, column]) =>
        subject[key] ? [[column, subject[key]]] : [],
      ),
    );

  const tell = (
    told: Told,
    contexts: Contexts = [],
    page?: More["page"],
  ): void => {
    if (!Array.isArray(contexts))
      refuse("contexts", [contexts], "a list of { schema, data }");
    const { device, application, gdpr, hasScreen } = options;
    const own: (Entity | false | undefined)[] = [
      device && {
        schema: `${CORE}/mobile_context/jsonschema/1-0-3`,
        data: device,
      },
      application && {
        schema: `${MOBILE}/application/jsonschema/1-0-0`,
        data: application,
      },
      hasScreen &&
        screen && {
          schema: `${MOBILE}/screen/jsonschema/1-0-0`,
          data: { ...screen },
        },
      gdpr && { schema: `${CORE}/gdpr/jsonschema/1-0-0`, data: { ...gdpr } },
    ];
    const all: More & Said = {
      ...told.more,
      entities: [
        ...own.filter((each) => !!each),
        ...contexts,
        ...globals.for(told, store.report),
      ],
      page,
      subject: columns(NAMING),
      columns: columns(PLAIN),
    };
    engine.call(told.verb, told.name, told.properties, all);
  };

  const set = (key: keyof SubjectConfiguration) => async (value: unknown) =>
    setSubject({ [key]: value } as SubjectConfiguration);
  const setUserAnonymisation = async (isOn: boolean): Promise<void> => {
    isAnonymous = flag("userAnonymisation", isOn, false);
    gate.turn(mobileSwitch(isAnonymous, hasSession, server));
  };
  const setServerAnonymisation = async (isOn: boolean): Promise<void> => {
    server = flag("serverAnonymisation", isOn, false);
    gate.turn(mobileSwitch(isAnonymous, hasSession, server));
  };

  return {
    namespace,
    stop() {
      isStopped = true;
      gate.look();
    },
    async trackSelfDescribingEvent(event, contexts) {
      tell(described(event), contexts);
    },
    async trackScreenViewEvent(event, contexts) {
      onlyKnown(event, [
        "name",
        "id",
        "type",
        "previousName",
        "previousId",
        "previousType",
        "transitionType",
      ]);
      const next: Screen = {
        name: text("a screen's name", event.name),
        id: event.id ?? uuid(),
        ...(event.type !== undefined && { type: text("type", event.type) }),
      };
      const before = screen;
      // The entity of this event tells of the screen that it shows; what is seen under a no is not remembered.
      screen = engine.level() === "off" ? undefined : next;
      tell(
        described({
          schema: `${MOBILE}/screen_view/jsonschema/1-0-0`,
          data: {
            ...next,
            previousName: event.previousName ?? before?.name,
            previousId: event.previousId ?? before?.id,
            previousType: event.previousType ?? before?.type,
            transitionType: event.transitionType,
          },
        }),
        contexts,
      );
    },
    async trackStructuredEvent(event, contexts) {
      tell(structuredEvent(event), contexts);
    },
    async trackPageViewEvent(event, contexts) {
      onlyKnown(event, ["pageUrl", "pageTitle", "referrer"]);
      const { pageUrl, pageTitle = "", referrer = "" } = event;
      tell({ verb: "page", name: "", properties: {}, more: {} }, contexts, {
        url: text("pageUrl", pageUrl),
        title: pageTitle,
        referrer,
      });
    },
    async trackTimingEvent(event, contexts) {
      onlyKnown(event, ["category", "variable", "timing", "label"]);
      text("category", event.category);
      text("variable", event.variable);
      if (!(event.timing >= 0))
        refuse("timing", [event.timing], "milliseconds, 0 or more");
      tell(
        described({
          schema: `${CORE}/timing/jsonschema/1-0-0`,
          data: { ...event, timing: Math.round(event.timing) },
        }),
        contexts,
      );
    },
    async trackDeepLinkReceivedEvent(event, contexts) {
      onlyKnown(event, ["url", "referrer"]);
      text("url", event.url);
      tell(
        described({
          schema: `${MOBILE}/deep_link_received/jsonschema/1-0-0`,
          data: { ...event },
        }),
        contexts,
      );
    },
    addGlobalContexts: async (given) => addGlobals(given),
    removeGlobalContexts: async (tag) => globals.remove([text("tag", tag)]),
    setUserId: set("userId"),
    setNetworkUserId: set("networkUserId"),
    setDomainUserId: set("domainUserId"),
    setIpAddress: set("ipAddress"),
    setUseragent: set("useragent"),
    setTimezone: set("timezone"),
    setLanguage: set("language"),
    setScreenResolution: set("screenResolution"),
    setScreenViewport: set("screenViewport"),
    setColorDepth: set("colorDepth"),
    setSubjectData: async (given) => setSubject(given),
    setUserAnonymisation,
    setUserAnonymization: setUserAnonymisation,
    setServerAnonymisation,
    setServerAnonymization: setServerAnonymisation,
    getSessionUserId: async () => known.userId() ?? null,
    getSessionId: async () => known.session().id ?? null,
    getSessionIndex: async () => known.session().index ?? null,
    flush: async () => engine.flush(),
  };
}

const trackers = new Map<string, ReturnType<typeof createMobileTracker>>();

/**
 * Makes a tracker for an app, as React Native's 1.x and 2.x do it; also where there is no document.
 *
 * ```ts
 * const tracker = createTracker("appTracker", { endpoint }, { trackerConfig: { sessionContext: false, userAnonymisation: true } });
 * await tracker.trackScreenViewEvent({ name: "Home" });
 * ```
 *
 * A second tracker of the same namespace takes the place of the first. Throws a `TypeError` for an unknown or misplaced
 * option, which names the right place, and a `RangeError` for a value outside the allowed ones.
 */
export function createTracker(
  namespace: string,
  network: NetworkConfiguration,
  configuration: ControllerConfiguration & FlatConfiguration = {},
): MobileTracker {
  // What it is replaced by is checked before it goes.
  const options = [namespace, network, configuration] as const;
  mobileOptions(...options);
  removeTracker(namespace);
  const tracker = createMobileTracker(...options);
  trackers.set(namespace, tracker);
  return tracker;
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
  trackers.get(namespace)?.stop();
  trackers.delete(namespace);
}

/** Ends all of them. */
export function removeAllTrackers(): void {
  for (const namespace of trackers.keys()) removeTracker(namespace);
}
