import { oneOf, refuse, text } from "../../consent/refuse.js";
import type { ConsentStore } from "../../consent/store.js";
import type { AnonymousLevel, WhenDenied } from "../../tracker/level.js";
import { PAGE_VIEWS, type TrackPageView } from "./pageviews.js";
import { known } from "../shared/names.js";

/** Properties of an event or a profile: anything that JSON can hold. */
export type Dict = Record<string, unknown>;

/** Where Mixpanel's flag and identity may wait. */
export type Persistence = "cookie" | "localStorage";

/** How a cookie is written, in Mixpanel's words. */
export interface CookieOptions {
  /** In days; 0 for as long as the browser runs. Default: 365. */
  cookie_expiration?: number | undefined;
  /** An explicit domain. Default: none. */
  cookie_domain?: string | undefined;
  /** Whether other sites' pages may send it: `SameSite=None; Secure`. Default: `false`. */
  cross_site_cookie?: boolean | undefined;
  /** Whether subdomains share it. Default: `true`. */
  cross_subdomain_cookie?: boolean | undefined;
  /** Whether it is for https alone. Default: `false`. */
  secure_cookie?: boolean | undefined;
}

/** Which flag a call is about. */
export interface HasOptedInOutOptions {
  /** Default: `opt_out_tracking_persistence_type`. */
  persistence_type?: Persistence | undefined;
  /** Default: `opt_out_tracking_cookie_prefix`. */
  cookie_prefix?: string | null | undefined;
}

/** What `clear_opt_in_out_tracking` takes. */
export interface ClearOptOptions extends HasOptedInOutOptions, CookieOptions {
  /** Whether super properties and ids are kept in storage from now on. Default: `true`. */
  enable_persistence?: boolean | undefined;
}

/** What tells Mixpanel of a grant, in place of `track`. */
export type OptInTrack = (
  name: string,
  properties: Dict,
  options: { send_immediately: boolean },
) => void;

/** What `opt_in_tracking` takes. */
export interface OptInOptions extends ClearOptOptions {
  /** What tells of the grant; `null` tells nobody. Default: the instance's own `track`. */
  track?: OptInTrack | null | undefined;
  /** Default: `"$opt_in"`. */
  track_event_name?: string | undefined;
  track_properties?: Dict | undefined;
}

/** What `opt_out_tracking` takes. */
export interface OptOutOptions extends HasOptedInOutOptions, CookieOptions {
  /** `false` lets user id and super properties come back, from memory, with an opt-in on the same page. Default: `true`. */
  clear_persistence?: boolean | undefined;
  /** Whether Mixpanel is asked to delete the profile. Default: `false`, unlike the SDK. */
  delete_user?: boolean | undefined;
}

/** What `track` takes besides an event. */
export interface RequestOptions {
  transport?: "xhr" | "sendBeacon" | undefined;
  send_immediately?: boolean | undefined;
}

/** Told of a response: 1 for a call that was taken, 0 for one that was blocked. */
export type Callback = (response: number) => void;

type Hook<A extends unknown[], R> =
  ((...args: A) => R) | readonly ((...args: A) => R)[];

/** A hook that answers `null` or nothing drops the call. */
export interface Hooks {
  before_track?: Hook<
    [name: string, properties: Dict],
    string | readonly (string | Dict)[] | null | undefined
  >;
  before_identify?: Hook<[id: string], string | null | undefined>;
  before_register?: Hook<
    [properties: Dict, options?: unknown],
    Dict | readonly unknown[] | null | undefined
  >;
  before_register_once?: Hook<
    [properties: Dict, standard?: unknown, options?: unknown],
    Dict | readonly unknown[] | null | undefined
  >;
  before_unregister?: Hook<
    [name: string, options?: unknown],
    string | readonly unknown[] | null | undefined
  >;
  before_send_events?: Hook<[item: Dict], Dict | null | undefined>;
  before_send_people?: Hook<[item: Dict], Dict | null | undefined>;
  before_send_groups?: Hook<[item: Dict], Dict | null | undefined>;
}

/** What a host may be for. Of these only the first three are asked for anything. */
const API_KINDS = ["events", "people", "groups", "flags", "settings"] as const;
type ApiKind = (typeof API_KINDS)[number];

