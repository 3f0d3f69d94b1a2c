import { DIST, VERSION } from "../lib/paths.mjs";

const IMPORT = `import { createConsent, createTracker, mixpanel } from "./index.js";`;

/** The cookie of a visitor who has answered on an earlier page. */
const answered = (choice) =>
  `document.cookie = "consent=analytics=" + ${JSON.stringify(choice)} + "&revision=1&time=" + new Date().toISOString() + "&source=user&action=save; path=/";`;

/** Writes a tracker's description: `prepare` is code for `window.T.prepare`, `options` the tracker's own, `more` the rest. */
const tracker = (
  id,
  label,
  order,
  { prepare = "", options = "flushInterval: 36e5", more = "" },
) => ({
  id,
  label,
  version: VERSION,
  order,
  dir: DIST,
  collector: "mixpanel",
  bytes: `${IMPORT}
    let tracker;
    window.init = (token) => { tracker = createTracker({ consent: createConsent(), destination: mixpanel({ token }) }); };
    window.track = (name, properties) => tracker.track(name, properties);`,
  source: `${IMPORT}
    let tracker;
    window.T = {
      prepare() { ${prepare} },
      init(endpoint) {
        tracker = createTracker({
          consent: createConsent({ purposes: ["analytics"] }),
          destination: mixpanel({ token: "token", endpoint }),
          ${options},
        });
      },
      track: (i) => tracker.track("item_clicked", window.P(i)),
      // What waits in storage can be counted; what waits in memory cannot be seen from outside.
      queued: () => Object.values(localStorage).join().split("item_clicked").length - 1 || NaN,
      flush: () => tracker.flush(),
      optOut: () => tracker.optOut(),
      ${more}
    };`,
});

export default [
  tracker("ours", "consent-elements", 5, { prepare: answered("granted") }),
  tracker("ours-denied", "consent-elements, denied", 5.1, {
    prepare: answered("denied"),
  }),
  tracker("ours-held", "consent-elements, before a choice", 5.2, {
    options: "holdLimit: 2e4",
  }),
  // As it is by default, and what was tracked has been delivered before the work is counted.
  tracker("ours-sent", "consent-elements, with sending", 5.3, {
    prepare: answered("granted"),
    options: `fetch: async (...request) => {
      window.T.requests++;
      try { return await fetch(...request); }
      finally { window.T.requests--; window.T.answered = performance.now(); }
    }`,
    more: `requests: 0,
      answered: 0,
      async drain() {
        this.answered = performance.now();
        tracker.flush();
        while (this.requests || performance.now() - this.answered < 300)
          await new Promise((done) => setTimeout(done, 50));
      },`,
  }),
];
