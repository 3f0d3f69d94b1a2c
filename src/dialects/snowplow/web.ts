import { oneOf, refuse, text } from "../../consent/refuse.js";
import {
  removeSnowplowIds,
  removeSnowplowQueue,
} from "../../storage/leftovers.js";
import { tabs } from "../../storage/tabs.js";
import type { Entity, Message, More } from "../../tracker/destination.js";
import { createEngine } from "../../tracker/engine.js";
import { currentPage } from "../../tracker/page.js";
import { uuid } from "../../tracker/random.js";
import type { ActivityData } from "./activity.js";
import { dressed, type Said } from "./destination.js";
import { watchEntry } from "./entry.js";
import {
  asTaken,
  cmpVisible,
  common,
  consentEvent,
  described,
  structuredEvent,
  type ConsentEvent,
  type Told,
} from "./events.js";
import { globalContexts } from "./global-contexts.js";
import { createGate, strictest, type Switch } from "./gate.js";
import { knownOf } from "./known.js";
import { crossDomainLinks } from "./links.js";
import { networkCookie } from "./network-cookie.js";
import { known } from "../shared/names.js";
import { flag, positive } from "./options.js";
import { createPings } from "./pings.js";
import {
  placesFor,
  removeFrom,
  STRATEGIES,
  type StateStorageStrategy,
} from "./strategy.js";
import { createView } from "./view.js";
import type { WebTracker } from "./web-calls.js";
import {
  toSwitch,
  webOptions,
  type TrackerConfiguration,
} from "./web-options.js";

const PRIVATE: Switch = { level: "anonymous", server: true };

