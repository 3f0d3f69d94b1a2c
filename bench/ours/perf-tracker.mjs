import { DIST } from "../lib/paths.mjs";

const NAMES = "createConsent, createTracker, mixpanel";

/**
 * The library as a tracker. `setup` is what happens between the store and the tracker, and `options` are the tracker's;
 * `more` adds to window.T.
 */
const tracker = (
  id,
  label,
  order,
  { setup = "", options = "", more = "" },
) => ({
  id,
  label,
  version: "this build",
  order,
  dir: DIST,
  collector: "mixpanel",
  bytes: `import { ${NAMES} } from "./index.js";
    const consent = createConsent();
    window.init = (token) => { window.tracker = createTracker({ consent, destination: mixpanel({ token }) }); };
    window.track = (name, properties) => window.tracker.track(name, properties);`,
  source: `import { ${NAMES} } from "./index.js";
    const KEY = "consent-tracker";
    let tracker, under = 0, last = 0;
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    window.T = {
      init(endpoint) {
        const consent = createConsent({ purposes: ["analytics"] });
        ${setup}
        tracker = createTracker({ consent, name: KEY, destination: mixpanel({ token: "token", endpoint }), ${options} });
      },
      track: (i) => tracker.track("item_clicked", window.P(i)),
      // What waits in memory cannot be seen from outside; what waits in storage can.
      queued: () => Object.entries(localStorage)
        .filter(([key]) => key.startsWith(KEY))
        .reduce((sum, [, text]) => sum + text.split("item_clicked").length - 1, 0),
      flush: () => tracker.flush(),
      optOut: () => tracker.optOut(),
      ${more}
    };`,
});

const granted = `consent.set({ analytics: "granted" });`;
const waits = "flushInterval: 36e5,";

export default [
  tracker("ours", "consent-elements", 5, { setup: granted, options: waits }),
  tracker("ours-denied", "consent-elements, denied", 5.1, {
    setup: `consent.set({ analytics: "denied" });`,
    options: waits,
  }),
  tracker("ours-held", "consent-elements, before a choice", 5.2, {
    options: `${waits} holdLimit: 2e4,`,
  }),
  // With sending: everything that was tracked has been delivered before the work is counted.
  tracker("ours-sent", "consent-elements, with sending", 5.3, {
    setup: granted,
    options: `fetch: async (...request) => {
      under++;
      try { return await fetch(...request); } finally { under--; last = performance.now(); }
    },`,
    more: `async drain() {
      tracker.flush();
      last = performance.now();
      while (under || performance.now() - last < 300) await sleep(50);
    },`,
  }),
];
