// What the types of `consent-elements/mixpanel` promise. The compiler is the test: a line marked as an error must be one.
import type { Config } from "mixpanel-browser";
import mixpanel, {
  type MixpanelConfig,
  type OptInOptions,
  type OptOutOptions,
  type ClearOptOptions,
} from "../../src/dialects/mixpanel.js";
import { createConsent } from "../../src/index.js";

const TOKEN = "TOKEN";

// What the issue of the SDK's users names runs unchanged.
mixpanel.init(TOKEN, { opt_out_tracking_by_default: true });
mixpanel.init(TOKEN, { ip: false });
mixpanel.init(TOKEN, { property_blacklist: ["$referrer", "custom_property"] });
mixpanel.opt_out_tracking();
mixpanel.opt_in_tracking();

// Check 30: every option that the SDK's own types have, and those that they have left out.
const theirs: Exclude<keyof Config, keyof MixpanelConfig> extends never
  ? true
  : false = true;
const optIn: Required<OptInOptions> = {
  track: (name, properties, { send_immediately }) =>
    mixpanel.track(name, properties, { send_immediately }),
  track_event_name: "$opt_in",
  track_properties: { via: "banner" },
  enable_persistence: true,
  persistence_type: "cookie",
  cookie_prefix: "x_",
  cookie_expiration: 30,
  cookie_domain: "shop.example",
  cross_site_cookie: false,
  cross_subdomain_cookie: true,
  secure_cookie: true,
};
const { track, track_event_name, track_properties, ...clear } = optIn;
const clearing: Required<ClearOptOptions> = clear;
const { enable_persistence, ...place } = clearing;
const optOut: Required<OptOutOptions> = {
  ...place,
  clear_persistence: true,
  delete_user: true,
};
void [theirs, track, track_event_name, track_properties, enable_persistence];
mixpanel.opt_in_tracking(optIn);
mixpanel.opt_in_tracking({ track: null });
mixpanel.opt_in_tracking({ track: mixpanel.track });
mixpanel.clear_opt_in_out_tracking(clearing);
mixpanel.has_opted_in_tracking({ cookie_prefix: null });
mixpanel.init(TOKEN, null);
mixpanel.init(TOKEN, { api_hosts: { people: "https://people.test" } });
// @ts-expect-error -- a kind of request that there is not
mixpanel.init(TOKEN, { api_hosts: { profiles: "https://people.test" } });
mixpanel.identify("user-42", null);
mixpanel.people.track_charge("19.99");
const project: string = mixpanel.get_config("token");
void project;
const deleted: Promise<boolean> = mixpanel.opt_out_tracking(optOut);
void deleted;

const second = mixpanel.init(
  TOKEN,
  {
    consent: createConsent(),
    purpose: "analytics",
    hold: true,
    hash_ids: true,
    ignore_gpc: false,
    track_pageview: "url-with-path",
    record_sessions_percent: 0,
    hooks: { before_track: (name) => name },
  },
  "second",
);
second.people.set("plan", "pro", (response) => response === 1);
second.get_group("company", "c1").set({ size: 3 }).union("tags", ["a"]);
const ip: boolean | undefined = mixpanel.get_config("ip");
void ip;
mixpanel.identify("user-42", { hash: true });

// @ts-expect-error - a misspelt option is not ignored
mixpanel.init(TOKEN, { opt_out_by_default: true });
// @ts-expect-error - the SDK's own comment has this wrong
mixpanel.opt_in_tracking({ track_event_properties: {} });
// @ts-expect-error - an event has a name
mixpanel.track({ plan: "pro" });
// @ts-expect-error - a list of names
mixpanel.init(TOKEN, { property_blacklist: "$referrer" });
// @ts-expect-error - no such kind
mixpanel.init(TOKEN, { persistence: "indexedDB" });
