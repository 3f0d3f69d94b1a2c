#!/usr/bin/env node
// Measures the library beside others. README.md says how to run it and how to read what it prints.
import { readOptions } from "./lib/options.mjs";
import { prepare } from "./lib/prepare.mjs";

const options = readOptions(process.argv.slice(2));
prepare();
// Only now: what this imports may not have been installed before.
const { run } = await import("./lib/session.mjs");
await run(options);
