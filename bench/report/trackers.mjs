import { summaries } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";
import { column, name, note, rowsOf } from "./columns.mjs";

const KEYS = [
  "evaluate",
  "init",
  "firstCall",
  "calls",
  "heapPerEvent",
  "queued",
  "storedKeys",
  "stored",
  "posts",
  "optOut",
  "optOutDone",
  "blockedNs",
  "queuedAfter",
  "storedKeysAfter",
  "storedAfter",
  "cookiesAfter",
  "heapAfter",
  "postsAfter",
];
const STEP_KEYS = ["ns", "cpuNs", "wall", "calls"];

export function summarizeTrackers({ bytes, data, steps }) {
  const metrics = {};
  for (const key of KEYS) metrics[key] = (sample) => sample[key];
  for (const n of steps)
    for (const key of STEP_KEYS)
      metrics[`${key}@${n}`] = (sample) => sample[n]?.[key];
  // Above 1, an event costs more the more there are.
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  if (most > least)
    metrics.growth = (sample) => sample[most]?.cpuNs / sample[least]?.cpuNs;
  const out = {};
  for (const [id, samples] of Object.entries(data)) {
    out[id] = { bytes: bytes[id], ...summaries(metrics, samples) };
    const errors = samples
      .flatMap(({ error, errors: list = [] }) => [error].concat(list))
      .filter(Boolean);
    if (errors.length) out[id].errors = [...new Set(errors)];
  }
  return out;
}

export function trackerTables(results, trackers, steps) {
  const rows = rowsOf(results, trackers);
  const perStep = (head, key, digits) =>
    steps.map((n) => column(`${head} @${n}`, `${key}@${n}`, digits, 1000));
  return [
    {
      title: "Trackers: bytes, start and calls",
      text: table(rows, [
        name,
        { head: "min", digits: 0, get: ({ bytes }) => bytes.raw },
        { head: "min+br", digits: 0, get: ({ bytes }) => bytes.br },
        column("evaluate ms", "evaluate"),
        column("init ms", "init"),
        column("first call ms", "firstCall", 2),
        ...perStep("call µs", "ns", 1),
        ...perStep("all work µs", "cpuNs", 0),
        column("growth", "growth", 2),
        column("reached", "calls", 0),
        column("heap B/event", "heapPerEvent", 0),
        note,
      ]),
    },
    {
      title: "Trackers: opt-out with the queue of the table above",
      text: table(rows, [
        name,
        column("queued before", "queued", 0),
        column("keys stored", "storedKeys", 0),
        column("KB stored", "stored", 0, 1024),
        column("opt-out ms", "optOut", 2),
        column("until done ms", "optOutDone", 2),
        column("events left", "queuedAfter", 0),
        column("keys left", "storedKeysAfter", 0),
        column("characters left", "storedAfter", 0),
        column("cookie characters", "cookiesAfter", 0),
        column("heap left KB", "heapAfter", 0, 1024),
        column("requests after", "postsAfter", 0),
        column("blocked call µs", "blockedNs", 2, 1000),
      ]),
    },
  ];
}
