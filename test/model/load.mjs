import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

/**
 * Builds the model and what it tests into one file, and loads that in Node: thousands of stories need plain modules.
 *
 * @param {string} [root] the tree whose `src/` is tested; default: this one
 * @returns {Promise<typeof import("./story.js")>}
 */
export async function loadModel(
  root = fileURLToPath(new URL("../..", import.meta.url)),
) {
  const outDir = mkdtempSync(join(tmpdir(), "model-"));
  try {
    await build({
      root,
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true },
      build: {
        ssr: join(root, "test/model/story.ts"),
        outDir,
        minify: false,
        rollupOptions: {
          output: { codeSplitting: false, entryFileNames: "model.mjs" },
        },
      },
    });
    return await import(pathToFileURL(join(outDir, "model.mjs")).href);
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
