import { mean, isNumber, summary } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";
import { column, name, rowsOf } from "./columns.mjs";

// A round has two first visits; what both measured is averaged.
const first = (read) => (round) => mean(round.first.map(read));
const once = (key) => (round) => round.first[0]?.[key];
const each = (key) => first((visit) => visit[key]);
const part = (which, key) => (round) => round[which]?.[key];

/** One number per round for every metric. */
const METRICS = {
  js: once("js"),
  css: once("css"),
  other: once("other"),
  inline: once("inline"),
  total: once("total"),
  critical: (round) =>
    Math.min(...round.first.map((visit) => visit.critical ?? Infinity)),
  requests: once("requests"),
  heap: once("heap"),
  nodes: once("nodes"),
  shown: each("shown"),
  settled: each("settled"),
  interactive: each("interactive"),
  fade: first((visit) => visit.settled - visit.shown),
  dead: first((visit) => visit.interactive - visit.shown),
  fcp: each("fcp"),
  lcp: each("lcp"),
  cls: each("cls"),
  task: each("task"),
  script: each("script"),
  style: each("style"),
  layout: each("layout"),
  longCount: each("longCount"),
  longMs: each("longMs"),
  returningTotal: part("returning", "total"),
  returningRequests: part("returning", "requests"),
  retTask: part("returning", "task"),
  retScript: part("returning", "script"),
  retStyle: part("returning", "style"),
  retLayout: part("returning", "layout"),
  retHeap: part("returning", "heap"),
  retNodes: part("returning", "nodes"),
  openBytes: part("open", "bytes"),
  openFirst: part("open", "first"),
  openSettled: part("open", "settled"),
  openInp: part("open", "inp"),
  openTask: part("open", "task"),
  openNodes: part("open", "nodes"),
  acceptGone: part("accept", "first"),
  acceptInp: part("accept", "inp"),
  acceptTask: part("accept", "task"),
};

// These are also given as "more than the bare page in the same round", under their name with a plus. The bare page has
// one kind of visit, so its first visit stands in for its returning one.
const OVER_BARE = {
  task: "task",
  script: "script",
  style: "style",
  layout: "layout",
  lcp: "lcp",
  longMs: "longMs",
  heap: "heap",
  nodes: "nodes",
  retTask: "task",
  retScript: "script",
  retStyle: "style",
  retLayout: "layout",
  retHeap: "heap",
  retNodes: "nodes",
  openTask: "openTask",
  acceptTask: "acceptTask",
};

/** The metrics of each round (`series`), and what they come to (`summaries`), by peer. */
export function summarizeLoad(data) {
  const series = {};
  for (const [id, rounds] of Object.entries(data)) {
    series[id] = {};
    for (const [key, read] of Object.entries(METRICS))
      series[id][key] = rounds.map((round) => {
        const value = round && read(round);
        return isNumber(value) ? value : NaN;
      });
  }
  const { bare } = series;
  if (bare) {
    for (const [key, twin] of [
      ["task", "retTask"],
      ["script", "retScript"],
      ["style", "retStyle"],
      ["layout", "retLayout"],
    ])
      bare[key] = bare[key].map((v, i) => mean([v, bare[twin][i]]));
    for (const own of Object.values(series))
      for (const [key, other] of Object.entries(OVER_BARE))
        own[`+${key}`] = own[key].map((v, i) => v - bare[other][i]);
  }
  const summaries = {};
  for (const [id, own] of Object.entries(series)) {
    summaries[id] = {};
    for (const [key, values] of Object.entries(own))
      if (values.some(isNumber)) summaries[id][key] = summary(values);
    const errors = data[id]
      .flatMap((round) => [
        round?.error,
        ...(round?.first ?? []).flatMap((visit) => visit.errors ?? []),
      ])
      .filter(Boolean);
    if (errors.length) summaries[id].errors = [...new Set(errors)];
  }
  return { series, summaries };
}

/** The tables of one profile. Bytes and the costs of a calm processor belong to the desktop profile `d1`. */
export function loadTables(profile, results, peers) {
  const rows = rowsOf(results, peers);
  const tables = [];
  const add = (title, ...columns) =>
    tables.push({ title, text: table(rows, [name, ...columns]) });
  if (profile.id === "d1") {
    add(
      "Bytes (brotli 11), first visit up to the banner, no cache",
      column("JS", "js", 0),
      column("CSS", "css", 0),
      column("other", "other", 0),
      column("in HTML", "inline", 0),
      column("total", "total", 0),
      column("until painted", "critical", 0),
      column("requests", "requests", 0),
      column("more for prefs", "openBytes", 0),
      column("returning total", "returningTotal", 0),
    );
    add(
      "Main thread, CPU 1x: ms of thread time, heap and nodes over the bare page",
      column("first: all", "+task"),
      column("script", "+script"),
      column("style", "+style"),
      column("layout", "+layout"),
      column("heap KB", "+heap", 0, 1024),
      column("nodes", "+nodes", 0),
      column("returning: all", "+retTask"),
      column("script", "+retScript"),
      column("style", "+retStyle"),
      column("layout", "+retLayout"),
      column("heap KB", "+retHeap", 0, 1024),
      column("nodes", "+retNodes", 0),
    );
  }
  add(
    `Times, ${profile.label} (ms from navigation start)`,
    column("banner", "shown", 0),
    column("settled", "settled", 0),
    column("buttons work", "interactive", 0),
    column("FCP", "fcp", 0),
    column("LCP", "lcp", 0),
    column("LCP over bare", "+lcp", 0),
    column("CLS", "cls", 4),
    column("long tasks", "longCount"),
    column("long ms over bare", "+longMs", 0),
    column("thread ms over bare", "+task", 0),
    ...(profile.light ? [] : [column("returning thread ms", "+retTask", 0)]),
  );
  if (!profile.light)
    add(
      `Interactions, ${profile.label} (ms)`,
      column("prefs: painted", "openFirst", 0),
      column("settled", "openSettled", 0),
      column("INP", "openInp", 0),
      column("thread ms", "openTask"),
      column("over idle click", "+openTask"),
      column("accept: gone", "acceptGone", 0),
      column("INP", "acceptInp", 0),
      column("thread ms", "acceptTask"),
      column("over idle click", "+acceptTask"),
    );
  return tables;
}
