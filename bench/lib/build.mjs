import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { BENCH } from "./paths.mjs";

export const pkgPath = (name, ...rest) =>
  join(BENCH, "node_modules", name, ...rest);
export const pkgFile = (name, path) => readFileSync(pkgPath(name, path));
export const pkgVersion = (name) =>
  JSON.parse(pkgFile(name, "package.json")).version;

const SETTINGS = {
  bundle: true,
  minify: true,
  write: false,
  logLevel: "error",
};

const text = ({ outputFiles: [{ contents }] }) => Buffer.from(contents);

/** Bundles a source text with production settings, the way a site's own build would. */
export async function bundle(
  source,
  { format = "iife", loader = "tsx", dir = BENCH, define = {} } = {},
) {
  return text(
    await esbuild.build({
      ...SETTINGS,
      stdin: { contents: source, resolveDir: dir, loader },
      format,
      target: "es2022",
      legalComments: "none",
      jsx: "automatic",
      platform: "browser",
      external: ["/p/*"],
      conditions: ["browser", "production", "module", "import"],
      mainFields: ["browser", "module", "main"],
      // The library's own dependencies, for a build that lies elsewhere.
      nodePaths: [join(BENCH, "../node_modules")],
      define: { "process.env.NODE_ENV": '"production"', ...define },
    }),
  );
}

export async function minifyCss(...paths) {
  const entry = paths.map((path) => `@import ${JSON.stringify(path)};`);
  return text(
    await esbuild.build({
      ...SETTINGS,
      stdin: { contents: entry.join("\n"), resolveDir: BENCH, loader: "css" },
      external: ["*.woff2"],
    }),
  );
}

export const inlineJson = (value) =>
  JSON.stringify(value).replaceAll("<", "\\u003c");
