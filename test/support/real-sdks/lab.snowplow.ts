import * as snowplow from "@snowplow/browser-tracker";
import { bridgeSnowplow } from "../../../src/bridges/snowplow-browser-tracker.js";
import { config, endpoint, has, makeConsent, options, show } from "./lab.js";

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
  const isGranted = () => {
    try {
      return localStorage.getItem("site-consent") === "yes";
    } catch {
      return false;
    }
  };
  snowplow.newTracker(NAMESPACE, endpoint, {
    anonymousTracking: !isGranted() && anonymity,
    ...setLinks(),
    ...snowplowConfig,
  });
  return {
    sdk: snowplow,
    page: () => snowplow.trackPageView({}, only),
    act: () =>
      snowplow.trackStructEvent({ category: "shop", action: "act" }, only),
    user: (id: string) => snowplow.setUserId(id, only),
    grant: () => {
      localStorage.setItem("site-consent", "yes");
      snowplow.disableAnonymousTracking({}, only);
    },
    deny: (how: object) => {
      localStorage.setItem("site-consent", "no");
      snowplow.enableAnonymousTracking({ options: anonymity, ...how }, only);
      if (has("clear"))
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
    act: () =>
      bridge.run(() =>
        snowplow.trackStructEvent({ category: "shop", action: "act" }, only),
      ),
    user: (id: string) => bridge.run(() => snowplow.setUserId(id, only)),
    grant: () => void consent.grantAll(),
    deny: () => void consent.denyAll(),
    flush: () => snowplow.flushBuffer({}, only),
  };
};

show({ snowplow: snowplowAlone, "snowplow+bridge": snowplowBridged });