/** Options of mixpanel-browser that are taken and do nothing here, with the reason. */
export const IGNORED = {
  api_method: "requests are POST: a query ends up in logs",
  api_transport: "on leaving the browser takes the request over by itself",
  app_host: "nothing of the application is shown",
  autocapture: "clicks and input are not watched",
  autotrack: "clicks and input are not watched",
  batch_autostart: "what may leave is sent; nothing waits for a start",
  cdn: "nothing is loaded from other hosts",
  debug: "errors go to error_reporter, and nothing else is printed",
  disable_notifications: "nothing of Mixpanel's is shown",
  flags: "feature flags are not asked for",
  img: "requests are POST",
  inapp_link_new_window: "nothing of Mixpanel's is shown",
  inapp_protocol: "nothing of Mixpanel's is shown",
  lib_base_path: "nothing is loaded from other hosts",
  mp_loader: "the loader is not named in events",
  opt_out_persistence_by_default:
    "before a choice, and after a no, nothing is kept anyway",
  record_allowed_iframe_origins: "sessions are not recorded",
  record_block_class: "sessions are not recorded",
  record_block_selector: "sessions are not recorded",
  record_canvas: "sessions are not recorded",
  record_collect_fonts: "sessions are not recorded",
  record_console: "sessions are not recorded",
  record_heatmap_data: "sessions are not recorded",
  record_idle_timeout_ms: "sessions are not recorded",
  record_inline_images: "sessions are not recorded",
  record_mask_all_inputs: "sessions are not recorded",
  record_mask_all_text: "sessions are not recorded",
  record_mask_input_selector: "sessions are not recorded",
  record_mask_inputs: "sessions are not recorded",
  record_mask_text_class: "sessions are not recorded",
  record_mask_text_selector: "sessions are not recorded",
  record_max_ms: "sessions are not recorded",
  record_min_ms: "sessions are not recorded",
  record_network: "sessions are not recorded",
  record_network_options: "sessions are not recorded",
  record_sessions_percent: "sessions are not recorded",
  record_unmask_input_selector: "sessions are not recorded",
  record_unmask_text_selector: "sessions are not recorded",
  recorder_src: "sessions are not recorded",
  recording_event_triggers: "sessions are not recorded",
  remote_settings_mode: "settings are not fetched",
  skip_first_touch_marketing: "campaigns are not read out of the address",
  stop_utm_persistence: "campaigns are not read out of the address",
  store_google: "campaigns are not read out of the address",
  targeting_src: "nothing is loaded from other hosts",
  test: "requests are the same in tests",
  track_links_timeout: "links and forms are not watched",
  track_marketing: "campaigns are not read out of the address",
  upgrade: "cookies of other libraries are not taken over",
  verbose: "answers are always asked for in full",
} as const;

