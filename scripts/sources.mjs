// Runs what stands for each acceptance check of the sources, and prints a table: check, this library, the real SDK in the same
// run. `--only mixpanel` or `--only snowplow`: one of them; `--check 12`: one check; `--write`: the table goes into
// docs/sources.md; `--page`: writes docs/acceptance.md anew and runs nothing.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromePath } from "./chrome.mjs";
import { CHECKS } from "./sources/checks.mjs";
import { MUTANTS } from "./sources/mutants.mjs";
import { beginning, testsOf } from "./sources/named.mjs";
import { cell, writePage } from "./sources/page.mjs";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    check: { type: "string" },
    write: { type: "boolean" },
    page: { type: "boolean" },
  },
});
if (values.only && !(values.only in CHECKS))
  throw new RangeError(
    `There is no "${values.only}"; write --only ${Object.keys(CHECKS).join(" or --only ")}.`,
  );

/** What plays a scenario as this library: its own tracker, and the same in the SDK's words. */
const OURS = ["tracker", "dialect"];
const SDKS = {
  mixpanel: { name: "mixpanel-browser" },
  snowplow: { name: "@snowplow/browser-tracker" },
};

const read = (path) =>
  readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const versionOf = (name) =>
  JSON.parse(read(`node_modules/${name}/package.json`)).version;

/** Whether a test that ran is the one that a source names. */
const isOf = (result, { file, name }) =>
  result.file === file && result.name.startsWith(beginning(name));

async function scenariosOf(system) {
  const folder = "../test/support/real-sdks";
  const [{ scenarios }, more] = await Promise.all([
    import(`${folder}/scenarios.${system}.mjs`),
    import(`${folder}/scenarios.${system}.more.mjs`),
  ]);
  return [...scenarios, ...more.scenarios];
}

async function playAll(system, checks) {
  const { play } = await import("./sources/play.mjs");
  const wanted = new Set(checks.flatMap(({ scenarios = [] }) => scenarios));
  const bridged = new Set(checks.flatMap((check) => check.bridged ?? []));
  const all = (await scenariosOf(system)).filter(
    ({ id }) => wanted.has(id) || bridged.has(id),
  );
  if (!all.length) return [];
  const ours = OURS.map((name) => `${system}+${name}`);
  return play(system, all, {
    subjectsOf: ({ id }) => [
      system,
      ...(wanted.has(id) ? ours : []),
      ...(bridged.has(id) ? [`${system}+bridge`] : []),
    ],
    tell({ scenario, outcomes }) {
      const words = Object.entries(outcomes).map(
        ([as, { seen, isFault, skipped }]) =>
          `${as}${isFault ? " ✗" : ""} ${skipped ? "(skipped)" : seen}`,
      );
      console.log(`  ${scenario.id.padEnd(5)} ${words.join(" | ")}`);
    },
  });
}

/** One line of the table. */
function judge(system, check, { units, played, unfound }) {
  const bad = [];
  const notes = [];
  const faults = [];
  let count = 0;
  for (const test of testsOf(system, check)) {
    const ran = units.filter((result) => isOf(result, test));
    const isLost = units.some(({ file, name }) => file === test.file && !name);
    const failed = ran.filter(({ passed }) => !passed);
    count += ran.filter(({ passed, skipped }) => passed && !skipped).length;
    if (ran.length && ran.every(({ skipped }) => skipped))
      notes.push(`not run here: ${test.name}`);
    if (failed.length || !ran.length || isLost)
      bad.push(`${test.file}: ${failed[0]?.name ?? test.name}`);
  }
  const look = (id, subjects) => {
    const outcomes = played.find(({ scenario }) => scenario.id === id).outcomes;
    for (const as of subjects) {
      const { isFault, seen, skipped } = outcomes[as];
      if (isFault) bad.push(`${id} ${as}: ${seen}`);
      else if (!skipped) count++;
    }
    const real = outcomes[system];
    if (real.isFault) faults.push(id);
    else if (!real.skipped) notes.push(`${id}: the SDK is right too`);
  };
  const { scenarios = [], bridged = [] } = check;
  for (const id of scenarios)
    look(
      id,
      OURS.map((name) => `${system}+${name}`),
    );
  for (const id of bridged) look(id, [`${system}+bridge`]);
  if (check.mutants) {
    count += MUTANTS.length - unfound.length;
    bad.push(...unfound.map((fault) => `not found: ${fault}`));
  }
  const isNothing = !count && !bad.length;
  return {
    number: `${system} ${check.check}`,
    passed: !bad.length && !isNothing,
    isNothing,
    ours: bad.length
      ? `FAILED ${bad.join("; ")}`
      : isNothing
        ? notes[0]
          ? "not run here"
          : "does not apply"
        : `${count} passed`,
    real:
      scenarios.length + bridged.length
        ? faults.join(", ") || "no fault seen"
        : "",
    notes,
  };
}

