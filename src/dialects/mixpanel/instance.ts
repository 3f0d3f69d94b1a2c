import { text } from "../../consent/refuse.js";
import { cookieStorage } from "../../storage/cookie.js";
import {
  removeMixpanelIds,
  removeMixpanelQueues,
} from "../../storage/leftovers.js";
import type { Identity, More, Verb } from "../../tracker/destination.js";
import { denylist } from "../../tracker/destinations/mixpanel-denylist.js";
import {
  createEngine,
  toJson,
  type EngineOptions,
} from "../../tracker/engine.js";
import { createIdentity } from "../../tracker/identity.js";
import { toLevel, type Level } from "../../tracker/level.js";
import { createDecisions, OPT_IN, type Decisions } from "./decisions.js";
import { destinationFor, runHooks, type OptIn } from "./destination.js";
import { createEvents } from "./events.js";
import { mixpanelFlag } from "./flag.js";
import { createGate } from "./gate.js";
import {
  change,
  settle,
  type Callback,
  type Dict,
  type MixpanelConfig,
  type OptInTrack,
  type RequestOptions,
} from "./options.js";
import { PAGE_VIEW, watchPageViews } from "./pageviews.js";
import { groupOf, peopleOf, type Group, type People } from "./people.js";
import { createPlaces } from "./places.js";

/** How long a registered property lasts. Days are taken and not counted: it lasts as long as the identity. */
export type RegisterOptions = number | { persistent?: boolean };

/** One project's calls, with the names and the meaning that they have in mixpanel-browser. */
export interface Instance extends Decisions {
  /**
   * Tells that something happened. A function as the last argument is called with 1, or once with 0 where the visitor's
   * decision, a hook or `disable` blocks the call.
   */
  track(
    name: string,
    properties?: Dict | null,
    options?: RequestOptions | Callback,
    callback?: Callback,
  ): void;
  track_pageview(properties?: Dict, options?: { event_name?: string }): void;
  track_with_groups(
    name: string,
    properties: Dict,
    groups: Dict,
    callback?: Callback,
  ): void;
  /** Starts a clock, in memory: the next event of this name says how long it ran (`$duration`, in seconds). */
  time_event(name: string): void;
  /** Names the visitor. Throws for an id that Mixpanel would not take. With `hash` the id is hashed (SHA-256) first. */
  identify(id?: string | number, options?: { hash?: boolean } | null): void;
  alias(alias: string): void;
  register(properties: Dict, options?: RegisterOptions): void;
  register_once(
    properties: Dict,
    standard?: unknown,
    options?: RegisterOptions,
  ): void;
  unregister(name: string): void;
  /** Forgets who the visitor is. The decision stays. */
  reset(): void;
  get_distinct_id(): string | undefined;
  get_property(name: string): unknown;
  get_config(): MixpanelConfig;
  get_config(name: "token"): string;
  get_config<K extends keyof MixpanelConfig>(name: K): MixpanelConfig[K];
  /** Changes what can be changed later. Throws a `TypeError` for the rest. */
  set_config(config: MixpanelConfig): void;
  /** Switches events off, all or those named, until `enable`. It is no decision, and lives as long as the page. */
  disable(events?: readonly string[]): void;
  enable(events?: readonly string[]): void;
  set_group(key: string, ids: unknown, callback?: Callback): void;
  add_group(key: string, id: unknown, callback?: Callback): void;
  remove_group(key: string, id: unknown, callback?: Callback): void;
  get_group(key: string, id: unknown): Group;
  readonly people: People;

  /** `opt_in_tracking` in the mobile SDKs' words. */
  optInTracking(distinctId?: string, properties?: Dict): void;
  /** `opt_out_tracking` in the mobile SDKs' words. What still waits is deleted. */
  optOutTracking(): void;
  /** `has_opted_out_tracking` in the mobile SDKs' words. */
  hasOptedOutTracking(): boolean;
}

/** What brings the name of the event that tells of a grant: the engine knows one name for all of them. */
const NAMED = "$opt_in name";

