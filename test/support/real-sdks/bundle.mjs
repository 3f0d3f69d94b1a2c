import { fileURLToPath } from "node:url";
import { build } from "vite";

/**
 * Bundles a page script of the lab, with the real SDK in it, into one text. Nothing is written.
 *
 * @param {string} sdk `mixpanel` or `snowplow`.
 */
export async function bundleLab(sdk) {
  const output = /** @type {any} */ (
    await build({
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        minify: true,
        target: "es2022",
        lib: {
          entry: fileURLToPath(new URL(`lab.${sdk}.ts`, import.meta.url)),
          formats: ["iife"],
          name: "lab",
        },
      },
    })
  );
  return /** @type {string} */ ([output].flat()[0].output[0].code);
}
