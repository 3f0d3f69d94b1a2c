import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Bundles the lab's page script, with both real SDKs, into one text. Nothing is written. */
export async function bundleLab() {
  const output = /** @type {any} */ (
    await build({
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        minify: false,
        target: "es2022",
        lib: {
          entry: fileURLToPath(new URL("lab.ts", import.meta.url)),
          formats: ["iife"],
          name: "lab",
        },
      },
    })
  );
  return /** @type {string} */ ([output].flat()[0].output[0].code);
}
