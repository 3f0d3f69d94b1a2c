/**
 * What the pages of the lab run: one subject, named by the address (`?as=mixpanel&…`), under the same few words for the
 * bare SDK and for the SDK behind its bridge.
 */
import * as snowplow from "@snowplow/browser-tracker";
import mixpanel from "mixpanel-browser";
import { bridgeMixpanel } from "../../../src/bridges/mixpanel-browser.js";
import { bridgeSnowplow } from "../../../src/bridges/snowplow-browser-tracker.js";
import { createConsent } from "../../../src/create-consent.js";

const query = new URLSearchParams(location.search);
const endpoint = query.get("endpoint") ?? "";
/** What the scenario adds to the SDK's configuration. */
const config = JSON.parse(query.get("config") ?? "{}");
/** What the scenario adds to the bridge's options. */
const options = JSON.parse(query.get("options") ?? "{}");
const cookieDomain = query.get("cookieDomain") ?? undefined;

const makeConsent = () => createConsent({ cookieDomain });

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

const NAMESPACE = "sp";
const only = [NAMESPACE];
const snowplowConfig = {
  appId: "shop",
  cookieSecure: false,
  contexts: { webPage: true, session: true, browser: true },
  ...config,
};
const setLinks = () => ({
  crossDomainLinker: (link: { hostname: string }) =>
    link.hostname === "partner.test",
});

/** A site that uses browser-tracker as its documentation says: anonymous until asked, and after a no. */
const snowplowAlone = () => {
  const anonymity = { withServerAnonymisation: true };
  // The documentation's example of a site's own record.
  const isGranted = () => localStorage.getItem("site-consent") === "yes";
  snowplow.newTracker(NAMESPACE, endpoint, {
    anonymousTracking: !isGranted() && anonymity,
    ...setLinks(),
    ...snowplowConfig,
  });
  return {
    sdk: snowplow,
    page: () => snowplow.trackPageView({}, only),
    user: (id: string) => snowplow.setUserId(id, only),
    grant: () => {
      localStorage.setItem("site-consent", "yes");
      snowplow.disableAnonymousTracking({}, only);
    },
    deny: () => {
      localStorage.setItem("site-consent", "no");
      snowplow.enableAnonymousTracking({ options: anonymity }, only);
      if (query.has("clear"))
        snowplow.clearUserData(
          { preserveSession: false, preserveUser: false },
          only,
        );
    },
    flush: () => snowplow.flushBuffer({}, only),
  };
};

const snowplowBridged = () => {
  const consent = makeConsent();
  const bridge = bridgeSnowplow(snowplow, {
    consent,
    namespace: NAMESPACE,
    endpoint,
    config: { ...setLinks(), ...snowplowConfig },
    beforeChoice: "anonymous",
    whenDenied: "anonymous",
    ...options,
  });
  return {
    sdk: snowplow,
    consent,
    bridge,
    page: () => bridge.run(() => snowplow.trackPageView({}, only)),
    user: (id: string) => bridge.run(() => snowplow.setUserId(id, only)),
    grant: () => void consent.grantAll(),
    deny: () => void consent.denyAll(),
    flush: () => snowplow.flushBuffer({}, only),
  };
};

const SUBJECTS: Record<string, () => object> = {
  mixpanel: mixpanelAlone,
  "mixpanel+bridge": mixpanelBridged,
  snowplow: snowplowAlone,
  "snowplow+bridge": snowplowBridged,
};

Object.assign(globalThis, { subject: SUBJECTS[query.get("as") ?? ""]?.() });
