import mixpanel from "mixpanel-browser";
import { bridgeMixpanel } from "../../../src/bridges/mixpanel-browser.js";
import dialect from "../../../src/dialects/mixpanel.js";
import { mixpanel as destination } from "../../../src/tracker/destinations/mixpanel.js";
import { createTracker } from "../../../src/tracker/tracker.js";
import { config, endpoint, makeConsent, options, show } from "./lab.js";

const mixpanelConfig = { api_host: endpoint, ...config };
const people = (name: string) => mixpanel.people.set({ name });

/** A site that uses mixpanel-browser as its documentation says: out by default, in when asked. */
const mixpanelAlone = () => {
  mixpanel.init("TOKEN", {
    opt_out_tracking_by_default: true,
    ...mixpanelConfig,
  });
  return {
    sdk: mixpanel,
    track: (...names: string[]) => {
      for (const name of names) mixpanel.track(name);
    },
    identify: (id: string) => void mixpanel.identify(id),
    register: (properties: object) => mixpanel.register({ ...properties }),
    people,
    grant: () => mixpanel.opt_in_tracking(),
    deny: (how?: object) => mixpanel.opt_out_tracking(how),
    forget: () => mixpanel.clear_opt_in_out_tracking(),
  };
};

const mixpanelBridged = () => {
  const consent = makeConsent();
  const bridge = bridgeMixpanel(mixpanel, {
    consent,
    token: "TOKEN",
    config: mixpanelConfig,
    ...options,
  });
  return {
    sdk: mixpanel,
    consent,
    bridge,
    track: (...names: string[]) => {
      for (const name of names) bridge.run((sdk) => sdk.track(name));
    },
    identify: (id: string) => bridge.run((sdk) => sdk.identify(id)),
    register: (properties: object) =>
      bridge.run((sdk) => sdk.register({ ...properties })),
    people: (name: string) => bridge.run(() => people(name)),
    grant: () => void consent.grantAll(),
    deny: () => void consent.denyAll(),
    forget: () => consent.reset(),
  };
};

/** The library's own tracker, in its own words. */
const ownTracker = () => {
  const consent = makeConsent();
  const { deleteUser = false, ...rest } = options;
  const tracker = createTracker({
    consent,
    destination: destination({ token: "TOKEN", endpoint }),
    // The SDK's own, so that a scenario finds events waiting in both.
    flushInterval: config.batch_flush_interval_ms ?? 5000,
    ...rest,
  });
  if (config.track_pageview) tracker.page();
  return {
    // What scenarios call past the site's own words; there is no configuration to change.
    sdk: { ...tracker, set_config() {} },
    consent,
    track: (...names: string[]) => {
      for (const name of names) tracker.track(name);
    },
    identify: (id: string) => tracker.identify(id),
    register: (properties: object) => tracker.register({ ...properties }),
    people: (name: string) => tracker.set({ name }),
    grant: () => tracker.optIn(),
    deny: () => void tracker.optOut({ deleteUser }),
    forget: () => tracker.clearOptInOut(),
  };
};

/** The library's tracker in Mixpanel's words: the same site, another import, and the site's store. */
const inItsWords = () => {
  const consent = makeConsent();
  const { deleteUser = false, ...rest } = options;
  dialect.init("TOKEN", { ...mixpanelConfig, consent, ...rest });
  return {
    sdk: dialect,
    consent,
    track: (...names: string[]) => {
      for (const name of names) dialect.track(name);
    },
    identify: (id: string) => dialect.identify(id),
    register: (properties: object) => dialect.register({ ...properties }),
    people: (name: string) => dialect.people.set({ name }),
    grant: () => dialect.opt_in_tracking(),
    deny: (how?: object) =>
      void dialect.opt_out_tracking({ delete_user: deleteUser, ...how }),
    forget: () => dialect.clear_opt_in_out_tracking(),
  };
};

show({
  mixpanel: mixpanelAlone,
  "mixpanel+bridge": mixpanelBridged,
  "mixpanel+tracker": ownTracker,
  "mixpanel+dialect": inItsWords,
});
