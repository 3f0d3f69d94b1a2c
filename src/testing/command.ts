#!/usr/bin/env node
/// <reference types="node" />
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Capture } from "./capture.js";
import { findLeaks } from "./find-leaks.js";
import { RULES, type Level } from "./level.js";
import { faultsOf } from "./report.js";

const USAGE = `usage: consent-elements-verify <${Object.keys(RULES).join("|")}> [--known <identifier>]... [--endpoint <url>]... <capture.json|visit.har>...`;

/** Ends with 1 for a leak or a capture without events, with 2 for a command that could not be understood. */
process.exitCode = run();

function run(): number {
  try {
    const { level, files, ...options } = readWords();
    let failed = false;
    for (const file of files) {
      const capture = readCapture(file);
      const findings = findLeaks(capture, { level, ...options });
      const faults = faultsOf(findings, level);
      failed ||= faults.length > 0;
      const { events, leaks } = findings;
      console.log(
        `${faults.length > 0 ? "FAIL" : "pass"} ${basename(file)}: events ${events}, leaks ${leaks.length}`,
      );
      for (const fault of faults) console.log(`     ${fault}`);
    }
    return failed ? 1 : 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
}

function readCapture(file: string): Capture {
  // Some programs begin a file with a mark of its encoding.
  const content = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  try {
    return JSON.parse(content) as Capture;
  } catch (error) {
    throw new SyntaxError(`${basename(file)}: ${(error as Error).message}`);
  }
}

function readWords() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      known: { type: "string", multiple: true },
      endpoint: { type: "string", multiple: true },
    },
  });
  const [level, ...files] = positionals;
  if (!level || files.length === 0)
    throw new TypeError("A level and at least one capture are needed.");
  return { level: level as Level, files, ...values };
}
