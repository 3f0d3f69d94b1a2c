// What has to be there before anything can be measured: the pinned peers, and a build of the library.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BENCH, DIST } from "./paths.mjs";

function stop(words) {
  console.error(`bench: ${words}`);
  process.exit(1);
}

export function prepare() {
  for (const file of ["index.js", "cdn/auto.js"])
    if (!existsSync(join(DIST, file)))
      stop(
        `${join(DIST, file)} is not there. Run "npm run build" first, or name a build with OURS_DIST.`,
      );
  // npm writes this file last, so a broken install is made again.
  if (existsSync(join(BENCH, "node_modules/.package-lock.json"))) return;
  console.error(
    "bench: first use: installing the pinned peers into bench/node_modules (some 200 MB) ...",
  );
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: BENCH,
    // What npm says goes to stderr: stdout is for the results.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0)
    stop(`"npm ci" in ${BENCH} failed, so there is nothing to compare with.`);
}
