import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** This folder, with the pinned peers in its node_modules. */
export const BENCH = fileURLToPath(new URL("..", import.meta.url));

/** The built library. OURS_DIST names another build. */
export const DIST = resolve(process.env.OURS_DIST ?? join(BENCH, "../dist"));

/** The library's version. */
export const { version: VERSION } = JSON.parse(
  readFileSync(join(BENCH, "../package.json"), "utf8"),
);
