import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MUTANTS } from "./mutants.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const config = fileURLToPath(new URL("wtr.config.mjs", import.meta.url));
const reporter = new URL("names-reporter.mjs", import.meta.url).href;

/** @typedef {{ file: string, name: string, passed: boolean, skipped: boolean }} Result */

/**
 * Runs a command with a file for its results. Resolves to their text, empty where it did not get that far.
 *
 * @param {(file: string) => { command: string, words: string[], env?: Record<string, string> }} make
 * @returns {Promise<string>}
 */
async function run(make) {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  const file = join(folder, "results");
  const { command, words, env } = make(file);
  await new Promise((done) => {
    spawn(command, words, {
      cwd: root,
      stdio: "ignore",
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
    }).on("close", done);
  });
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  rmSync(folder, { recursive: true });
  return text;
}

/**
 * @param {readonly string[]} files
 * @param {Record<string, string>} [env]
 */
async function browserTests(files, env) {
  const text = await run((file) => ({
    command: "npx",
    words: ["wtr", "--config", config, "--files", ...files],
    env: { SOURCES_RESULTS: file, ...env },
  }));
  return /** @type {Result[]} */ (JSON.parse(text || "[]"));
}

/** @param {readonly string[]} files */
async function nodeTests(files) {
  const text = await run((file) => ({
    command: process.execPath,
    words: [
      "--test",
      "--test-concurrency=2",
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${file}`,
      ...files,
    ],
  }));
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => /** @type {Result} */ (JSON.parse(line)));
}

/**
 * Runs the tests of `files`, each where it belongs.
 *
 * @param {readonly string[]} files
 * @returns {Promise<Result[]>}
 */
export async function unitResults(files) {
  const isBrowsers = (/** @type {string} */ file) => file.endsWith(".ts");
  const [browsers, nodes] = [
    files.filter(isBrowsers),
    files.filter((file) => !isBrowsers(file)),
  ];
  return [
    ...(browsers[0] ? await browserTests(browsers) : []),
    ...(nodes[0] ? await nodeTests(nodes) : []),
  ];
}

/**
 * Puts each mutant into the sources and runs its tests. Returns the faults that no test has found.
 *
 * @param {readonly Result[]} sound What the same tests did with the sources as they are.
 * @returns {Promise<string[]>}
 */
export async function unfoundMutants(sound) {
  const unfound = [];
  for (const [number, { fault, file, from, tests }] of MUTANTS.entries()) {
    if (!readFileSync(join(root, file), "utf8").includes(from)) {
      unfound.push(`${fault} (${file} has changed: write it anew)`);
      continue;
    }
    const results = await browserTests(tests, { SOURCES_MUTANT: `${number}` });
    // A test that passes without the fault, not a file that does not run.
    const finder = results.find(
      ({ passed, ...test }) =>
        !passed &&
        sound.some(
          (other) =>
            other.passed &&
            other.file === test.file &&
            other.name === test.name,
        ),
    );
    console.log(`  ${fault}: ${finder ? finder.name : "not found"}`);
    if (!finder) unfound.push(fault);
  }
  return unfound;
}
