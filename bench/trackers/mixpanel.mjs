import { pkgVersion } from "../lib/build.mjs";

const make = (id, label, order, entry) => ({
  id,
  label,
  version: pkgVersion("mixpanel-browser"),
  order,
  collector: "mixpanel",
  bytes: `import m from '${entry}'; window.init = (t, o) => m.init(t, o); window.track = (n, p) => m.track(n, p);`,
  source: `import m from '${entry}';
    window.T = {
      init: (url) => { m.init('token', { api_host: url, persistence: 'localStorage', batch_flush_interval_ms: 36e5, track_pageview: false, autocapture: false, record_sessions_percent: 0 }); },
      track: (i) => { m.track('item_clicked', window.P(i)); },
      queued: () => { const b = m.request_batchers && m.request_batchers.events; return b ? b.queue.memQueue.length : NaN; },
      optOut: () => m.opt_out_tracking({ clear_persistence: true, delete_user: false }),
    };`,
});

export default [
  make(
    "mixpanel-core",
    "mixpanel (module core)",
    10,
    "mixpanel-browser/src/loaders/loader-module-core",
  ),
  make("mixpanel", "mixpanel (full module)", 11, "mixpanel-browser"),
];
