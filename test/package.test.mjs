import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { VERSION } from "../dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (/** @type {string} */ file) =>
  readFileSync(join(root, file), "utf8");
const { version, dependencies } = JSON.parse(read("package.json"));

/**
 * A built file with everything that it imports statically.
 *
 * @param {string} file
 * @returns {string[]}
 */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const code = read(file);
  const imports = code.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g);
  return [
    code,
    ...[...imports].flatMap(([, path = ""]) =>
      withImports(join(dirname(file), path), seen),
    ),
  ];
}

describe("the package", () => {
  it("names its version in its events", () => {
    assert.equal(VERSION, version);
  });

  it("depends on three packages at run time, each named in ARCHITECTURE.md", () => {
    assert.deepEqual(Object.keys(dependencies), [
      "@lit/context",
      "js-cookie",
      "lit",
    ]);
    const reasons = read("ARCHITECTURE.md");
    for (const name of Object.keys(dependencies))
      assert.ok(reasons.includes(`\`${name}\``), name);
  });

  it("loads every page with one file: what is fetched late shares none of its code", () => {
    assert.deepEqual(withImports("dist/cdn/auto.js").length, 1);
  });

  it("ships the themes and the rules, each where its name leads", () => {
    for (const file of ["themes/paper.css", "rules/autoconsent.json"])
      assert.equal(read(`dist/${file}`), read(`src/${file}`));
  });

  it("works in Node, where there is no DOM, without registering anything", async () => {
    const { createConsent, createTracker } = await import("../dist/index.js");
    const consent = createConsent({ storage: "memory" });
    const tracker = createTracker({
      consent,
      destination: { batchSize: 1, deliver: assert.fail, complaint: () => "" },
    });
    tracker.track("held");
    assert.equal(consent.isGranted("analytics"), false);
    await import("../dist/elements.js");
  });
});

describe("the script that says Google's default", () => {
  it("stands alone in a page's head, and names no host", () => {
    const code = read("dist/cdn/google-consent.js");
    assert.doesNotMatch(code, /(?<!")\b(import|export)\b|https?:/);
  });
});

describe("the drop-in", () => {
  const gate = withImports("dist/cdn/auto.js");

  it("is one file, without Lit", () => {
    assert.equal(gate.length, 1);
    assert.doesNotMatch(gate.join(""), /lit-html|litElement|reactive-element/i);
  });

  it("names no host but Mixpanel's, and that only where it sends", () => {
    assert.deepEqual(gate.join("").match(/https?:\/\/[\w.-]+/g), null);
  });

  it("keeps Lit in the chunk that the banner needs", () => {
    const [chunk = ""] =
      /chunks\/interface-[\w.-]+\.js/.exec(gate.join("")) ?? [];
    assert.match(read(`dist/cdn/${chunk}`), /lit\$/);
  });
});
