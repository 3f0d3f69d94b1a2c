#!/usr/bin/env node
/// <reference types="node" />
/**
 * `npx consent-elements <subcommand>`: writes what belongs into a site's files. Ends with 2 for words that it does not
 * understand, and says what to write.
 * @module
 */
import { googleConsent } from "./google-consent.js";
import { gpcJson } from "./gpc-json.js";
import type { Subcommand } from "./words.js";

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  "google-consent": googleConsent,
  "gpc-json": gpcJson,
};

process.exitCode = run(process.argv.slice(2));

function usage(): string {
  const lines = Object.values(SUBCOMMANDS).map(
    (each) => `  ${each.usage}\n      ${each.summary}`,
  );
  return `usage: consent-elements <subcommand>\n${lines.join("\n")}\n`;
}

function run([name, ...words]: string[]): number {
  if (name === "--help" || name === "-h") {
    process.stdout.write(usage());
    return 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name ?? "")
    ? SUBCOMMANDS[name!]
    : undefined;
  if (!subcommand) {
    const given = name
      ? `"${name}" is no subcommand`
      : "there is no subcommand";
    console.error(
      `${given}; write ${Object.keys(SUBCOMMANDS).join(" or ")}\n${usage()}`,
    );
    return 2;
  }
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(
      `usage: consent-elements ${subcommand.usage}\n${subcommand.summary}\n`,
    );
    return 0;
  }
  try {
    process.stdout.write(subcommand.run(words));
    return 0;
  } catch (error) {
    console.error(
      `${(error as Error).message}\nusage: consent-elements ${subcommand.usage}`,
    );
    return 2;
  }
}