/** A function that is the last argument is the one to call back. */
const callbackOf = (args: readonly unknown[]): Callback | undefined => {
  const last = args.at(-1);
  return typeof last === "function" ? (last as Callback) : undefined;
};

/** Starts a project's instance. Throws for a token or a config that cannot be meant. */
export function startInstance(token: string, config: MixpanelConfig): Instance {
  let settings = settle(config);
  let destination = destinationFor(text("token", token), settings);
  let { keep } = denylist(settings.property_blacklist);
  const { purpose } = settings;
  const clock = settings.clock ?? Date.now;
  const flag = mixpanelFlag(token, settings);
  const gate = createGate(token, flag, () => settings, removeOldCookie);

  const name = `mp_${settings.persistence_name || settings.cookie_name || `${token}_mixpanel`}`;
  const places = createPlaces(name, settings, gate.store.report);
  // What an earlier page has kept is more than this one may keep.
  if (settings.disable_persistence || settings.disable_cookie)
    places.clean(true);

  const events = createEvents(clock, () => settings.hooks);
  /** What was said of the visitor and may not have been taken yet. */
  let said: { userId?: string; registered: Dict } = { registered: {} };
  /** The level now. What only the page knows goes up with it to `full`, and otherwise ends with the level it was said at. */
  const levelNow = (): Level => {
    const now = engine.level();
    if (now !== last && now !== "full") forgetPage();
    last = now;
    return now;
  };
  /** The device that a reset has left behind, until the sender has taken that call. */
  let gone: string | undefined;
  /** Whether that device is not known yet: the store has not answered, and storage is not read before. */
  let isLeaving = false;
  /** Whether what is said of the visitor counts: below a yes nobody has a name. */
  const mayName = () => /full|hold/.test(levelNow());
  const forgetPage = () => {
    events.forget();
    said = { registered: {} };
  };
  /** A copy of what a call brings. Throws for a call that Mixpanel would not take, before anything is done about it. */
  const check = (verb: Verb, title: string, properties: Dict): Dict => {
    const json = toJson(properties);
    const { time, level } = { time: 0, level: "off" } as const;
    destination.check?.({ verb, name: title, json, time, level });
    return JSON.parse(json) as Dict;
  };

  /** The event that tells of a yes, under its own name. The yes has been recorded by then: nothing may throw here. */
  const toOptIn = ({ name: title, properties }: OptIn): Dict => {
    try {
      const event = title ? events.prepare(title, properties) : undefined;
      if (event)
        return check("consent", event.name, {
          ...event.properties,
          [NAMED]: event.name,
        });
    } catch (error) {
      gate.store.report(error);
    }
    return {};
  };

  const rules = {
    beforeChoice:
      ((settings.hold as boolean | undefined) ??
      (settings.consent as unknown) !== undefined)
        ? ("hold" as const)
        : ("drop" as const),
    whenDenied: settings.when_denied,
    anonymousLevel: settings.anonymous_level,
  };
  const given: EngineOptions = {
    ...rules,
    consent: gate.store,
    purpose,
    name,
    clock,
    storage: places.state,
    outbox: places.outbox,
    sessionStorage: places.session,
    destination: {
      batchSize: destination.batchSize,
      check: (call) => destination.check?.(call),
      toStore: (who) => destination.toStore?.(who) ?? who,
      write(message) {
        if (message.verb !== "consent") return destination.write(message);
        const { [NAMED]: event, ...properties } = message.properties;
        // Without a name nobody is told.
        return typeof event === "string"
          ? destination.write({ ...message, name: event, properties })
          : undefined;
      },
      deliver: (batch) => destination.deliver(batch),
      complaint: (answer) => destination.complaint?.(answer) ?? "",
    },
    optInEvent: OPT_IN.name,
    // Asked for its JSON when the grant is told.
    optInProperties: { toJSON: () => toOptIn(decisions.optIn()) },
    flushInterval: settings.batch_requests
      ? settings.batch_flush_interval_ms
      : 0,
    requestTimeout: settings.batch_request_timeout_ms,
    hashSalt: settings.hash_salt,
    fetch: settings.fetch as typeof fetch | undefined,
    permission: () => undefined,
  };
  const decisions = createDecisions({
    gate,
    flag,
    places,
    hasStore: (settings.consent as unknown) !== undefined,
    isFull: () => levelNow() === "full",
    check: (event, properties) => check("consent", event, properties),
    recall() {
      const userId = said.userId ?? who().userId;
      return {
        ...(userId !== undefined && { userId }),
        registered: { ...who().registered, ...said.registered },
      };
    },
    restore(known) {
      // As it was: hooks have been heard, and an id was hashed where it had to be.
      add(keep(known.registered), {});
      if (known.userId !== undefined) nameVisitor(known.userId, false);
    },
    toErase() {
      const known = who().deviceId && engine.who();
      return known ? () => erase(known) : undefined;
    },
  });
  const engine = createEngine(given);
  let last = engine.level();
  let lookAtPage = () => {};
  gate.store.subscribe(() => {
    levelNow();
    lookAtPage();
  });

  /** Removes below the level `full` what an earlier page, or Mixpanel's own SDK, which was here before this, has left. */
  const removeLeftovers = () => {
    const { isReady, mode } = gate.store;
    const level = toLevel(gate.choice(), mode, rules);
    if (!isReady || level === "full") return;
    places.clean(level !== "session");
    removeMixpanelQueues(token);
    removeMixpanelIds(token, name);
  };
  removeLeftovers();
  gate.store.subscribe(removeLeftovers);
  if (!gate.store.isReady) void gate.store.ready.then(removeLeftovers);

  /** Makes a call where it may be made. Tells `args`' callback, and returns, whether it was. */
  const gated = (
    args: readonly unknown[],
    run: () => boolean | void,
  ): boolean => {
    const isTaken = levelNow() !== "off" && run() !== false;
    const callback = callbackOf(args);
    if (!isTaken) callback?.(0);
    else if (callback) queueMicrotask(() => callback(1));
    return isTaken;
  };
  const call = (verb: Verb, title?: string, properties?: Dict, more?: More) =>
    engine.call(verb, title, properties, more);

  /** The visitor as this page or its storage knows them. */
  const kept = (): Partial<Identity> => {
    try {
      const found: unknown = JSON.parse(engine.who() ?? "{}");
      const { deviceId } = Object(found) as Partial<Identity>;
      return deviceId ? (found as Identity) : {};
    } catch {
      // Forged, damaged or another library's: it is not ours.
      return {};
    }
  };
  const who = (): Partial<Identity> => {
    if (levelNow() !== "full") return {};
    const found = kept();
    return found.deviceId === gone ? {} : found;
  };
  if (!gate.store.isReady)
    void gate.store.ready.then(() => {
      if (isLeaving && levelNow() === "full") gone = kept().deviceId;
    });
  const registered = (): Dict => ({
    ...who().registered,
    ...said.registered,
    ...events.along(),
  });

  /** Whether a property of this name must not be sent or stored. */
  const isDenied = (title: string) => !(title in keep({ [title]: 1 }));

  const groupsOf = (key: string): unknown[] => {
    const found = registered()[text("a group's key", key)];
    return Array.isArray(found) ? found : found === undefined ? [] : [found];
  };

  /** The id that is meant by `id`; `undefined` where a hook has dropped it. Throws for one that Mixpanel would not take. */
  const toUserId = (id: string | number): string | undefined => {
    const [userId] =
      runHooks(settings.hooks.before_identify, [
        text("a user's id", `${id ?? ""}`),
      ]) ?? [];
    if (userId !== undefined) check("identify", userId, {});
    return userId;
  };
  const nameVisitor = (userId: string, hash: boolean): void => {
    call("identify", userId, {}, { hash });
    if (hash || !mayName()) delete said.userId;
    else said.userId = userId;
  };

  const sendTrack = (title: string, properties: Dict): boolean => {
    const event = events.prepare(title, properties);
    if (event) call("track", event.name, event.properties);
    return !!event;
  };
  const sendPage = (properties: Dict): boolean => {
    const event = events.prepare(PAGE_VIEW, properties);
    // Under another name, which a hook gave it, it is an event like others.
    if (event?.name === PAGE_VIEW) call("page", "", event.properties);
    else if (event) call("track", event.name, event.properties);
    return !!event;
  };

  const instance: Instance = {
    track(...args) {
      const [title, properties, options] = args;
      text("an event's name", title);
      gated(args, () => {
        if (!sendTrack(title, isPlain(properties) ? properties : {}))
          return false;
        if (
          isPlain(options) &&
          (options.send_immediately || options.transport === "sendBeacon")
        )
          engine.flush();
        return true;
      });
    },
    track_pageview(...args) {
      const [own, options] = args;
      const properties = isPlain(own) ? own : {};
      const title = options?.event_name;
      gated(args, () =>
        title ? sendTrack(title, properties) : sendPage(properties),
      );
    },
    track_with_groups(...args) {
      const [title, properties, groups] = args;
      text("an event's name", title);
      gated(args, () => sendTrack(title, { ...properties, ...groups }));
    },
    time_event(title) {
      text("an event's name", title);
      if (levelNow() !== "off") events.startClock(title);
    },

    identify(id, options) {
      if (id === undefined) return;
      decisions.forget();
      if (levelNow() === "off") return;
      const userId = toUserId(id);
      if (userId !== undefined)
        nameVisitor(userId, options?.hash || settings.hash_ids);
    },
    alias(alias) {
      if (levelNow() === "off") return;
      call("alias", text("an alias", alias), {}, { hash: settings.hash_ids });
      instance.identify(alias);
    },
    register(properties, options) {
      if (levelNow() === "off") return;
      const [own] =
        runHooks(settings.hooks.before_register, [properties, options]) ?? [];
      if (!own) return;
      add(keep(own), options);
    },
    register_once(properties, standard, options) {
      if (levelNow() === "off") return;
      const [own, empty = "None"] =
        runHooks(settings.hooks.before_register_once, [
          properties,
          standard,
          options,
        ]) ?? [];
      if (!own) return;
      const known = registered();
      const pick = (isMeant: (value: unknown) => boolean) =>
        Object.fromEntries(
          Object.entries(keep(own)).filter(([key]) => isMeant(known[key])),
        );
      // A value that stands for "none yet" is written over; what this page does not know of is not.
      add(
        pick((value) => value === empty),
        options,
      );
      add(
        pick((value) => value === undefined),
        options,
        { once: true },
      );
    },
    unregister(title) {
      if (levelNow() === "off") return;
      const [key] =
        runHooks(settings.hooks.before_unregister, [
          text("a property's name", title),
        ]) ?? [];
      if (!key) return;
      call("unregister", key);
      events.remove(key);
      said.registered[key] = undefined;
    },
    reset() {
      decisions.forget();
      if (levelNow() === "off") return;
      gone = who().deviceId ?? gone;
      isLeaving = !gate.store.isReady;
      forgetPage();
      call("reset");
    },

    get_distinct_id() {
      gate.store.refresh();
      if (levelNow() !== "full") return said.userId;
      const known = said.userId ?? who().userId;
      if (known !== undefined) return known;
      const { deviceId } = who().deviceId
        ? who()
        : // As the first event would make it.
          createIdentity(places.state, name).get(document.referrer);
      // Behind a reset nobody knows it before the code that sends is there.
      return deviceId === gone ? undefined : `$device:${deviceId}`;
    },
    get_property(title) {
      if (title === "distinct_id") return instance.get_distinct_id();
      if (title === "$device_id") return who().deviceId;
      return registered()[title];
    },
    get_config: ((key?: keyof MixpanelConfig | "token") =>
      key === "token"
        ? token
        : key
          ? settings[key]
          : { ...settings }) as Instance["get_config"],
    set_config(next) {
      const changed = change(settings, next);
      destination = destinationFor(token, changed);
      keep = denylist(changed.property_blacklist).keep;
      settings = changed;
      gate.store.refresh();
    },
    disable: events.disable,
    enable: events.enable,

    set_group(...args) {
      const [key, ids] = args;
      gated(args, () => {
        if (isDenied(key)) return false;
        const list = [ids].flat();
        check("profile", "set", { [text("a group's key", key)]: list });
        instance.register({ [key]: list });
        call("profile", "set", { [key]: list });
      });
    },
    add_group(...args) {
      const [key, id] = args;
      gated(args, () => {
        const before = groupsOf(key);
        if (isDenied(key)) return false;
        check("profile", "union", { [key]: [id] });
        if (!before.includes(id)) instance.register({ [key]: [...before, id] });
        call("profile", "union", { [key]: [id] });
      });
    },
    remove_group(...args) {
      const [key, id] = args;
      gated(args, () => {
        const before = groupsOf(key);
        if (isDenied(key)) return false;
        check("profile", "remove", { [key]: id });
        const after = before.filter((other) => other !== id);
        if (after[0] === undefined) instance.unregister(key);
        else instance.register({ [key]: after });
        call("profile", "remove", { [key]: id });
      });
    },
    get_group: (key, id) =>
      groupOf((operation, properties, args) => {
        gated(args, () => {
          // An update names its group.
          if ([key, "$group_key", "$group_id"].some(isDenied)) return false;
          call("group", operation, properties, { group: { key, id } });
        });
      }),
    people: peopleOf(
      (operation, properties, args) => {
        gated(args, () => call("profile", operation, properties));
      },
      (properties) => keep(properties),
    ),

    ...decisions.calls,
    optInTracking(distinctId, properties = {}) {
      // Nothing is recorded for an id that would be refused.
      const userId = distinctId == null ? undefined : toUserId(distinctId);
      if (userId === undefined) {
        instance.opt_in_tracking({ track_properties: properties });
        return;
      }
      decisions.forget();
      const nameThem = () => nameVisitor(userId, settings.hash_ids);
      const track: OptInTrack = (title, own) => {
        nameThem();
        const { record } = gate.store;
        const event = toOptIn({ name: title, properties: own });
        call("consent", title, event, { decision: record });
        engine.flush();
      };
      instance.opt_in_tracking({
        track_properties: properties,
        // As on a phone: first who it is, then the event. What was held before the yes, though, comes behind the event.
        ...(levelNow() !== "hold" && { track }),
      });
      // Where the yes is not new, too. A name that is known is not said again.
      nameThem();
    },
    optOutTracking: () => void instance.opt_out_tracking(),
    hasOptedOutTracking: () => instance.has_opted_out_tracking(),
  };

  const erase = async (known: string): Promise<boolean> =>
    (await import("../../tracker/eraser.js")).eraseProfile(known, given);

  function add(properties: Dict, options: unknown, more?: More): void {
    if (!Object.keys(properties)[0]) return;
    if (Object(options).persistent === false)
      events.add(check("register", "", properties));
    else {
      call("register", "", properties, more);
      if (mayName()) Object.assign(said.registered, properties);
    }
  }

  if (settings.track_pageview)
    lookAtPage = watchPageViews(settings.track_pageview, () => {
      if (levelNow() === "off" || events.isOff(PAGE_VIEW)) return false;
      try {
        sendPage({});
      } catch (error) {
        gate.store.report(error);
      }
      // Also where a hook has dropped it, or failed: it has been asked.
      return true;
    });
  return instance;
}

const isPlain = (value: unknown): value is Dict =>
  !!value && typeof value === "object";

/** Removes a cookie. Returns whether it was there. */
function removeOldCookie(name: string): boolean {
  const cookie = cookieStorage(name);
  try {
    const wasThere = cookie.read()[0] !== undefined;
    if (wasThere) cookie.write(undefined, new Date(0));
    return wasThere;
  } catch {
    // Blocked: there is none.
    return false;
  }
}
