import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NAMED } from "./checks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @typedef {"mixpanel" | "snowplow"} System
 * @typedef {{ file: string, name: string }} Test `name` ends where the source puts a value into it.
 */

/** The numbers that a test's name begins with: `check 4, 12: …` has two. */
export function numbersOf(/** @type {string} */ name) {
  const head = /^checks? [\d, andchek]+:/.exec(name)?.[0] ?? "";
  return (head.match(/\d+/g) ?? []).map(Number);
}

/** What a name is known by: the part before the first value that is put into it. */
export const beginning = (/** @type {string} */ name) =>
  name.replace(/\$\{.*/s, "");

/** The names of the tests in a file, as they are written. */
export function testsIn(/** @type {string} */ file) {
  if (!existsSync(join(root, file))) return [];
  const source = readFileSync(join(root, file), "utf8");
  const calls = /\b(?:it|test)\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/gs;
  return [...source.matchAll(calls)].map(([, , name = ""]) =>
    name.replaceAll(/\\(.)/g, "$1"),
  );
}

/**
 * The tests that are named after checks of `system`.
 *
 * @param {System} system
 * @returns {Test[]}
 */
export function namedTests(system) {
  const files = NAMED[system].flatMap(([folder = "", start = ""]) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter(
            (name) => name.startsWith(start) && /\.test\.(ts|mjs)$/.test(name),
          )
          .map((name) => `${folder}/${name}`)
      : [],
  );
  return files.flatMap((file) =>
    testsIn(file)
      .filter((name) => numbersOf(name)[0])
      .map((name) => ({ file, name })),
  );
}

/**
 * The tests that stand for a check.
 *
 * @param {System} system
 * @param {import("./checks.mjs").Check} check
 * @returns {Test[]}
 */
export function testsOf(system, { check, tests = [] }) {
  return [
    ...namedTests(system).filter(({ name }) => numbersOf(name).includes(check)),
    ...tests.map(([file, name]) => ({ file, name })),
  ];
}
