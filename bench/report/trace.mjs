import { summary } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";
import { column, name, rowsOf } from "./columns.mjs";

export function summarizeTrace(data) {
  const out = {};
  for (const [id, rounds] of Object.entries(data)) {
    out[id] = {};
    for (const key of Object.keys(rounds.find((round) => round.total) ?? {})) {
      out[id][key] = summary(rounds.map((round) => round[key]));
      out[id][`+${key}`] = summary(
        rounds.map((round, i) => round[key] - data.bare?.[i]?.[key]),
      );
    }
  }
  return out;
}

export const traceTables = (results, peers) => [
  {
    title:
      "Where the thread time goes, CPU 1x, traced (ms over the bare page); 6x: each task times six",
    text: table(rowsOf(results, peers), [
      name,
      column("compile", "+compile"),
      column("evaluate", "+evaluate"),
      column("callbacks", "+call"),
      column("GC", "+gc"),
      column("parse", "+parse"),
      column("style", "+style"),
      column("layout", "+layout"),
      column("paint", "+paint"),
      column("other", "+other"),
      column("all", "+total"),
      column("longest task", "longest"),
      column("long tasks 6x", "long6"),
      column("TBT 6x", "+tbt6", 0),
    ]),
  },
];
