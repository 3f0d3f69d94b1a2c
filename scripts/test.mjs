// What `npm test` runs: every check in turn, all of them even when one fails, and one line of counts at the end.
// `node scripts/test.mjs units visits` runs the named ones alone.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromePath } from "./chrome.mjs";

const folder = mkdtempSync(join(tmpdir(), "consent-elements-"));

/** Runs a command and shows what it prints. Resolves to whether it ended well. */
function run(command, words, env = {}) {
  return new Promise((done) => {
    spawn(command, words, {
      stdio: "inherit",
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
    }).on("close", (code) => done(code === 0));
  });
}

/** A check that passes or fails as a whole: a script of package.json. */
const check = (script) => async () => {
  const ok = await run("npm", ["run", "--silent", script]);
  return { passed: +ok, failed: +!ok };
};

/** Runs tests that write their count into a file. Ending badly without a failed test, or without any, is a failure too. */
const tests = (command, words) => async () => {
  const file = join(folder, "count.json");
  const ok = await run(command, words(file), { TEST_COUNTS: file });
  let counts = { passed: 0, failed: 0 };
  try {
    counts = JSON.parse(readFileSync(file, "utf8"));
    rmSync(file);
  } catch {
    // The runner did not get as far as its count.
  }
  if (!counts.failed && (!ok || !counts.passed)) counts.failed = 1;
  return counts;
};

/** The tests in `folders` that run in Node. */
const nodeTests = (...folders) =>
  tests(process.execPath, (file) => [
    "--test",
    "--test-concurrency=2",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./scripts/count-reporter.mjs",
    `--test-reporter-destination=${file}`,
    ...folders.flatMap((path) =>
      readdirSync(path)
        .filter((name) => name.endsWith(".test.mjs"))
        .map((name) => join(path, name)),
    ),
  ]);

const STEPS = {
  types: check("test:types"),
  lint: check("test:lint"),
  build: check("build"),
  package: check("test:package"),
  size: check("size"),
  node: nodeTests(
    "test",
    "test/collector",
    "test/model",
    "test/locales",
    "test/server",
  ),
  units: tests("npm", () => ["run", "--silent", "test:units"]),
  visits: nodeTests("test/e2e"),
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in STEPS));
if (unknown)
  throw new RangeError(
    `There is no step "${unknown}"; write ${Object.keys(STEPS).join(", ")}.`,
  );
process.env.CHROME_PATH = await chromePath();
const results = [];
for (const [name, step] of Object.entries(STEPS)) {
  if (named[0] && !named.includes(name)) continue;
  console.log(`\n— ${name}`);
  const from = Date.now();
  const counts = await step();
  results.push({ name, ...counts, seconds: (Date.now() - from) / 1000 });
}
rmSync(folder, { recursive: true });

console.log("");
for (const { name, passed, failed, seconds } of results)
  console.log(
    `${failed ? "✗" : "✓"} ${name}: ${passed} passed${failed ? `, ${failed} failed` : ""} (${seconds.toFixed(1)} s)`,
  );
const sum = (key) => results.reduce((total, each) => total + each[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") ? 1 : 0;
