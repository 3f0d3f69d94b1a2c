import { isNumber, median, pairedRatio } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";

const METRICS = {
  total: "bytes",
  "+task": "thread",
  "+script": "script",
  "+retTask": "returning thread",
  shown: "banner",
  "+heap": "heap",
  openFirst: "prefs painted",
  "+openTask": "prefs thread",
  acceptGone: "accept gone",
};

/** Quotients against the peer `reference`, by peer and metric. Where the reference is next to nothing there is none. */
export function ratios(series, reference) {
  const base = series[reference];
  const out = {};
  if (!base) return out;
  for (const [id, own] of Object.entries(series)) {
    if (id === "bare") continue;
    out[id] = {};
    for (const key of Object.keys(METRICS)) {
      if (!own[key] || !base[key] || !(median(base[key]) > 3)) continue;
      const ratio = pairedRatio(own[key], base[key]);
      if (isNumber(ratio)) out[id][key] = ratio;
    }
  }
  return out;
}

export function ratioTable(results, peers, reference) {
  const rows = peers.filter(({ id }) => results[id]);
  const columns = Object.entries(METRICS).map(([key, head]) => ({
    head,
    digits: 2,
    get: ({ id }) => results[id][key],
  }));
  return {
    title: `Ratios to ${reference}, CPU 1x, paired by round`,
    text: table(rows, [{ head: "peer", get: (p) => p.label }, ...columns]),
  };
}
