import { pkgVersion } from "../lib/build.mjs";

export default {
  id: "amplitude",
  label: "amplitude analytics-browser",
  version: pkgVersion("@amplitude/analytics-browser"),
  order: 15,
  bytes: `import { init, track } from '@amplitude/analytics-browser'; window.init = init; window.track = track;`,
  source: `import * as a from '@amplitude/analytics-browser';
    window.T = {
      init: (url) => a.init('key', 'user@example.org', { serverUrl: url, autocapture: false, flushQueueSize: 1e6, flushIntervalMillis: 36e5, logLevel: 0, offline: false, fetchRemoteConfig: false, remoteConfig: { fetchRemoteConfig: false }, cookieOptions: { domain: '' } }).promise,
      track: (i) => { a.track('item_clicked', window.P(i)); },
      queued: () => { const k = Object.keys(localStorage).find((k) => k.startsWith('AMP_unsent')); try { return JSON.parse(localStorage[k]).length; } catch { return NaN; } },
      optOut: () => { a.setOptOut(true); a.reset(); },
    };`,
};