/** What `mixpanel.init` takes. */
export interface MixpanelConfig
  extends CookieOptions, Partial<Record<keyof typeof IGNORED, unknown>> {
  /** Default: `"https://api-js.mixpanel.com"`. */
  api_host?: string | undefined;
  /** Other hosts for one kind of request. Default: `api_host`. */
  api_hosts?: Partial<Record<ApiKind, string>> | undefined;
  /** Paths on that host. Default: `track/`, `engage/` and `groups/`. */
  api_routes?:
    | Partial<
        Record<"track" | "engage" | "groups" | "record" | "flags", string>
      >
    | undefined;
  /** Default: `"json"` on Mixpanel's own hosts, `"base64"` elsewhere. */
  api_payload_format?: "base64" | "json" | undefined;
  /** More of the query of every request. Default: none. */
  api_extra_query_params?: Record<string, string> | undefined;
  /** More headers of every request. Default: none. */
  xhr_headers?: Record<string, string> | undefined;
  /** Whether calls wait for each other. Default: `true`. */
  batch_requests?: boolean | undefined;
  /** The most calls in one request; more than 50 counts as 50. Default: 50. */
  batch_size?: number | undefined;
  /** In milliseconds. Default: 5000. */
  batch_flush_interval_ms?: number | undefined;
  /** In milliseconds. Default: 90000. */
  batch_request_timeout_ms?: number | undefined;
  /** Whether Mixpanel may derive a place from the network address. Default: `true`. */
  ip?: boolean | undefined;
  /** Names of properties that are never sent or stored. Default: none. */
  property_blacklist?: readonly string[] | undefined;
  /** Whether it is kept and sent where the visitor came from first. Default: `true`. */
  save_referrer?: boolean | undefined;
  hooks?: Hooks | undefined;
  track_pageview?: TrackPageView | undefined;
  /** Called with the instance when it is ready. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the instance's type is made of this one
  loaded?: ((mixpanel: any) => void) | undefined;
  /** Hears what went wrong outside the caller's hands. Default: the console; with a store, its `consent-error`. */
  error_reporter?: ((message: string, error?: Error) => void) | undefined;
  /** Where ids and super properties are kept once there is a yes. Default: `"cookie"`. */
  persistence?: Persistence | undefined;
  /** Default: the token's own name. */
  persistence_name?: string | undefined;
  /** An older word for `persistence_name`. */
  cookie_name?: string | undefined;
  /** Keep nothing but the decision. Default: `false`. */
  disable_persistence?: boolean | undefined;
  /** An older word for `disable_persistence`. */
  disable_cookie?: boolean | undefined;
  /** Whether nothing is tracked until there is a yes. Default: `false`, with a store: its mode. */
  opt_out_tracking_by_default?: boolean | undefined;
  /** The same, in the mobile SDKs' words. */
  optOutTrackingByDefault?: boolean | undefined;
  /** The same, in React Native's words. */
  optOutTrackingDefault?: boolean | undefined;
  /** Default: `"localStorage"`. */
  opt_out_tracking_persistence_type?: Persistence | undefined;
  /** Default: `"__mp_opt_in_out_"`. */
  opt_out_tracking_cookie_prefix?: string | null | undefined;
  /** Whether Do Not Track is ignored. Default: `false`. */
  ignore_dnt?: boolean | undefined;

  // This library's own.

  /** Whether Global Privacy Control is ignored. Default: `false`. */
  ignore_gpc?: boolean | undefined;
  /** The site's store: its record is the decision. Default: none, Mixpanel's flag is. */
  consent?: ConsentStore | undefined;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string | undefined;
  /** Whether calls before a choice wait in memory for it. Default: `true` with a store, else `false`. */
  hold?: boolean | undefined;
  /** What happens after a refusal. Default: `"off"`. */
  when_denied?: WhenDenied | undefined;
  /** What the store's choice `anonymous` means. Default: `"anonymous"`. */
  anonymous_level?: AnonymousLevel | undefined;
  /** Whether every id given to `identify` is hashed (SHA-256) before it is stored or sent. Default: `false`. */
  hash_ids?: boolean | undefined;
  /** What is put in front of an id before it is hashed. Default: nothing. */
  hash_salt?: string | undefined;
  /** What sends requests. Default: the browser's `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: (() => number) | undefined;
}

/** A config with what is not given filled in. Options of other libraries' words are told by those of one. */
export type Settled = {
  [K in keyof MixpanelConfig]-?: NonNullable<MixpanelConfig[K]>;
};

const nothing = () => {};

/** Every option that means something, with its default; `undefined` where the default is found elsewhere. */
const DEFAULTS: Record<
  Exclude<keyof MixpanelConfig, keyof typeof IGNORED>,
  unknown
> = {
  api_host: "https://api-js.mixpanel.com",
  api_hosts: {},
  api_routes: {},
  api_payload_format: undefined,
  api_extra_query_params: {},
  xhr_headers: {},
  batch_requests: true,
  batch_size: 50,
  batch_flush_interval_ms: 5000,
  batch_request_timeout_ms: 90_000,
  ip: true,
  property_blacklist: [],
  save_referrer: true,
  hooks: {},
  track_pageview: false,
  loaded: nothing,
  error_reporter: undefined,
  persistence: "cookie",
  persistence_name: "",
  cookie_name: "",
  disable_persistence: false,
  disable_cookie: false,
  opt_out_tracking_by_default: false,
  optOutTrackingByDefault: false,
  optOutTrackingDefault: false,
  opt_out_tracking_persistence_type: "localStorage",
  opt_out_tracking_cookie_prefix: "__mp_opt_in_out_",
  ignore_dnt: false,
  ignore_gpc: false,
  cookie_expiration: 365,
  cookie_domain: "",
  cross_site_cookie: false,
  cross_subdomain_cookie: true,
  secure_cookie: false,
  consent: undefined,
  purpose: "analytics",
  hold: undefined,
  when_denied: "off",
  anonymous_level: "anonymous",
  hash_ids: false,
  hash_salt: "",
  fetch: undefined,
  clock: undefined,
};

/** What can still be changed when the instance runs. */
const LATE: readonly string[] = [
  "api_extra_query_params",
  "api_host",
  "api_hosts",
  "api_payload_format",
  "api_routes",
  "hooks",
  "ignore_dnt",
  "ignore_gpc",
  "ip",
  "property_blacklist",
  "xhr_headers",
  ...Object.keys(IGNORED),
];

const HOOKS: readonly (keyof Hooks)[] = [
  "before_track",
  "before_identify",
  "before_register",
  "before_register_once",
  "before_unregister",
  "before_send_events",
  "before_send_people",
  "before_send_groups",
];

const NUMBERS = [
  "batch_size",
  "batch_flush_interval_ms",
  "batch_request_timeout_ms",
  "cookie_expiration",
] as const;

/** Throws where options have a value of another kind than their default, or a text that is none of the known ones. */
function checkValues(given: object, defaults: object): void {
  for (const [name, standard] of Object.entries(defaults)) {
    const value = (given as Dict)[name];
    if (value == null || standard === undefined) continue;
    if (name === "track_pageview" && typeof value === "string") {
      oneOf(name, value, PAGE_VIEWS);
      continue;
    }
    if (
      typeof value !== typeof standard ||
      Array.isArray(value) !== Array.isArray(standard)
    )
      refuse(
        name,
        [typeof value === "function" ? "a function" : value],
        `something like ${JSON.stringify(standard) ?? "a function"}`,
      );
  }
  for (const name of NUMBERS) {
    const value = (given as Dict)[name] as number | undefined;
    if (value != null && !(value >= 0 && Number.isFinite(value)))
      refuse(name, value, "a number, 0 or more");
  }
}

/** A name must be spelt in a cookie, and be no beginning of another's: behind a `/` stands what belongs to it. */
function checkName(what: string, given: unknown): void {
  if (given != null && /[/\p{Cs}]/u.test(given as string))
    refuse(what, given, "a name without /, of whole characters");
}

/** What would end a cookie's domain and begin another attribute is no domain. */
function checkDomain({ cookie_domain }: CookieOptions): void {
  if (/[;,\s]/.test(cookie_domain ?? ""))
    refuse("cookie_domain", cookie_domain, "a domain");
}

/** A hook that is never called would let through what it is there to stop. */
function checkHooks(hooks: object): void {
  known("hooks", hooks, HOOKS);
  for (const [name, given] of Object.entries(hooks))
    if (
      given != null &&
      [given].flat().some((hook) => typeof hook !== "function")
    )
      refuse(name, [given], "a function, or a list of functions");
}

/** What the flag's cookie or entry is called must be what the browser is told, letter by letter. */
function checkPrefix(given: unknown): void {
  if (given != null && !/^[\w.~!*'()-]*$/.test(given as string))
    refuse("the prefix", given, "letters, digits, ., - or _");
}

/**
 * Fills in a config. Throws a `TypeError` for an option that neither Mixpanel nor this library has, and names the nearest
 * one; a `TypeError` or a `RangeError` for a value of another kind than the option's.
 */
export function settle(
  config: MixpanelConfig,
  before: object = DEFAULTS,
): Settled {
  const names = [...Object.keys(DEFAULTS), ...Object.keys(IGNORED)];
  known("the config", config, names);
  checkValues(config, DEFAULTS);
  checkPrefix(config.opt_out_tracking_cookie_prefix);
  checkName("persistence_name", config.persistence_name);
  checkName("cookie_name", config.cookie_name);
  checkDomain(config);
  known("api_hosts", config.api_hosts ?? {}, API_KINDS);
  checkHooks(config.hooks ?? {});
  const result: Dict = { ...before };
  for (const [name, value] of Object.entries(config))
    if (value != null) result[name] = value;
  text("purpose", result.purpose);
  const size = result.batch_size as number;
  if (!Number.isInteger(size) || size < 1)
    refuse("batch_size", size, "a whole number, 1 or more");
  return result as Settled;
}

/** Changes a config while the instance runs. Throws a `TypeError` for what has to be known at the start. */
export function change(settled: Settled, config: MixpanelConfig): Settled {
  const next = settle(config, settled);
  for (const name of Object.keys(config))
    if (!LATE.includes(name))
      refuse(
        "an option of set_config",
        [name],
        `it in mixpanel.init(); later only ${LATE.filter((other) => other in DEFAULTS)}`,
      );
  return next;
}

const WHICH = { persistence_type: "localStorage", cookie_prefix: "" };
const COOKIES = {
  cookie_expiration: 365,
  cookie_domain: "",
  cross_site_cookie: false,
  cross_subdomain_cookie: true,
  secure_cookie: false,
};

const OF_CALLS = {
  has: WHICH,
  clear: { ...WHICH, ...COOKIES, enable_persistence: true },
  in: {
    ...WHICH,
    ...COOKIES,
    enable_persistence: true,
    track: undefined,
    track_event_name: "$opt_in",
    track_properties: {},
  },
  out: { ...WHICH, ...COOKIES, clear_persistence: true, delete_user: false },
};

/** Throws for an option that a call about the decision does not have, and names the nearest one. */
export function checkCallOptions(
  call: "has" | "clear" | "in" | "out",
  options: object | undefined,
): void {
  if (!options) return;
  const defaults = OF_CALLS[call];
  known("the options", options, Object.keys(defaults));
  checkValues(options, defaults);
  checkPrefix((options as HasOptedInOutOptions).cookie_prefix);
  checkDomain(options);
}
