import { isNumber } from "../lib/stats.mjs";
import { table } from "../lib/table.mjs";

function verdict(got, { max, stretch }) {
  if (!isNumber(got)) return "no data";
  if (got > max) return "MISSED";
  return got <= stretch ? "stretch" : "met";
}

/** Compares results with a group of targets: { name, path, max, stretch }. The path leads to a number or a summary. */
export function targetTable(title, targets, results) {
  const rows = targets.map((target) => {
    const found = target.path.split("/").reduce((o, key) => o?.[key], results);
    const got = found?.median ?? found;
    return { ...target, got, verdict: verdict(got, target) };
  });
  const count = (...words) =>
    rows.filter((row) => words.includes(row.verdict)).length;
  return {
    title: `${title}: ${count("met", "stretch")} met, ${count("MISSED")} missed, ${count("no data")} without data`,
    text: table(rows, [
      { head: "target", get: (row) => row.name },
      { head: "measured", digits: 2, get: (row) => row.got },
      { head: "at most", digits: 2, get: (row) => row.max },
      { head: "stretch", digits: 2, get: (row) => row.stretch },
      { head: "", get: (row) => row.verdict },
    ]),
  };
}
