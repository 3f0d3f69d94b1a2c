import { pkgVersion } from "../lib/build.mjs";

const SCHEMA = "iglu:com.example/item_clicked/jsonschema/1-0-0";
export default {
  id: "snowplow",
  label: "snowplow browser-tracker",
  version: pkgVersion("@snowplow/browser-tracker"),
  order: 12,
  bytes: `import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'; window.init = newTracker; window.track = trackSelfDescribingEvent;`,
  source: `import { newTracker, trackSelfDescribingEvent, setOptOutCookie, clearUserData } from '@snowplow/browser-tracker';
    window.T = {
      init: (url) => { newTracker('sp', url, { appId: 'perf', bufferSize: 1e6, maxLocalStorageQueueSize: 1e6, useLocalStorage: true, stateStorageStrategy: 'localStorage' }); },
      track: (i) => trackSelfDescribingEvent({ event: { schema: '${SCHEMA}', data: window.P(i) } }),
      queued: () => { const k = Object.keys(localStorage).find((k) => k.startsWith('snowplowOutQueue') && !k.endsWith('expires')); return k ? JSON.parse(localStorage[k]).length : NaN; },
      optOut: () => { setOptOutCookie('sp_opt_out'); document.cookie = 'sp_opt_out=1;path=/'; clearUserData(); },
    };`,
};