/** Makes a web tracker. Throws a `TypeError` or a `RangeError` for what Snowplow would ignore or fail later. */
export function createWebTracker(
  id: string,
  endpoint: string,
  configuration: TrackerConfiguration = {},
): WebTracker {
  const options = webOptions(id, endpoint, configuration);
  const { name, own, doNotTrack } = options;
  const places = placesFor(name, options.cookies);
  let { strategy, bufferSize } = options;
  const stitch = flag("stitch", configuration.stitch, false);
  let optOutCookie: string | undefined;
  let uid: string | undefined;
  let last: Message | undefined;
  let tab = uuid();
  const address: { url?: string; referrer?: string; title?: string } = {};
  const discards = { hash: false, brace: false };
  const globals = globalContexts();

  const isAskedNotTo = () => {
    const asked =
      navigator.doNotTrack ??
      (globalThis as { doNotTrack?: string }).doNotTrack;
    return asked === "1" || asked === "yes";
  };
  const gate = createGate({
    ...configuration,
    own,
    isBlocked: () =>
      (doNotTrack === true && isAskedNotTo()) ||
      (!!optOutCookie && cookie(optOutCookie) !== undefined),
    asksForPrivacy: () =>
      (options.globalPrivacyControl &&
        !!(navigator as { globalPrivacyControl?: boolean })
          .globalPrivacyControl) ||
      (doNotTrack === undefined && isAskedNotTo()),
  });
  const { store } = gate;
  const level = () => engine.level();

  const links = crossDomainLinks(() => userId(), store.report);
  if (configuration.crossDomainLinker)
    links.decorate(configuration.crossDomainLinker);

  const view = createView();
  const renew = () => {
    last = undefined;
    view.renew();
    tab = uuid();
    links.restore();
  };
  const entry = watchEntry(
    name,
    () => places[strategy].state(),
    () => {
      uid = undefined;
      renew();
    },
    () => store.record?.time,
  );

  let terms = "";
  const watch = () => {
    const before = terms;
    terms = `${store.get("")} ${gate.isServerAnonymous()}`;
    // The news may be of another tab, and change nothing here.
    if (before === terms) return;
    // Whoever says yes again is not the same person until the site says so.
    if (before.startsWith("granted") && !terms.startsWith("granted")) {
      uid = undefined;
      entry.forget();
    }
    last = undefined;
    tab = uuid();
    links.restore();
    // What was held is of the view that is sent with it.
    if (!stitch && /^(granted|session|anonymous)/.test(before)) view.renew();
  };
  watch();
  store.subscribe(watch);

  const engine = createEngine({
    consent: store,
    destination: dressed(options.destination, {
      hasSession: true,
      tab: () => tab,
      saw(message) {
        last = message;
      },
    }),
    name,
    purpose: "",
    optInEvent: "",
    flushInterval: 1000,
    requestTimeout: options.requestTimeout,
    permission: () => undefined,
    storage: entry.storage,
    outbox: () => places[strategy].outbox(),
    sessionStorage: () => places[strategy].session(),
    serverAnonymity: gate.isServerAnonymous,
    stitch,
    ...(configuration.customFetch && { fetch: configuration.customFetch }),
  });

  /** Removes what Snowplow's own tracker, which was here before this one, has left. */
  const removeLeftovers = () => {
    removeSnowplowQueue(id);
    removeSnowplowIds(options.prefix);
  };
  /** Removes what this tracker, or an earlier page of it, keeps in places that do not count now. */
  const sweep = () => {
    const { state, outbox, session } = places[strategy];
    const now = level();
    removeFrom(places, name, (area) =>
      now === "full"
        ? area === state() || area === outbox()
        : now === "session" && area === session(),
    );
  };
  let swept = "";
  /** Does both below the level `full`, once for each. With the strategy `none` only where the record holds a no. */
  const follow = () => {
    if (!store.isReady) return;
    const now = store.get("");
    const mayTouch =
      strategy !== "none" ||
      configuration.consent?.get(configuration.purpose ?? "analytics") ===
        "denied";
    if (swept === (swept = `${now} ${mayTouch}`)) return;
    if (now === "granted" || !mayTouch) return;
    sweep();
    removeLeftovers();
  };
  follow();
  store.subscribe(follow);
  if (!store.isReady) void store.ready.then(follow);

  const neighbours = globalThis.document && tabs(name);
  neighbours?.hear((said) => {
    const next = said && (JSON.parse(said) as Partial<Switch>);
    if (next && next.level) {
      // Only ever stricter: no other tab can raise what this page was made with.
      gate.turn(
        {
          level: strictest(gate.own.level, next.level),
          server: gate.own.server || !!next.server,
        },
        "tab",
      );
    } else {
      // First: a newer yes in the record outweighs what was removed before it.
      store.refresh();
      if (gate.own.level === "full" && entry.isGone())
        gate.turn(PRIVATE, "tab");
    }
    // Below these levels nothing is kept that another tab could have removed, and no storage is touched.
    if (level() === "full" || level() === "session") gate.nudge();
  });
  const page = (title?: string | null): More["page"] => {
    const now = currentPage();
    if (!now) return;
    let { url, referrer } = { ...now, ...address };
    if (discards.hash) url = url.replace(/#.*/s, "");
    if (discards.brace) url = url.replaceAll(/[{}]/g, "");
    return { url, referrer, title: title || (address.title ?? now.title) };
  };

  const tell = (
    told: Told,
    title?: string | null,
    columns?: Said["columns"],
  ): void => {
    // Signals and cookies change without any news.
    gate.look();
    const { verb, name: what, properties, more } = told;
    const entities = [
      ...(more.entities ?? []),
      ...(level() === "off" ? [] : globals.for(told, store.report)),
    ];
    const all: More & Said = {
      ...more,
      entities,
      page: page(title),
      subject: { uid },
      ...(!more.least && { viewId: view.id() }),
      ...asTaken(more, level()),
      ...(columns && { columns }),
    };
    engine.call(verb, what, properties, all);
    if (bufferSize === 1) queueMicrotask(engine.flush);
  };

  const setUserId = (given?: string | null): void => {
    if (given != null && given !== "" && text("a user id", given).length > 255)
      refuse("a user id's length", given.length, "at most 255 characters");
    uid = given || undefined;
  };

  const change = (next: Switch, wanted: StateStorageStrategy): void => {
    const kept = uid;
    const now = level();
    if (wanted !== strategy && (now === "full" || now === "session"))
      // Nothing may stay behind in the old place.
      gate.turn({ level: "anonymous", server: true });
    strategy = wanted;
    gate.turn(next);
    follow();
    if (level() === "full") uid = kept;
    if (next.level !== "full") neighbours?.tell(JSON.stringify(next));
  };

  const toStrategy = (given: unknown, standard: StateStorageStrategy) =>
    given == null
      ? standard
      : oneOf(
          "stateStorageStrategy",
          given as StateStorageStrategy,
          STRATEGIES,
        );

  const { userId, session } = knownOf(
    name,
    () => engine,
    { state: entry.storage, session: () => places[strategy].session() },
    () => last,
  );

  /** Gives the visitor another id in the same visit. Returns whether it took. */
  const rename = (): boolean => {
    const before = userId();
    try {
      const { grant } = JSON.parse(engine.who()!) as { grant: string };
      entry
        .storage()
        .setItem(name, JSON.stringify({ grant, deviceId: uuid() }));
      // The engine follows, as it does where another tab has forgotten the visitor.
      gate.nudge();
    } catch {
      // Nobody is known yet, or storage is blocked.
    }
    return userId() !== before;
  };

  const ping = (data: ActivityData, entities: readonly Entity[]) =>
    tell(
      {
        verb: "track",
        name: "page_ping",
        properties: {},
        more: { entities },
        type: "pp",
      },
      null,
      {
        e: "pp",
        se_ac: undefined,
        se_ca: undefined,
        page: page()?.title || undefined,
        pp_mix: `${data.minXOffset}`,
        pp_max: `${data.maxXOffset}`,
        pp_miy: `${data.minYOffset}`,
        pp_may: `${data.maxYOffset}`,
      },
    );
  const pings = createPings({
    ping,
    mayCall: () => /full|session|anonymous/.test(level()),
    pageViewId: view.id,
    report: store.report,
  });

  const consent = (eventType: string) => (event: ConsentEvent) =>
    tell(consentEvent(eventType, event));

  return {
    id,
    namespace: id,
    trackPageView(event = {}) {
      const { contextCallback, ...rest } = event ?? {};
      const { title } = rest;
      if (title != null && typeof title !== "string")
        refuse("title", [title], "a text");
      const more = common(rest, "title");
      const entities = () => [
        ...(more.entities ?? []),
        ...(contextCallback?.() ?? []),
      ];
      if (level() !== "off") view.begin();
      tell(
        {
          verb: "page",
          name: "",
          properties: {},
          more: { ...more, entities: entities() },
        },
        title,
      );
      pings.begin(entities);
    },
    trackStructEvent: (event) => tell(structuredEvent(event)),
    trackSelfDescribingEvent(event) {
      const more = common(event, "event");
      tell(described(event.event, more));
    },
    trackConsentAllow: consent("allow_all"),
    trackConsentSelected: consent("allow_selected"),
    trackConsentPending: consent("pending"),
    trackConsentImplicit: consent("implicit_consent"),
    trackConsentDeny: consent("deny_all"),
    trackConsentExpired: consent("expired"),
    trackConsentWithdrawn: consent("withdrawn"),
    trackCmpVisible: (event) => tell(cmpVisible(event)),

    enableAnonymousTracking(given = {}) {
      known(
        "enableAnonymousTracking",
        given,
        ["options", "stateStorageStrategy"],
        {
          withSessionTracking: "options: { withSessionTracking }",
          withServerAnonymisation: "options: { withServerAnonymisation }",
        },
      );
      const next = toSwitch(given.options ?? true);
      change(next, toStrategy(given.stateStorageStrategy, strategy));
    },
    disableAnonymousTracking(given = {}) {
      known("disableAnonymousTracking", given, ["stateStorageStrategy"]);
      change(
        { level: "full", server: false },
        toStrategy(given.stateStorageStrategy, options.strategy),
      );
    },
    clearUserData(given = {}) {
      known("clearUserData", given, ["preserveSession", "preserveUser"]);
      const keepsSession = flag(
        "preserveSession",
        given.preserveSession,
        false,
      );
      const keepsUser = flag("preserveUser", given.preserveUser, false);
      if (!keepsUser) uid = undefined;
      sweep();
      removeLeftovers();
      if (keepsSession && keepsUser) return;
      last = undefined;
      if (level() === "session" && !keepsSession) engine.call("session");
      else if (level() === "full" && keepsUser) engine.call("session");
      else if (level() === "full") {
        renew();
        if (!keepsSession || !rename()) engine.call("reset");
        neighbours?.tell("{}");
      }
    },
    setOptOutCookie(given) {
      optOutCookie = given == null ? undefined : text("a cookie's name", given);
      gate.look();
    },
    setUserId,
    setUserIdFromLocation: (field) => setUserId(queried(location.href, field)),
    setUserIdFromReferrer: (field) =>
      setUserId(queried(document.referrer, field)),
    setUserIdFromCookie: (cookieName) =>
      setUserId(cookie(text("a cookie's name", cookieName))),
    newSession: () => engine.call("session"),
    setCustomUrl(url) {
      address.url = new URL(text("url", url), document.URL).href;
    },
    setReferrerUrl(url) {
      address.referrer = text("url", url);
    },
    setDocumentTitle(title) {
      address.title = text("title", title);
    },
    discardHashTag(enable) {
      discards.hash = flag("discardHashTag", enable, false);
    },
    discardBrace(enable) {
      discards.brace = flag("discardBrace", enable, false);
    },
    addGlobalContexts: (contexts) => globals.add(contexts),
    removeGlobalContexts: (contexts) => globals.remove(contexts),
    clearGlobalContexts: () => globals.clear(),
    enableActivityTracking: pings.enable,
    enableActivityTrackingCallback: pings.enableCallback,
    disableActivityTracking: pings.disable,
    disableActivityTrackingCallback: pings.disableCallback,
    updatePageActivity: pings.update,
    crossDomainLinker: links.decorate,
    flushBuffer(given = {}) {
      known("flushBuffer", given, ["newBufferSize"]);
      if (given.newBufferSize != null)
        bufferSize = positive("newBufferSize", given.newBufferSize);
      engine.flush();
    },
    setBufferSize(size) {
      bufferSize = positive("a buffer's size", size);
    },
    getUserId: () => (level() === "full" ? uid : undefined),
    getDomainUserId: userId,
    getDomainSessionId: () => session().id,
    getDomainSessionIndex: () => session().index,
    getDomainUserInfo() {
      const { id: sessionId, index, previousId, firstEventId } = session();
      const now = Math.round(Date.now() / 1000);
      return [
        index === 1 ? "1" : "0",
        userId(),
        undefined,
        index,
        now,
        undefined,
        sessionId,
        previousId ?? undefined,
        firstEventId,
      ];
    },
    getPageViewId: () => (level() === "off" ? undefined : view.id()),
    getTabId: () => (last?.tab ? tab : null),
    getCookieName: () => name,
    async expireNetworkCookie() {
      if (level() === "full")
        refuse("the level", ["full"], "enableAnonymousTracking() first");
      return networkCookie(
        options.destination,
        configuration.customFetch ?? globalThis.fetch.bind(globalThis),
        store.report,
      );
    },
  };
}

/** The value of the cookie `name`, if there is one. */
function cookie(name: string): string | undefined {
  try {
    const start = `${name}=`;
    return document.cookie
      .split("; ")
      .find((each) => each.startsWith(start))
      ?.slice(start.length);
  } catch {
    // A document without an origin has no cookies.
    return;
  }
}

/** What the query of `address` says for `field`. */
function queried(address: string, field: string): string | null {
  return URL.canParse(address)
    ? new URL(address).searchParams.get(text("a field's name", field))
    : null;
}
