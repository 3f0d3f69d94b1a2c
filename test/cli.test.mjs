import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const snippet = readFileSync(
  new URL("../dist/cdn/google-consent.js", import.meta.url),
  "utf8",
).trim();

const folder = mkdtempSync(join(tmpdir(), "consent-elements-cli-"));
after(() => rmSync(folder, { recursive: true }));

/** @param {string[]} words */
function run(...words) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...words],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("consent-elements", () => {
  it("says at its first line what runs it", () => {
    assert.match(readFileSync(command, "utf8"), /^#!\/usr\/bin\/env node\n/);
  });

  it("says how it is used when it is asked, in all and for each subcommand", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    for (const name of ["gpc-json", "google-consent"]) {
      assert.ok(stdout.includes(`  ${name} [--`), name);
      const own = run(name, "--help");
      assert.equal(own.status, 0);
      assert.ok(own.stdout.startsWith(`usage: consent-elements ${name} [--`));
    }
  });

  it("ends with 2 and says what to write when it cannot understand the command", () => {
    /** @type {[string[], RegExp][]} */
    const cases = [
      [[], /^there is no subcommand; write google-consent or gpc-json\nusage/],
      [["gpc"], /^"gpc" is no subcommand; write google-consent or gpc-json\n/],
      [["constructor"], /^"constructor" is no subcommand/],
      [["gpc-json", "--output", "x"], /--output[^]*\nusage: .* gpc-json \[/],
      [["gpc-json", "x"], /\nusage: consent-elements gpc-json \[/],
      [
        ["gpc-json", "--last-update", "2026-02-30"],
        /^--last-update is "2026-02-30"; write a day such as 2026-11-22\n/,
      ],
      [["gpc-json", "--last-update", "today"], /; write a day such as /],
      [
        ["google-consent", "--cookie-name", "a b"],
        /^--cookie-name is "a b"; write a word such as consent\n/,
      ],
      [["google-consent", "--max-age", "P6M"], /; write days, such as P180D\n/],
      [["google-consent", "--purposes", "{ads}"], /; write JSON such as /],
      [["google-consent", "--regions", "ES"], /; write JSON such as /],
      [["google-consent", "--wait-for-update", "long"], /; write milliseconds/],
    ];
    for (const [words, said] of cases) {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 2, words.join(" "));
      assert.equal(stdout, "", words.join(" "));
      assert.match(stderr, said);
    }
  });
});

describe("consent-elements gpc-json", () => {
  it("prints what the standard asks for, dated today", () => {
    const from = new Date().toISOString().slice(0, 10);
    const { status, stdout } = run("gpc-json");
    const to = new Date().toISOString().slice(0, 10);
    assert.equal(status, 0);
    const { gpc, lastUpdate, ...others } = JSON.parse(stdout);
    assert.deepEqual({ gpc, others }, { gpc: true, others: {} });
    assert.ok(lastUpdate === from || lastUpdate === to, lastUpdate);
  });

  it("writes the file that it is told, with the folders above it", () => {
    const out = join(folder, "public", ".well-known", "gpc.json");
    assert.deepEqual(
      run("gpc-json", "--out", out, "--last-update", "2026-11-22"),
      { status: 0, stdout: `wrote ${out}\n`, stderr: "" },
    );
    assert.deepEqual(JSON.parse(readFileSync(out, "utf8")), {
      gpc: true,
      lastUpdate: "2026-11-22",
    });
  });

  it("ends with 2 where it cannot write", () => {
    const { status, stderr } = run("gpc-json", "--out", folder);
    assert.equal(status, 2);
    assert.match(stderr, /EISDIR/);
  });
});

describe("consent-elements google-consent", () => {
  it("prints the head's script inline, and the hash of exactly what stands in it", () => {
    const { status, stdout } = run("google-consent");
    assert.equal(status, 0);
    const [, said, code] =
      /^<!-- Content-Security-Policy: script-src 'sha256-(.*)' -->\n<script>([^]*)<\/script>\n$/.exec(
        stdout,
      ) ?? [];
    assert.equal(code, snippet);
    assert.equal(
      said,
      createHash("sha256")
        .update(code ?? "")
        .digest("base64"),
    );
  });

  it("puts its options into attributes, so that the hash stays the same", () => {
    const purposes = '{"ad_storage":"ads"}';
    const { stdout } = run(
      "google-consent",
      "--cookie-name=choices",
      '--revision=2026 "11" & on',
      `--purposes=${purposes}`,
      "--wait-for-update=500",
    );
    const [policy, tag = ""] = stdout.split("\n");
    assert.equal(policy, run("google-consent").stdout.split("\n")[0]);
    assert.equal(
      tag.slice(0, tag.indexOf(">")),
      '<script data-cookie-name="choices" data-revision="2026 &quot;11&quot; &amp; on" ' +
        'data-purposes="{&quot;ad_storage&quot;:&quot;ads&quot;}" data-wait-for-update="500"',
    );
  });

  it("has nothing in it that would end the script early", () => {
    assert.doesNotMatch(snippet, /<\/|<!--|\n/);
  });
});
