/**
 * Lets a consent store drive the real `mixpanel-browser`. The site hands the SDK in; nothing of it is imported here.
 * @module
 */
import { refuse, text, withDefaults, type Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { removeCookie, removeEntries } from "../storage/entries.js";
import {
  asksNotToBeTracked,
  cookieValue,
  removeMixpanelIds,
  removeMixpanelQueues,
} from "../storage/leftovers.js";
import { permit } from "./permit.js";

/** The few methods of `mixpanel-browser` that the bridge calls: what `import mixpanel from "mixpanel-browser"` gives. */
export interface MixpanelSdk {
  init(token: string, config: object, name?: string): unknown;
  track(name: string, properties?: object): unknown;
  identify(id?: string): unknown;
  register(properties: object): void;
  unregister(name: string, options?: object): void;
  reset(): void;
  get_property(name: string): unknown;
  set_config(config: object): void;
  opt_in_tracking(options?: object): void;
  opt_out_tracking(options?: object): void;
  /** Missing in the types that the SDK publishes. */
  stop_batch_senders?(): void;
  /** Missing in versions without feature flags. */
  flags?: { load_flags?(): unknown };
  people: { delete_user(): unknown };
}

/** What {@link bridgeMixpanel} takes besides the SDK. */
export interface MixpanelBridgeOptions {
  /** The store whose decisions the SDK obeys. */
  consent: ConsentStore;
  /** The project's token. */
  token: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** What `mixpanel.init` takes, hooks included. Hooks given to the SDK later (`set_config`) would replace the bridge's. */
  config?: object;
  /** The name of the instance, for a second project on a page. Default: the main one. */
  name?: string;
  /** What happens to calls of `run` before there is a choice: they wait in memory, or are dropped. Default: `"hold"`. */
  beforeChoice?: "hold" | "drop";
  /** The event that tells of a grant; `""` sends none. Default: `"$opt_in"`. */
  optInEvent?: string;
  /** Properties of that event. Default: none. */
  optInProperties?: object;
  /** Whether a refusal asks Mixpanel to delete the profile of an identified visitor. One request. Default: `false`. */
  deleteUser?: boolean;
}

/** The SDK, as far as the visitor allows it. */
export interface MixpanelBridge<Sdk> {
  /**
   * Calls back with the SDK: at once where it runs, after a grant where there is no choice yet, never after a refusal.
   * Events of a call that waited keep their own time and address.
   */
  run(task: (mixpanel: Sdk) => void): void;
}

const DEFAULTS = {
  consent: undefined as unknown as ConsentStore,
  token: "",
  purpose: "analytics",
  config: {},
  name: "mixpanel",
  beforeChoice: "hold",
  optInEvent: "$opt_in",
  optInProperties: {},
  deleteUser: false,
} satisfies MixpanelBridgeOptions as Required<MixpanelBridgeOptions>;

/** The SDK's default name, which must not be given to it. */
const MAIN = "mixpanel";

/**
 * How long the SDK may still be writing to its queue after it was stopped, in milliseconds: it waits up to 2 s for a
 * lock of its own, and cannot be told to give up.
 */
const LATE = 3000;
const OFTEN = 100;

/** As much of the SDK's configuration as the bridge must know. */
interface Config {
  hooks?: Record<string, unknown>;
  ignore_dnt?: boolean;
  persistence?: string;
  persistence_name?: string;
  cookie_name?: string;
  disable_persistence?: boolean;
  opt_out_tracking_cookie_prefix?: string;
  flags?: unknown;
  autocapture?: unknown;
  track_pageview?: unknown;
}

/** One thing that the SDK is about to send, or has queued. */
interface Payload {
  $device_id?: unknown;
  $delete?: unknown;
  properties?: { $device_id?: unknown };
}

/** Configuration with which the SDK takes the browser to ask for no tracking, whatever the browser says. */
const CLOSED = { ignore_dnt: false, window: { doNotTrack: "1" } };

const deviceOf = (payload: Payload | undefined) =>
  payload?.properties?.$device_id ?? payload?.$device_id;

const listOf = (hooks: unknown): readonly unknown[] =>
  Array.isArray(hooks) ? hooks : hooks ? [hooks] : [];

/**
 * Initialises `mixpanel` when the visitor has said yes, and not before; stops and clears it when they take it back, in
 * every tab.
 *
 * ```ts
 * import mixpanel from "mixpanel-browser";
 * const bridge = bridgeMixpanel(mixpanel, { consent, token: "YOUR_TOKEN" });
 * bridge.run((mixpanel) => mixpanel.track("Signed up", { plan: "pro" }));
 * ```
 *
 * The choice `anonymous` keeps the SDK off: it has no mode without an identifier (every event carries a device id, and
 * where that is taken out the server makes one from the network address).
 *
 * Throws a `TypeError` for an unknown or missing option and a `RangeError` for a value outside the allowed ones.
 */
export function bridgeMixpanel<Sdk extends MixpanelSdk>(
  mixpanel: Sdk,
  options: Loose<MixpanelBridgeOptions> &
    Pick<MixpanelBridgeOptions, "consent" | "token">,
): MixpanelBridge<Sdk> {
  const given = withDefaults(DEFAULTS, options);
  const { consent, name, beforeChoice } = given;
  const token = text("token", given.token);
  if (!mixpanel?.init)
    refuse("the SDK", null, `import mixpanel from "mixpanel-browser"`);
  if (beforeChoice !== "hold" && beforeChoice !== "drop")
    refuse("beforeChoice", beforeChoice, "hold or drop");
  const config = given.config as Config;
  for (const key of Object.keys(config))
    if (/^opt_out_.*_by_default$/.test(key))
      refuse(`config.${key}`, [key], "nothing: the store decides");

  const identityName = `mp_${config.persistence_name || config.cookie_name || `${token}_mixpanel`}`;
  const queues = ["ev", "pp", "gr"].map((kind) => `__mpq_${token}_${kind}`);
  const flag = `${config.opt_out_tracking_cookie_prefix || "__mp_opt_in_out_"}${token}`;

  let sdk: Sdk | undefined;
  /** Whether the SDK runs with permission. */
  let isRunning = false;
  let isResetting = false;
  let isDeleting = false;
  let late: ReturnType<typeof setInterval> | undefined;
  /** The device ids under which this page may send, and those that a refusal has ended. */
  let current = new Set<unknown>();
  const ended = new Set<unknown>();
  /** Super properties that live in the SDK's memory alone: `reset()` does not know of them. */
  const inMemory = new Set<string>();

  const keepInQueues = (isKept: (device: unknown) => boolean) => {
    try {
      for (const queue of queues) {
        const stored = localStorage.getItem(queue);
        if (!stored) continue;
        const items = JSON.parse(stored) as { payload?: Payload }[];
        const kept = items.filter((item) => isKept(deviceOf(item.payload)));
        if (kept.length < items.length)
          localStorage.setItem(queue, JSON.stringify(kept));
      }
    } catch {
      removeEntries("localStorage", queues);
    }
  };

  /** What was queued under an identity that a refusal has ended goes, whoever wrote it and when. */
  const filterQueues = () => keepInQueues((device) => !ended.has(device));

  const removeQueues = () => {
    if (isRunning) filterQueues();
    else removeMixpanelQueues(token);
  };

  /** Removes all that the SDK keeps, also what an earlier page or an earlier version of the site has left. */
  const removeLeftovers = () => {
    removeQueues();
    removeMixpanelIds(token, identityName);
    try {
      for (const database of ["mixpanelBrowserDb", "mixpanelFlagsDb"])
        indexedDB.deleteDatabase(database);
    } catch {
      // A document without an origin has none.
    }
  };

  const storedIdentity = (): Record<string, unknown> | undefined => {
    try {
      const stored =
        config.persistence === "localStorage"
          ? localStorage.getItem(identityName)
          : decodeURIComponent(cookieValue(identityName) ?? "");
      const found = stored ? JSON.parse(stored) : undefined;
      // A number where the site has identified by one.
      return /string|number/.test(typeof found?.distinct_id)
        ? found
        : undefined;
    } catch {
      // Nothing that the SDK has written.
    }
  };

  const isFull = () => permission.now() === "full";
  const mayRegister = () => isResetting || isFull();

  /** Puts the bridge's hook at one end of the site's. A hook that returns `undefined` ends the call. */
  const around = (
    kind: string,
    ours: (...args: never[]) => unknown,
    isLast = false,
  ) => {
    const theirs = listOf(config.hooks?.[kind]);
    return { [kind]: isLast ? [...theirs, ours] : [ours, ...theirs] };
  };

  const mayLeave = (payload: Payload | null) =>
    payload &&
    (isDeleting
      ? payload.$delete !== undefined
      : isFull() && !ended.has(deviceOf(payload)))
      ? payload
      : null;

  const noteRegistered = (
    properties: object,
    { persistent = true }: { persistent?: boolean } = {},
  ) => {
    if (!persistent)
      for (const key of Object.keys(properties)) inMemory.add(key);
    const id = (properties as Payload)?.$device_id;
    if (id && !isResetting) current.add(id);
  };

  const hooks = {
    ...config.hooks,
    // An event that waited tells of its own moment.
    ...around("before_track", (event: string, properties?: object) => {
      if (!isFull()) return;
      const { moment } = permission;
      return [
        event,
        moment
          ? {
              time: moment.time / 1000,
              $current_url: moment.url,
              ...properties,
            }
          : properties,
      ];
    }),
    ...around("before_identify", (id: string) =>
      isDeleting || isFull() ? [id] : undefined,
    ),
    ...around("before_register", (properties: object, how?: object) => {
      if (!mayRegister()) return;
      noteRegistered(properties, how);
      return [properties, how];
    }),
    ...around(
      "before_register_once",
      (properties: object, value: unknown, how?: object) => {
        if (!mayRegister()) return;
        noteRegistered(properties, how);
        return [properties, value, how];
      },
    ),
    // Last, so that the site's hooks meet what they are made for, and nothing comes after the bridge's no.
    ...around("before_send_events", mayLeave, true),
    ...around("before_send_people", mayLeave, true),
    ...around("before_send_groups", mayLeave, true),
  };

  const stop = (isHeard: boolean) => {
    isRunning = false;
    if (!sdk) return;
    current.add(sdk.get_property("$device_id"));
    for (const id of current) ended.add(id);
    current = new Set();
    const user = sdk.get_property("$user_id");
    // What passes the hooks by (`alias`, a recording) asks the SDK's flag alone, which is not to be had where
    // localStorage is blocked or full. Do Not Track it asks as well, and that needs no storage.
    sdk.set_config(CLOSED);
    if (
      given.deleteUser &&
      !isHeard &&
      user &&
      consent.get(given.purpose) === "denied"
    ) {
      // Not batched: what is batched when the batches are cleared is never sent. The SDK wants to be told who it is first.
      sdk.stop_batch_senders?.();
      isDeleting = true;
      // As it is: under another type it would be somebody new to the SDK.
      sdk.identify(user as string);
      sdk.people.delete_user();
      isDeleting = false;
    }
    // Without its flags, `reset()` would ask the server for new ones. Without persistence, a later `set_config` writes nothing.
    sdk.set_config({ flags: false, disable_persistence: true });
    sdk.opt_out_tracking({ delete_user: false });
    isResetting = true;
    sdk.reset();
    isResetting = false;
    for (const key of inMemory) sdk.unregister(key, { persistent: false });
    inMemory.clear();
    // Writes that were on their way when the answer came.
    clearInterval(late);
    late = setInterval(removeQueues, OFTEN);
    setTimeout(clearInterval, LATE, late);
  };

  const start = (isHeard: boolean) => {
    isRunning = true;
    const { flags = false, disable_persistence = false } = config;
    if (sdk) {
      // The page where it was granted has written the identity that all are to share.
      const shared = isHeard && storedIdentity();
      if (shared) {
        isResetting = true;
        sdk.register(shared);
        isResetting = false;
      }
      const ignore_dnt = !!config.ignore_dnt;
      sdk.set_config({ flags, disable_persistence, ignore_dnt, window: null });
      sdk.opt_in_tracking({ track: null });
      // The SDK asks for flags at its start alone, and where it fails it throws.
      Promise.resolve(sdk.flags?.load_flags?.()).catch(() => {});
    } else {
      // An old refusal would keep parts of the SDK off until the next page, and a damaged entry make it throw.
      removeEntries("localStorage", [flag]);
      removeCookie(flag);
      const stored = storedIdentity();
      if (!stored) removeCookie(identityName);
      // What waits under another identity is of before a no that was said where this storage does not reach.
      if (!disable_persistence)
        keepInQueues((device) => !device || device === stored?.$device_id);
      const made = mixpanel.init(
        token,
        { ...config, hooks, autocapture: false, track_pageview: false },
        ...(name === MAIN ? [] : [name]),
      );
      sdk = (made as Sdk | undefined) ?? mixpanel;
      sdk.opt_in_tracking({ track: null, enable_persistence: false });
    }
    current.add(sdk.get_property("$device_id"));
  };

  let hasCaptured = false;
  /** What the SDK tracks of its own accord comes after the word of the grant. */
  const capture = () => {
    const { autocapture = false, track_pageview = false } = config;
    if (!hasCaptured && (autocapture || track_pageview))
      sdk?.set_config({ autocapture, track_pageview });
    hasCaptured = true;
  };

  const permission = permit({
    consent,
    purpose: given.purpose,
    anonymous: "off",
    beforeChoice: beforeChoice === "hold" ? "hold" : "off",
    whenDenied: "off",
    isBlocked: () => !config.ignore_dnt && asksNotToBeTracked(),
    become({ now, isOptIn, isHeard, isSoon }) {
      if (now !== "full") {
        if (isRunning) stop(isHeard);
        if (!isSoon) removeLeftovers();
        return;
      }
      if (!isRunning) start(isHeard);
      else if (!current.has(sdk?.get_property("$device_id"))) {
        // Another identity is stored than this page knows: it slept through a no and a new yes.
        for (const id of current) ended.add(id);
        current = new Set([sdk?.get_property("$device_id")]);
        filterQueues();
      }
      // By the queue, and not at once as the SDK would: there it is tried again until it has arrived.
      if (isOptIn && given.optInEvent)
        sdk?.track(given.optInEvent, given.optInProperties);
      capture();
    },
  });
  permission.begin();
  addEventListener("pagehide", () => ended.size && removeQueues());

  return { run: (task) => permission.run(task, () => sdk ?? mixpanel) };
}
