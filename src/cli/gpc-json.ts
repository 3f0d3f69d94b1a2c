import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { gpcJson as body } from "../server/sec-gpc.js";
import { UsageError, type Subcommand } from "./words.js";

/** The body for that day, or an error in the words of the command line. */
function bodyFor(day: string): string {
  try {
    return body(day);
  } catch {
    throw new UsageError(
      `--last-update is "${day}"; write a day such as 2026-11-22`,
    );
  }
}

/**
 * Writes a site's word that it honours Global Privacy Control, to be served at `/.well-known/gpc.json` as
 * `application/json` (w3c.github.io/gpc, "GPC Support Resource"). It is a promise: the site must keep it.
 */
export const gpcJson: Subcommand = {
  usage: "gpc-json [--out <file>] [--last-update <YYYY-MM-DD>]",
  summary:
    "writes what a site that honours Global Privacy Control serves at /.well-known/gpc.json",
  run(words) {
    const {
      values: {
        out,
        "last-update": lastUpdate = new Date().toISOString().slice(0, 10),
      },
    } = parseArgs({
      args: words,
      options: {
        out: { type: "string" },
        "last-update": { type: "string" },
      },
    });
    const text = `${bodyFor(lastUpdate)}\n`;
    if (!out) return text;
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text);
    return `wrote ${out}\n`;
  },
};
