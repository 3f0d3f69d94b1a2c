import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** @type {Promise<import("vite").ViteDevServer> | undefined} */
let opening;

/**
 * Loads a file of `src/` in Node, where there is no document: `await loadSource("index.ts")`. All that a test file loads
 * share one library, as in an app, and what the library fetches later comes too.
 *
 * @param {string} file
 */
export async function loadSource(file) {
  if (!opening) {
    opening = createServer({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      configFile: false,
      logLevel: "error",
      appType: "custom",
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true, include: [] },
    });
    after(async () => (await opening)?.close());
  }
  return (await opening).ssrLoadModule(`/src/${file}`);
}
