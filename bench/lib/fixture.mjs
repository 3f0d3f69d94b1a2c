import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, minifyCss } from "./build.mjs";
import { BENCH } from "./paths.mjs";

const pathOf = (name) => join(BENCH, "fixtures", name);

/**
 * Builds a file of `fixtures/`. The style sheets in `styles` become the constant `STYLES`, minified: a bundler would leave
 * the spaces of a style in a template as they are, and they would count as bytes.
 */
export async function fixture(name, { styles = [], define = {}, format }) {
  const css = styles.length
    ? await minifyCss(...styles.map((style) => pathOf(`${style}.css`)))
    : "";
  return bundle(readFileSync(pathOf(name), "utf8"), {
    loader: name.endsWith(".ts") ? "ts" : "js",
    format,
    define: { STYLES: JSON.stringify(css.toString().trim()), ...define },
  });
}
