import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What an encoder of TC strings cannot do without: names of the string's own fields and segments, and of packages that write it. */
const ENCODER =
  /tcfeuv2|tcfcav1|(?<!toU)tcString|consentScreen|vendorListVersion|vendorsAllowed|publisherRestrictions|purposesLITransparency|numCustomPurposes|@iabtcf|iabtcf/i;

/** Every file below `folder` that ends in `.js`. */
const scripts = (/** @type {string} */ folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(root, folder, file));

describe("the build", () => {
  it("has nothing that could make a TC string (TCF-1)", () => {
    const files = scripts("dist");
    assert.ok(files.some((file) => file.endsWith("cmps.js")));
    assert.ok(files.some((file) => file.endsWith("gpp.js")));
    assert.deepEqual(
      files.filter((file) => ENCODER.test(readFileSync(file, "utf8"))),
      [],
    );
  });

  it("leaves the package that can, of which GPP uses other parts, outside", () => {
    assert.match(
      readFileSync(join(root, "dist/gpp.js"), "utf8"),
      /from\s*["']@iabgpp\/cmpapi["']/,
    );
    for (const file of scripts("dist"))
      if (!file.endsWith("gpp.js"))
        assert.doesNotMatch(readFileSync(file, "utf8"), /@iabgpp/, file);
  });

  it("would be seen to: the package's own encoder is", () => {
    const files = scripts("node_modules/@iabgpp/cmpapi/lib/mjs");
    assert.ok(files.some((file) => ENCODER.test(readFileSync(file, "utf8"))));
  });
});
