import { summaries } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";
import { column, name, note, rowsOf } from "./columns.mjs";

const METRICS = {
  shown: (s) => s.load?.shown,
  loadTask: (s) => s.load?.task,
  inline: (s) => s.load?.inline,
  openFirst: (s) => s.open?.first,
  openTask: (s) => s.open?.task,
  openNodes: (s) => s.open?.nodes,
  openHeap: (s) => s.open?.heap,
  switches: (s) => s.switches,
  togglePainted: (s) => s.toggle?.painted,
  toggleTask: (s) => s.toggle?.task,
  savePainted: (s) => s.save?.painted,
  saveTask: (s) => s.save?.task,
  cookie: (s) => s.cookie,
  lost: (s) => (s.kept === undefined ? NaN : Number(!s.kept)),
  retTask: (s) => s.returning?.task,
};

/** By peer, then by number of services. */
export function summarizeScale(data) {
  const out = {};
  for (const [id, sizes] of Object.entries(data)) {
    out[id] = {};
    for (const [n, list] of Object.entries(sizes)) {
      const samples = list.filter(Boolean);
      out[id][n] = summaries(METRICS, samples);
      const errors = samples.map(({ error }) => error).filter(Boolean);
      if (errors.length) out[id][n].errors = [...new Set(errors)];
    }
  }
  return out;
}

export const scaleTables = (results, peers, sizes) =>
  sizes.map((n) => {
    const some = Object.fromEntries(
      Object.entries(results).map(([id, own]) => [id, own[n]]),
    );
    return {
      title: `${n} services, CPU 1x (ms; thread = main-thread time)`,
      text: table(rowsOf(some, peers), [
        name,
        column("page: banner", "shown", 0),
        column("page thread", "loadTask", 0),
        column("in HTML", "inline", 0),
        column("open: painted", "openFirst", 0),
        column("open thread", "openTask", 0),
        column("switches", "switches", 0),
        column("nodes", "openNodes", 0),
        column("heap KB (all)", "openHeap", 0, 1024),
        column("toggle all", "togglePainted", 0),
        column("thread", "toggleTask", 0),
        column("save", "savePainted", 0),
        column("thread", "saveTask", 0),
        {
          head: "choice kept",
          get: ({ lost }) => (lost ? (lost.median > 0 ? "NO" : "yes") : "-"),
        },
        note,
      ]),
    };
  });
