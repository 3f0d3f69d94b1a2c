import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../src", import.meta.url));

/**
 * Which rooms a room may import from while the program runs. A file at the top of src/ is an entry or composes for
 * entries and may import all of them. ARCHITECTURE.md draws the same picture.
 *
 * @type {Record<string, string[]>}
 */
const FLOORS = {
  consent: [],
  locales: [],
  storage: ["consent"],
  tracker: ["consent"],
  dialects: ["consent", "storage", "tracker"],
  bridges: ["consent", "storage"],
  testing: ["consent"],
  gate: ["consent", "locales", "storage"],
  vendors: ["consent", "gate", "tracker"],
  cmps: ["consent", "gate", "tracker"],
  server: ["consent"],
  cli: ["consent", "gate", "server", "vendors"],
  elements: ["consent", "locales"],
};

/** What rooms may import from packages. Only what is visible may import Lit. */
const PACKAGES = {
  storage: ["js-cookie"],
  dialects: ["js-cookie"],
  testing: ["node:fs", "node:path", "node:util"],
  cmps: ["@iabgpp/cmpapi"],
  server: ["node:http"],
  cli: [
    "node:crypto",
    "node:fs",
    "node:path",
    "node:process",
    "node:url",
    "node:util",
  ],
  elements: ["lit", "@lit/context"],
};

/** Elements that every page loads; they must do without Lit. */
const LIGHT = [
  "elements/consent-manager.ts",
  "elements/consent-purpose.ts",
  "elements/late-element.ts",
  "elements/light-element.ts",
];

/** What comes to every page that names such an element, and must do without Lit as well. */
const LATE = ["elements/embed.ts", "elements/trigger.ts"];

/** A type-only import is gone when the program runs, so it may look further: the manager names the tracker it holds. */
const TYPE_FLOORS = {
  elements: ["gate", "tracker"],
  gate: ["elements"],
  vendors: ["elements"],
};

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

/** @param {string} file */
function importsOf(file) {
  const code = readFileSync(join(src, file), "utf8");
  const found = [];
  const pattern =
    /^(?:import|export)\s(type\s)?[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
  for (const [, type, from, bare, lazy] of code.matchAll(pattern)) {
    const specifier = from ?? bare ?? lazy ?? "";
    found.push({
      type: !!type,
      lazy: !!lazy,
      target: specifier.startsWith(".")
        ? relative(src, join(src, dirname(file), specifier)).replaceAll(
            "\\",
            "/",
          )
        : undefined,
      specifier,
    });
  }
  return found;
}

const roomOf = (/** @type {string} */ file) =>
  file.includes("/") ? file.split("/", 1)[0] : "";

describe("the house", () => {
  it("has a floor for every room", () => {
    const rooms = new Set(files.map(roomOf).filter(Boolean));
    assert.deepEqual([...rooms].toSorted(), Object.keys(FLOORS).toSorted());
  });

  it("imports nothing upward or sideways", () => {
    const wrong = [];
    for (const file of files) {
      const room = roomOf(file);
      if (!room) continue;
      for (const { type, target, specifier } of importsOf(file)) {
        const allowed = target
          ? [
              room,
              ...(FLOORS[room] ?? []),
              ...(type ? (TYPE_FLOORS[room] ?? []) : []),
            ].includes(roomOf(target) ?? "") ||
            ["version.js", "cmp-visible.js"].includes(target)
          : (PACKAGES[room] ?? []).some(
              (name) => specifier === name || specifier.startsWith(`${name}/`),
            );
        if (!allowed) wrong.push(`${file} imports ${specifier}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it("keeps Lit out of what every page loads", () => {
    const seen = new Set();
    const visit = (/** @type {string} */ file) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { type, lazy, target, specifier } of importsOf(file)) {
        if (type || lazy) continue;
        assert.doesNotMatch(
          specifier,
          /^@?lit/,
          `${file} imports ${specifier}`,
        );
        if (target) visit(target.replace(/\.js$/, ".ts"));
      }
    };
    visit("auto.ts");
    visit("index.ts");
    for (const file of LATE) visit(file);
    for (const file of LIGHT) assert.ok(seen.has(file), `${file} is light`);
  });
});
