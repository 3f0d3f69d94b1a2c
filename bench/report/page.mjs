import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BENCH } from "../lib/paths.mjs";
import { PROFILES } from "../lib/visit.mjs";
import { loadTables } from "./load.mjs";
import { ratioTable } from "./ratios.mjs";
import { scaleTables } from "./scale.mjs";
import { targetTable } from "./targets.mjs";
import { traceTables } from "./trace.mjs";
import { trackerTables } from "./trackers.mjs";

const TITLES = {
  limits: "Limits, what the library promises",
  aims: "Aims, what its design strives for",
};

function head({ date, mode, seconds, machine, rounds }) {
  const counts = Object.entries(rounds).map(([name, n]) => `${name} ${n}`);
  return `# Results

- ${date.slice(0, 10)}, a ${mode} run of ${Math.round(seconds / 60)} minutes. Rounds: ${counts.join(", ")}.
- ${machine.browser}, Node ${machine.node}, ${machine.cores} cores (${machine.arch}, ${machine.platform}), ${machine.memory} GB.
  Load when it began and ended: ${machine.load.join(" and ")}.
- Medians over the rounds. [README.md](README.md) says what each column is. Compare within a table, never across runs.`;
}

/** The whole report as Markdown. */
export function page(results, peers, trackers) {
  const targets = JSON.parse(readFileSync(join(BENCH, "targets.json"), "utf8"));
  const sections = [
    ...Object.entries(targets).map(([group, list]) =>
      targetTable(TITLES[group], list, results),
    ),
    ...Object.entries(results.load).flatMap(([id, own]) =>
      loadTables(PROFILES[id], own, peers),
    ),
    ...Object.entries(results.ratios.d1 ?? {}).map(([reference, own]) =>
      ratioTable(own, peers, reference),
    ),
    ...(results.trace ? traceTables(results.trace, peers) : []),
    ...(results.scale ? scaleTables(results.scale, peers, results.sizes) : []),
    ...(results.trackers
      ? trackerTables(results.trackers, trackers, results.steps)
      : []),
  ];
  const problems = Object.entries(results.load).flatMap(([profile, own]) =>
    Object.entries(own)
      .filter(([, { errors }]) => errors)
      .map(([id, { errors }]) => `- ${profile} ${id}: ${errors.join("; ")}`),
  );
  if (problems.length)
    sections.push({ title: "Problems", text: problems.join("\n") });
  return [
    head(results),
    ...sections.map(({ title, text }) => `## ${title}\n\n${text}`),
  ].join("\n\n");
}

/** Writes RESULTS.md, in the form that the project's formatter wants. */
export async function write(text) {
  const { format } = await import("prettier");
  writeFileSync(
    join(BENCH, "RESULTS.md"),
    await format(text, { parser: "markdown" }),
  );
}
