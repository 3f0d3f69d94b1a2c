/**
 * Lets a consent store drive the real `@snowplow/browser-tracker`. The site hands its functions in; nothing of it is
 * imported here.
 * @module
 */
import {
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import {
  asksNotToBeTracked,
  cookieValue,
  removeSnowplowIds,
  removeSnowplowQueue,
} from "../storage/leftovers.js";
import { eventStore, type EventStore, type Payload } from "./event-store.js";
import { permit } from "./permit.js";

/** The few functions of `@snowplow/browser-tracker` that the bridge calls: what `import * as snowplow from …` gives. */
export interface SnowplowSdk {
  newTracker(namespace: string, endpoint: string, config: object): unknown;
  enableAnonymousTracking(options: object, trackers: string[]): void;
  disableAnonymousTracking(options: object, trackers: string[]): void;
  clearUserData(
    options: { preserveSession: boolean; preserveUser: boolean },
    trackers: string[],
  ): void;
  flushBuffer(options: object, trackers: string[]): void;
  crossDomainLinker(
    criterion: (link: HTMLAnchorElement | HTMLAreaElement) => boolean,
    trackers: string[],
  ): void;
}

/** What {@link bridgeSnowplow} takes besides the SDK. */
export interface SnowplowBridgeOptions {
  /** The store whose decisions the SDK obeys. */
  consent: ConsentStore;
  /** The tracker's name, as `newTracker` takes it. */
  namespace: string;
  /** Where the collector is. */
  endpoint: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /**
   * What `newTracker` takes besides. `anonymousTracking` and `eventStore` are the bridge's. Name a `cookieDomain` if the
   * SDK may start below a grant: it looks for one only at its start, by writing test cookies, and is kept from that.
   */
  config?: object;
  /** What happens to calls of `run` before there is a choice. Default: `"hold"`, in memory only. */
  beforeChoice?: "hold" | "drop" | "anonymous";
  /** What the SDK may do after a refusal. Default: `"off"`. */
  whenDenied?: "off" | "anonymous";
}

/** The SDK, as far as the visitor allows it. */
export interface SnowplowBridge<Sdk> {
  /**
   * Calls back with the SDK: at once where it runs, after a choice where there is none yet, never where it is off.
   * Events of a call that waited keep their own time and address.
   */
  run(task: (snowplow: Sdk) => void): void;
  /** Decorates the links for which `criterion` answers yes, as the SDK's own function does, and only under a grant. */
  crossDomainLinker(criterion: LinkCriterion): void;
}

type Link = HTMLAnchorElement | HTMLAreaElement;
type LinkCriterion = (link: Link) => boolean;

const DEFAULTS = {
  consent: undefined as unknown as ConsentStore,
  namespace: "",
  endpoint: "",
  purpose: "analytics",
  config: {},
  beforeChoice: "hold",
  whenDenied: "off",
} satisfies SnowplowBridgeOptions as Required<SnowplowBridgeOptions>;

/** As much of the SDK's configuration as the bridge must know. */
interface Config {
  anonymousTracking?: unknown;
  eventStore?: unknown;
  customFetch?: typeof fetch;
  cookieExtensionService?: string;
  idService?: string;
  cookieName?: string;
  crossDomainLinker?: LinkCriterion;
  plugins?: readonly unknown[];
  respectDoNotTrack?: boolean;
  stateStorageStrategy?: string;
}

/** The SDK's words for the level without a name, and for what to clear. */
const ANONYMITY = {
  options: { withServerAnonymisation: true },
  stateStorageStrategy: "none",
};
const EVERYTHING = { preserveSession: false, preserveUser: false };

/** What the collector is told of a request that bears no identity. The SDK marks such requests with it. */
const ANONYMOUS = "SP-Anonymous";

/** An event in the making, as the SDK's plugins get it. What is `undefined` is not added. */
interface EventBuilder {
  getPayload(): Payload;
  add(key: string, value: unknown): void;
}

/** The tracker's own object, of which the bridge asks for the name of a cookie. */
interface Tracker {
  getCookieName?(base: string): string;
}

/**
 * Starts the tracker when the visitor's choice allows it, moves it between full and anonymous, and stops and clears it
 * after a no, in every tab. At `anonymous` it runs with server anonymisation, without storage and without cookies.
 *
 * ```ts
 * import * as snowplow from "@snowplow/browser-tracker";
 * const bridge = bridgeSnowplow(snowplow, { consent, namespace: "sp", endpoint: "https://c.shop.example" });
 * bridge.run(({ trackPageView }) => trackPageView());
 * ```
 *
 * Throws a `TypeError` for an unknown or missing option and a `RangeError` for a value outside the allowed ones.
 */
export function bridgeSnowplow<Sdk extends SnowplowSdk>(
  snowplow: Sdk,
  options: Loose<SnowplowBridgeOptions> &
    Pick<SnowplowBridgeOptions, "consent" | "namespace" | "endpoint">,
): SnowplowBridge<Sdk> {
  const given = withDefaults(DEFAULTS, options);
  const { consent } = given;
  const namespace = text("namespace", given.namespace);
  const endpoint = text("endpoint", given.endpoint);
  if (!snowplow?.newTracker)
    refuse(
      "the SDK",
      null,
      `import * as snowplow from "@snowplow/browser-tracker"`,
    );
  const beforeChoice = oneOf("beforeChoice", given.beforeChoice, [
    "hold",
    "drop",
    "anonymous",
  ]);
  const config = given.config as Config;
  for (const key of ["anonymousTracking", "eventStore"] as const)
    if (config[key] !== undefined)
      refuse(`config.${key}`, [key], "nothing: the store decides");
  const { crossDomainLinker, ...rest } = config;
  const service = config.cookieExtensionService || config.idService;
  const strategy = config.stateStorageStrategy ?? "cookieAndLocalStorage";
  const only = [namespace];

  let tracker: Tracker | undefined;
  let level: "off" | "anonymous" | "full" = "off";
  /** The device id under which this page has been tracking. */
  let device: string | undefined;
  /** Requests under way at the level `full`. */
  const underWay = new Set<AbortController>();
  const criteria: LinkCriterion[] = crossDomainLinker
    ? [crossDomainLinker]
    : [];
  const links = new Set<Link>();

  const isFull = () => permission.now() === "full";

  /** At which level an event that the SDK has made may be kept: the one it was tracked at. */
  const admit = () => {
    const now = permission.now();
    return now === "full" || now === "anonymous" ? now : undefined;
  };

  /** Where and when an event is told to have been, as far as its level allows. */
  const placeOf = ({ url, refr, dtm }: Payload): Payload => {
    const { moment } = permission;
    // Not over an address that the site has set itself.
    const page = moment && url === location.href ? moment.url : url;
    // A query may name the visitor (`?email=…`, `?_sp=…`).
    const bare = (address: unknown) =>
      address && !isFull() ? `${address}`.replace(/[?#].*/s, "") : address;
    return {
      url: bare(page),
      refr: bare(refr),
      dtm: moment ? `${moment.time}` : dtm,
    };
  };

  /** Before the SDK measures an event: one that is too long for its store goes past that. */
  const placing = {
    beforeTrack(event: EventBuilder) {
      for (const [key, value] of Object.entries(placeOf(event.getPayload())))
        event.add(key, value);
    },
  };

  const store: EventStore = eventStore({
    name: `consent-snowplow.${namespace}`,
    admit,
    isKept: strategy === "cookieAndLocalStorage" || strategy === "localStorage",
    isFull,
    report: (error) => consent.report(error),
  });

  /** Asked for each request, when it is about to leave. */
  const customFetch = async (request: Request): Promise<Response> => {
    const now = permission.now();
    const isAnonymous = request.headers.has(ANONYMOUS);
    // It sets a cookie, and goes out without the mark.
    if (
      service &&
      request.url === new URL(service, location.href).href &&
      now !== "full"
    )
      return new Response();
    if (now !== "full" && !(isAnonymous && now === "anonymous"))
      throw new Error("consent-elements: not allowed to send this");
    const send = config.customFetch ?? globalThis.fetch;
    if (isAnonymous) return send(new Request(request, { credentials: "omit" }));
    const cut = new AbortController();
    request.signal.addEventListener("abort", () => cut.abort());
    underWay.add(cut);
    try {
      return await send(new Request(request, { signal: cut.signal }));
    } finally {
      underWay.delete(cut);
    }
  };

  const storedDevice = (): string | undefined => {
    const cookie = tracker?.getCookieName?.("id");
    if (!cookie) return;
    try {
      const value =
        strategy === "localStorage"
          ? localStorage.getItem(cookie)
          : decodeURIComponent(cookieValue(cookie) ?? "");
      return value?.split(".")[0] || undefined;
    } catch {
      // Not readable: nothing to compare with.
    }
  };

  /** Takes the identity off links. The SDK's listeners stay on them and cannot be taken off. */
  const undecorate = (link: Link) => {
    if (level === "full" && isFull()) return;
    const url = URL.canParse(link.href) ? new URL(link.href) : undefined;
    if (!url?.searchParams.has("_sp")) return;
    url.searchParams.delete("_sp");
    link.href = url.href;
  };

  const decorate = (criterion: LinkCriterion) =>
    snowplow.crossDomainLinker((link) => {
      const isWanted = criterion(link);
      if (isWanted && !links.has(link)) {
        links.add(link);
        // In a microtask: after the SDK has put its own listeners there, so that these come after them.
        queueMicrotask(() => {
          for (const type of ["mousedown", "click"])
            link.addEventListener(type, () => undecorate(link), true);
        });
      }
      return isWanted;
    }, only);

  /** Removes what the SDK keeps, also of earlier versions of it. */
  const removeLeftovers = () => {
    removeSnowplowQueue(namespace);
    if (level !== "full") removeSnowplowIds(config.cookieName ?? "_sp_");
  };

  /** Ends what a grant allowed: events that wait, requests under way, and every identifier. */
  const clear = () => {
    store.clear();
    for (const cut of underWay) cut.abort();
    underWay.clear();
    device = undefined;
    if (!tracker) return;
    // Anonymous first: clearing makes a new device id where the SDK still thinks that it may.
    snowplow.enableAnonymousTracking(ANONYMITY, only);
    snowplow.clearUserData(EVERYTHING, only);
    for (const link of links) undecorate(link);
  };

  const begin = (now: "anonymous" | "full") => {
    tracker = snowplow.newTracker(namespace, endpoint, {
      ...rest,
      eventStore: store,
      customFetch,
      // Last: what the site's own have put in is looked at, too.
      plugins: [...(config.plugins ?? []), placing],
      ...(now === "anonymous" && {
        anonymousTracking: ANONYMITY.options,
        stateStorageStrategy: "none",
        discoverRootDomain: false,
      }),
    }) as Tracker | undefined;
    if (!tracker) refuse("the namespace", namespace, "one of the bridge's own");
  };

  const raise = () => {
    if (tracker) {
      // A fresh session and a fresh page view: nothing that was told without a name is joined to one. Whom the site has
      // named meanwhile (`setUserId`) is known from now on.
      snowplow.clearUserData({ ...EVERYTHING, preserveUser: true }, only);
      snowplow.enableAnonymousTracking(ANONYMITY, only);
      snowplow.disableAnonymousTracking(
        { stateStorageStrategy: strategy },
        only,
      );
    } else begin("full");
    store.takeBack(storedDevice());
    for (const criterion of criteria) decorate(criterion);
  };

  const permission = permit({
    consent,
    purpose: given.purpose,
    anonymous: "anonymous",
    beforeChoice: beforeChoice === "drop" ? "off" : beforeChoice,
    whenDenied: oneOf("whenDenied", given.whenDenied, ["off", "anonymous"]),
    isBlocked: () => !!config.respectDoNotTrack && asksNotToBeTracked(),
    become({ now, isSoon }) {
      const before = level;
      level = now === "hold" ? "off" : now;
      if (level === "full") {
        if (before !== "full") raise();
        // Another identity is stored than this page knows: it slept through a no and a new yes.
        else if (device && storedDevice() !== device) store.clear();
        device = storedDevice();
        removeLeftovers();
        return;
      }
      if (before === "full") clear();
      else if (before !== level) store.clear();
      if (level === "anonymous" && !tracker) begin("anonymous");
      if (isSoon) return;
      store.removeKept();
      removeLeftovers();
    },
  });
  permission.begin();

  const flush = () => {
    if (tracker && permission.now() === level && level !== "off")
      snowplow.flushBuffer({}, only);
  };
  addEventListener("online", flush);
  addEventListener("pagehide", () => store.handOver());
  addEventListener(
    "pageshow",
    () => isFull() && store.takeBack(storedDevice()),
  );
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) store.handOver();
    else if (isFull()) store.takeBack(storedDevice());
  });

  return {
    run: (task) => permission.run(task, () => snowplow),
    crossDomainLinker(criterion) {
      criteria.push(criterion);
      if (level === "full") decorate(criterion);
    },
  };
}
