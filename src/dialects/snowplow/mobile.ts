import { onlyKnown, refuse, text } from "../../consent/refuse.js";
import type { Entity, Message, More } from "../../tracker/destination.js";
import { createEngine } from "../../tracker/engine.js";
import { dressed, type Said } from "./destination.js";
import { asTaken, described, structuredEvent, type Told } from "./events.js";
import { globalContexts } from "./global-contexts.js";
import { createGate, strictest, type Switch } from "./gate.js";
import { knownOf } from "./known.js";
import type { Contexts, MobileTracker } from "./mobile-calls.js";
import {
  mobileSwitch,
  type GlobalContextSettings,
  type MobileOptions,
  type SubjectConfiguration,
} from "./mobile-options.js";
import { createScreens } from "./mobile-screen.js";
import { createSubject } from "./mobile-subject.js";
import { flag } from "./options.js";
import { memoryStorage } from "../shared/areas.js";

const MOBILE = "iglu:com.snowplowanalytics.mobile";
const CORE = "iglu:com.snowplowanalytics.snowplow";

/** What the trackers of one namespace have in common, so that one can take the place of another. */
export interface Common {
  /** Where things are kept that have no storage: as long as the app runs, and as long as the namespace has a tracker. */
  readonly memory: Storage;
  readonly session: Storage;
  /** Runs what they send one after the other, since they share what waits. */
  inTurn(name: string, work: () => Promise<void>): Promise<void>;
}

export function createCommon(): Common {
  let last: Promise<void> = Promise.resolve();
  return {
    memory: memoryStorage(),
    session: memoryStorage(),
    inTurn(_, work) {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** A mobile tracker, with what those need who replace it. */
export interface AppTracker {
  readonly calls: MobileTracker;
  own(): Switch;
  isOff(): boolean;
  /** Tracks nothing more, and removes what was kept. */
  stop(): void;
  /** Is called no more: sends what waits, and from now on keeps to what its successor may do. */
  retire(successor: AppTracker): void;
  /** The successor may do something else. */
  follow(): void;
}

/** Makes a tracker for an app; also where there is no document. It takes the place of a `former` one. */
export function createMobileTracker(
  namespace: string,
  options: MobileOptions,
  common: Common,
  former?: AppTracker,
): AppTracker {
  const { consent, hasSession } = options;
  const name = `snowplow.${namespace}`;
  const { storage = common.memory } = consent;
  const nowhere = memoryStorage();
  let isStopped = false;
  let successor: AppTracker | undefined;
  let last: Message | undefined;
  let { isAnonymous } = options;
  let { server } = options.own;

  const gate = createGate({
    ...consent,
    own: options.own,
    ready: storage.ready,
    isBlocked: () => isStopped || !!successor?.isOff(),
  });
  /** A storage, but for one that is replaced and stands lower: what is there is then its successor's. */
  const whileOurs = (area: Storage) => () =>
    successor && successor.own().level !== gate.own.level ? nowhere : area;
  const state = whileOurs(storage);
  const session = whileOurs(common.session);
  const { store } = gate;

  const subject = createSubject();
  subject.set(options.subject);

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

  const screens = createScreens();
  let terms = "";
  const watch = () => {
    const before = terms;
    terms = `${store.get("")} ${gate.isServerAnonymous()}`;
    // The news may be of a decision that changes nothing here.
    if (before === terms) return;
    if (before.startsWith("granted") && !terms.startsWith("granted"))
      subject.forget();
    // What was seen before a no is not told after it, and no id of one level appears in another.
    if (terms.startsWith("denied")) screens.forget();
    else screens.renew();
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
    storage: state,
    sessionStorage: session,
    serverAnonymity: gate.isServerAnonymous,
    stitch: flag("stitch", consent.stitch, false),
    // One app: there are no tabs to take turns with.
    inTurn: common.inTurn,
    permission: () => undefined,
    ...(consent.fetch && { fetch: consent.fetch }),
  });
  const known = knownOf(
    name,
    () => engine,
    { state, session },
    () => last,
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
      hasScreen && !told.more.least && screens.entity(),
      gdpr && { schema: `${CORE}/gdpr/jsonschema/1-0-0`, data: { ...gdpr } },
    ];
    const all: More & Said = {
      ...told.more,
      ...asTaken(told.more, engine.level()),
      entities: [
        ...own.filter((each) => !!each),
        ...contexts,
        ...globals.for(told, store.report),
      ],
      page,
      subject: subject.naming(),
      columns: subject.plain(),
    };
    engine.call(told.verb, told.name, told.properties, all);
  };

  const set = (key: keyof SubjectConfiguration) => async (value: unknown) =>
    subject.set({ [key]: value } as SubjectConfiguration);
  const setUserAnonymisation = async (isOn: boolean): Promise<void> => {
    isAnonymous = flag("userAnonymisation", isOn, false);
    gate.turn(mobileSwitch(isAnonymous, hasSession, server));
  };
  const setServerAnonymisation = async (isOn: boolean): Promise<void> => {
    server = flag("serverAnonymisation", isOn, false);
    gate.turn(mobileSwitch(isAnonymous, hasSession, server));
  };

  const calls: MobileTracker = {
    namespace,
    async trackSelfDescribingEvent(event, contexts) {
      tell(described(event), contexts);
    },
    async trackScreenViewEvent(event, contexts) {
      tell(screens.show(event), contexts);
      // What is seen under a no is not remembered.
      if (engine.level() === "off") screens.forget();
    },
    async trackStructuredEvent(event, contexts) {
      tell(structuredEvent(event), contexts);
    },
    async trackPageViewEvent(event, contexts) {
      onlyKnown(event, ["pageUrl", "pageTitle", "referrer"]);
      const { pageUrl, pageTitle = "", referrer = "" } = event;
      tell({ verb: "page", name: "", properties: {}, more: {} }, contexts, {
        url: text("pageUrl", pageUrl),
        title: pageTitle && text("pageTitle", pageTitle),
        referrer: referrer && text("referrer", referrer),
      });
    },
    async trackTimingEvent(event, contexts) {
      onlyKnown(event, ["category", "variable", "timing", "label"]);
      text("category", event.category);
      text("variable", event.variable);
      if (event.label != null) text("label", event.label);
      if (!(Number.isFinite(event.timing) && event.timing >= 0))
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
      if (event.referrer != null) text("referrer", event.referrer);
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
    setSubjectData: async (given) => subject.set(given),
    setUserAnonymisation,
    setUserAnonymization: setUserAnonymisation,
    setServerAnonymisation,
    setServerAnonymization: setServerAnonymisation,
    getSessionUserId: async () => known.userId() ?? null,
    getSessionId: async () => known.session().id ?? null,
    getSessionIndex: async () => known.session().index ?? null,
    flush: async () => engine.flush(),
  };
  const tracker: AppTracker = {
    calls,
    own: () => gate.own,
    isOff: () => engine.level() === "off",
    stop() {
      isStopped = true;
      gate.look();
      former?.stop();
    },
    retire(next) {
      successor = next;
      engine.flush();
      tracker.follow();
    },
    follow() {
      const next = successor!.own();
      // Never higher than it was: what waits was tracked under it.
      gate.turn({
        level: strictest(gate.own.level, next.level),
        server: gate.own.server || next.server,
      });
    },
  };
  former?.retire(tracker);
  store.subscribe(() => former?.follow());
  return tracker;
}