function print(rows) {
  const [first, second] = ["number", "ours"].map((key) =>
    Math.max(...rows.map((row) => row[key].length)),
  );
  console.log(
    `\n${"check".padEnd(first)} | ${"ours".padEnd(Math.min(second, 60))} | real SDK: faults seen in this run`,
  );
  for (const { number, ours, real } of rows)
    console.log(
      `${number.padEnd(first)} | ${ours.padEnd(Math.min(second, 60))} | ${real}`,
    );
  const notes = rows.flatMap((row) => row.notes);
  if (notes.length) console.log(`\nNotes\n  ${notes.join("\n  ")}`);
}

/** The results as a page. */
function write(rows, systems, seconds) {
  const sdks = systems
    .map((system) => SDKS[system].name)
    .map((name) => `${name} ${versionOf(name)}`);
  const table = rows.map(
    ({ number, ours, real }) =>
      `| ${[number, ours, real].map(cell).join(" | ")} |`,
  );
  const notes = rows.flatMap((row) => row.notes.map((note) => `- ${note}`));
  const page = `# The acceptance checks, run

By \`npm run test:sources -- --write\` on ${new Date().toISOString().slice(0, 10)}, in ${Math.round(seconds)} s, with ${sdks.join(" and ")}. [acceptance.md](acceptance.md)
tells what each check demands. "Passed" counts tests and scenarios of this library; the last column names the scenarios in
which the real SDK showed its fault in this run.

| check | this library | the real SDK: faults seen |
| ----- | ------------ | ------------------------- |
${table.join("\n")}
${notes.length ? `\n${notes.join("\n")}\n` : ""}`;
  writeFileSync(new URL("../docs/sources.md", import.meta.url), page);
}

async function main() {
  const from = Date.now();
  process.env.CHROME_PATH = await chromePath();
  const { unitResults, unfoundMutants } = await import("./sources/units.mjs");
  const systems = Object.keys(CHECKS).filter(
    (system) => !values.only || values.only === system,
  );
  const work = systems.map((system) => ({
    system,
    checks: CHECKS[system].filter(
      ({ check }) => !values.check || `${check}` === values.check,
    ),
  }));
  const files = work.flatMap(({ system, checks }) =>
    checks.flatMap((check) => testsOf(system, check).map(({ file }) => file)),
  );
  const isMutated = work.some(({ checks }) => checks.some((c) => c.mutants));
  if (isMutated) files.push(...MUTANTS.flatMap(({ tests }) => tests));
  console.log("— named tests");
  const units = await unitResults([...new Set(files)]);
  console.log(`  ${units.filter(({ passed }) => passed).length} passed`);
  if (isMutated) console.log("— mutants");
  const unfound = isMutated ? await unfoundMutants(units) : [];
  const rows = [];
  for (const { system, checks } of work) {
    console.log(`— ${system}`);
    const played = await playAll(system, checks);
    for (const check of checks)
      rows.push(judge(system, check, { units, played, unfound }));
  }
  print(rows);
  if (values.write) write(rows, systems, (Date.now() - from) / 1000);
  const passed = rows.filter((row) => row.passed).length;
  const idle = rows.filter((row) => row.isNothing).length;
  const failed = rows.length - passed - idle;
  if (idle)
    console.log(
      `\n${idle} do not apply or not here: docs/acceptance.md says why`,
    );
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

if (values.page) writePage();
else await main();
