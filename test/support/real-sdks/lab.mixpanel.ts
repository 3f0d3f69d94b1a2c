import mixpanel from "mixpanel-browser";
import { bridgeMixpanel } from "../../../src/bridges/mixpanel-browser.js";
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

show({ mixpanel: mixpanelAlone, "mixpanel+bridge": mixpanelBridged });
