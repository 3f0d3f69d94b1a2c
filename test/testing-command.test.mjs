import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(
  new URL("../dist/verify-no-pii.js", import.meta.url),
);
const fixture = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`fixtures/${name}.json`, import.meta.url));
const CLEAN = fixture("snowplow-wire/anon-server");
const FULL = fixture("snowplow-wire/rn-full");

const folder = mkdtempSync(join(tmpdir(), "verify-no-pii-"));
after(() => rmSync(folder, { recursive: true }));

/**
 * A capture in a file of its own.
 *
 * @param {string} name
 * @param {string} content
 */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** @param {string[]} words */
function run(...words) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...words],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("consent-elements-verify", () => {
  it("says how many events it has judged, and ends with 0 when none of them leaks", () => {
    assert.deepEqual(run("server", CLEAN), {
      status: 0,
      stdout: "pass anon-server.json: events 11, leaks 0\n",
      stderr: "",
    });
  });

  it("ends with 1 when one of several captures leaks, and says where", () => {
    const { status, stdout } = run("client", FULL, CLEAN);
    assert.equal(status, 1);
    const lines = stdout.split("\n");
    assert.match(lines[0] ?? "", /^FAIL rn-full\.json: events 2, leaks \d+$/);
    assert.ok(
      lines.includes(
        "     event se: duid (#1 POST /com.snowplowanalytics.snowplow/tp2)",
      ),
      stdout,
    );
    assert.ok(lines.includes("pass anon-server.json: events 11, leaks 0"));
  });

  it("ends with 1 when there are no events, except where none are wanted", () => {
    const nothing = file("nothing.har", '{"log":{"entries":[]}}');
    const { status, stdout } = run("anonymous", nothing);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^FAIL nothing\.har: events 0, leaks 0\n +no events: /,
    );
    assert.equal(run("off", nothing).status, 0);
    assert.equal(run("off", CLEAN).status, 1);
  });

  it("looks for each known identifier, and only at the endpoints that are named", () => {
    const url = "https://c.shop.test/i?e=pv&aid=ada-lovelace";
    const capture = file("known.json", JSON.stringify([{ url }]));
    assert.equal(run("client", capture).status, 0);
    const known = ["--known", "nobody", "--known=ada-lovelace"];
    const { status, stdout } = run("client", ...known, capture);
    assert.equal(status, 1);
    assert.match(stdout, /url: the known ada… of 12 characters/);
    assert.doesNotMatch(stdout, /lovelace/);
    const elsewhere = ["--endpoint", "https://d.shop.test"];
    assert.match(run("client", ...elsewhere, capture).stdout, /no events/);
  });

  it("reads a file that begins with a mark of its encoding, and names one that is broken", () => {
    const content = readFileSync(CLEAN, "utf8");
    assert.equal(
      run("server", file("marked.json", `\uFEFF${content}`)).status,
      0,
    );
    const { status, stderr } = run("server", CLEAN, file("half.json", "{"));
    assert.equal(status, 2);
    assert.match(stderr, /^half\.json: /);
  });

  it("ends with 2 and shows how it is used when it cannot understand the command", () => {
    const cases = [
      [],
      ["client"],
      ["strict", CLEAN],
      ["client", "--knwon", "x", CLEAN],
      ["client", "--known", "x", CLEAN],
      ["client", join(folder, "missing.json")],
      ["client", file("broken.json", "{")],
      ["client", file("other.json", "{}")],
    ];
    for (const words of cases) {
      const { status, stderr } = run(...words);
      assert.equal(status, 2, words.join(" "));
      assert.match(stderr, /\nusage: consent-elements-verify <client\|/);
    }
  });

  it("says at its first line what runs it", () => {
    assert.match(readFileSync(command, "utf8"), /^#!\/usr\/bin\/env node\n/);
  });
});
