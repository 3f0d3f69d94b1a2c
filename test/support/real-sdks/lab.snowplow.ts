import * as snowplow from "@snowplow/browser-tracker";
import { bridgeSnowplow } from "../../../src/bridges/snowplow-browser-tracker.js";
import * as dialect from "../../../src/dialects/snowplow.js";
import { snowplow as destination } from "../../../src/tracker/destinations/snowplow.js";
import { createTracker } from "../../../src/tracker/tracker.js";
import { config, endpoint, has, makeConsent, options, show } from "./lab.js";

type Calls = Pick<
  typeof snowplow,
  | "newTracker"
  | "trackPageView"
  | "trackStructEvent"
  | "setUserId"
  | "disableAnonymousTracking"
  | "enableAnonymousTracking"
  | "clearUserData"
  | "flushBuffer"
  | "setOptOutCookie"
>;

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

/**
 * A site that uses browser-tracker as its documentation says: anonymous until asked, and after a no. The calls are the
 * SDK's, or this library's of the same names.
 */
const site = (sdk: Calls, given: Record<string, unknown>) => {
  const anonymity = { withServerAnonymisation: true };
  // The documentation's example of a site's own record.
  const isGranted = () => {
    try {
      return localStorage.getItem("site-consent") === "yes";
    } catch {
      return false;
    }
  };
  sdk.newTracker(NAMESPACE, endpoint, {
    anonymousTracking: !isGranted() && anonymity,
    ...setLinks(),
    ...given,
  });
  return {
    sdk,
    optOutCookie: (name: string) => sdk.setOptOutCookie(name, only),
    page: () => sdk.trackPageView({}, only),
    act: () => sdk.trackStructEvent({ category: "shop", action: "act" }, only),
    user: (id: string) => sdk.setUserId(id, only),
    grant: () => {
      localStorage.setItem("site-consent", "yes");
      sdk.disableAnonymousTracking({}, only);
    },
    deny: (how: object) => {
      localStorage.setItem("site-consent", "no");
      sdk.enableAnonymousTracking({ options: anonymity, ...how }, only);
      if (has("clear"))
        sdk.clearUserData(
          { preserveSession: false, preserveUser: false },
          only,
        );
    },
    flush: () => sdk.flushBuffer({}, only),
  };
};

const snowplowAlone = () => site(snowplow, snowplowConfig);

/** The same site with another import. */
const inItsWords = () => {
  // The one option here that there is not: a service that sets an identifier before anybody is asked.
  const { cookieExtensionService: _, ...rest } = snowplowConfig;
  return site(dialect as unknown as Calls, rest);
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

/** The library's own tracker, in its own words. */
const ownTracker = () => {
  const consent = makeConsent();
  const { appId, contexts } = snowplowConfig;
  const tracker = createTracker({
    consent,
    destination: destination({
      endpoint,
      namespace: NAMESPACE,
      appId,
      contexts,
      // The SDK tells of no decision by itself; so that the scenarios count the same events.
      consent: false,
    }),
    beforeChoice: "anonymous",
    whenDenied: "anonymous",
    ...options,
  });
  return {
    consent,
    tracker,
    page: () => tracker.page(),
    act: () => tracker.track("act", { category: "shop" }),
    user: (id: string) => tracker.identify(id),
    grant: () => tracker.optIn(),
    deny: () => void tracker.optOut(),
    flush: () => tracker.flush(),
  };
};

show({
  snowplow: snowplowAlone,
  "snowplow+bridge": snowplowBridged,
  "snowplow+tracker": ownTracker,
  "snowplow+dialect": inItsWords,
});
