import { pkgVersion } from "../lib/build.mjs";

const make = (id, label, order, entry) => ({
  id,
  label,
  version: pkgVersion("posthog-js"),
  order,
  collector: "posthog",
  bytes: `import p from '${entry}'; window.init = (t, o) => p.init(t, o); window.track = (n, o) => p.capture(n, o);`,
  source: `import p from '${entry}';
    window.T = {
      init: (url) => new Promise((ok) => { p.init('phc_key', { api_host: url, persistence: 'localStorage', autocapture: false, capture_pageview: false, capture_pageleave: false,
        disable_session_recording: true, advanced_disable_flags: true, advanced_disable_decide: true, disable_surveys: true, capture_performance: false, capture_dead_clicks: false,
        disable_external_dependency_loading: true, opt_out_useragent_filter: true, request_queue_config: { flush_interval_ms: 5000 }, rate_limiting: { events_per_second: 1e7, events_burst_limit: 1e7 }, loaded: ok }); }),
      track: (i) => { p.capture('item_clicked', window.P(i)); },
      queued: () => { const q = p._requestQueue; const l = q && (q._queue || q.queue); return l ? l.length : NaN; },
      optOut: () => { p.opt_out_capturing(); p.reset(); },
    };`,
});

export default [
  make("posthog", "posthog-js", 13, "posthog-js"),
  make(
    "posthog-slim",
    "posthog-js (slim module)",
    14,
    "posthog-js/dist/module.slim.js",
  ),
];
