// What the types promise. The compiler is the test: a line marked as an error must be one.
import "../../src/define.js";
import { createConsent, createTracker, mixpanel } from "../../src/index.js";

const consent = createConsent({ purposes: ["analytics"], maxAge: "P6M" });
const tracker = createTracker({
  consent,
  destination: mixpanel({ token: "TOKEN", ip: undefined }),
});
tracker.track("Signed up", { plan: "pro" });
consent.set({ analytics: "granted" }, { source: "user" });
consent.addEventListener(
  "consent-change",
  ({ previous, current, changed, source }) => [
    previous?.choices.analytics === "denied",
    current?.time.startsWith("2026"),
    changed.includes("analytics"),
    source === "tab",
  ],
);

// @ts-expect-error - a choice is a word, not a boolean
consent.set({ analytics: true });
// @ts-expect-error - no such mode
createConsent({ mode: "strict" });
// @ts-expect-error - an unknown option is not ignored
createConsent({ purpose: ["analytics"] });
// @ts-expect-error - a destination is needed
createTracker({ consent, destination: "mixpanel" });
// @ts-expect-error - so are a store and a token
createTracker({ destination: mixpanel({}) });
// @ts-expect-error - an event has a name
tracker.track({ plan: "pro" });
// @ts-expect-error - a record is a value
if (consent.record) consent.record.revision = "2";

const manager = document.querySelector("consent-manager");
manager?.tracker?.track("Signed up");
manager?.consent.isGranted("analytics");
void manager?.showPreferences();
// @ts-expect-error - no such method
manager?.acceptAll();
document.querySelector("consent-banner")?.acceptAll();
void document.querySelector("consent-preferences")?.show();
