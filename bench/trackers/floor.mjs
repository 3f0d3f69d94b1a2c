// The physical limit: an array, a timer and one POST per batch.
const CORE = `
let q = [], on = true, url, timer;
const flush = () => { timer = 0; if (q.length) fetch(url, { method: 'POST', keepalive: true, body: JSON.stringify(q.splice(0)) }); };
export const init = (u, wait = 5e3) => { url = u; every = wait; addEventListener('pagehide', flush); };
let every;
export const track = (event, props) => { if (on) { q.push({ event, props, t: Date.now() }); timer ||= setTimeout(flush, every); } };
export const optOut = () => { on = false; q = []; clearTimeout(timer); localStorage.optOut = 1; };
export const queued = () => q.length;
`;
export default {
  id: "floor",
  label: "floor (array + fetch)",
  version: "-",
  order: 1,
  bytes:
    CORE.replace(/export const (optOut|queued).*\n/g, "") +
    "window.init = init; window.track = track;",
  source:
    CORE +
    'window.T = { init: (u) => init(u, 36e5), track: (i) => track("item_clicked", window.P(i)), queued, optOut };',
};
