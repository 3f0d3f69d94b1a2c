// What the types promise of the Snowplow dialect. The compiler is the test: a line marked as an error must be one.
import {
  createTracker,
  disableAnonymousTracking,
  enableAnonymousTracking,
  newTracker,
  snowplow,
  trackConsentDeny,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
  type MobileTracker,
} from "../../src/dialects/snowplow.js";
import { createConsent } from "../../src/index.js";

const consent = createConsent();
const web = newTracker("sp", "https://c.shop.example", {
  appId: "shop",
  platform: "web",
  anonymousTracking: { withServerAnonymisation: true },
  contexts: { webPage: true },
  consent,
});
web.trackPageView();
web.getDomainUserId()?.toUpperCase();
trackPageView({ title: "Kites" }, ["sp"]);
trackPageView();
trackStructEvent({ category: "shop", action: "add", value: 2 });
trackSelfDescribingEvent({ event: { schema: "iglu:a/b/c/1-0-0", data: {} } });
enableAnonymousTracking({ options: true, stateStorageStrategy: "none" });
disableAnonymousTracking();
snowplow("trackPageView:sp");
snowplow(function () {
  this["sp"]?.trackPageView();
});

const mobile: MobileTracker = createTracker(
  "appTracker",
  { endpoint: "https://c.shop.example" },
  { trackerConfig: { sessionContext: false, userAnonymisation: true } },
);
createTracker(
  "appTracker",
  { endpoint: "https://c.shop.example" },
  { trackerConfig: { sessionContext: true, userAnonymization: true } },
);
createTracker(
  "appTracker",
  { endpoint: "https://c.shop.example" },
  { emitterConfig: { serverAnonymisation: true } },
);
void mobile.trackScreenViewEvent({ name: "Home" });
void newTracker({
  namespace: "appTracker",
  endpoint: "c.shop.example",
  userAnonymisation: true,
}).then((tracker) => tracker.setUserId("42"));

// @ts-expect-error - an option in the wrong place
newTracker("sp", "https://c.shop.example", { withServerAnonymisation: true });
// @ts-expect-error - no such strategy
newTracker("sp", "https://c.shop.example", { stateStorageStrategy: "local" });
createTracker(
  "appTracker",
  { endpoint: "https://c.shop.example" },
  // @ts-expect-error - an option in the wrong part
  { emitterConfig: { userAnonymisation: true } },
);
// @ts-expect-error - a structured event has an action
trackStructEvent({ category: "shop" });
// @ts-expect-error - a consent event has scopes
trackConsentDeny({ consentVersion: "1" });
