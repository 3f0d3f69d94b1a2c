import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { transform } from "lightningcss";

const read = (/** @type {string} */ path) =>
  readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

const VISIBLE = ["consent-banner", "consent-preferences"];

/** @param {string} element @param {string} tag */
const told = (element, tag) =>
  [
    ...read(`src/elements/${element}.ts`).matchAll(
      new RegExp(`@${tag} (?:\\{.*?\\} )?\\[?([\\w-]+)`, "g"),
    ),
  ].map(([, name]) => name ?? "");

/** @type {Record<string, string[]>} */
const parts = {};
/** @type {Record<string, string[]>} */
const slots = {};
for (const element of VISIBLE) {
  parts[element] = told(element, "csspart");
  slots[element] = told(element, "slot");
}
const properties = VISIBLE.flatMap((element) => told(element, "cssproperty"));

const docs = read("docs/theming.md");
const blocks = (/** @type {string} */ language) =>
  [...docs.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, code]) => code ?? "",
  );

/** The first column of the table whose head begins with `head`. @param {string} head */
const column = (head) => {
  const table = docs
    .slice(docs.indexOf(`| ${head}`))
    .split("\n\n", 1)[0]
    ?.split("\n")
    .slice(2);
  return (table ?? []).map((row) => /`([^`]+)`/.exec(row)?.[1] ?? "");
};

/** Every property and part in `css` that is none of ours, and every declaration that is none. @param {string} css */
function wrong(css) {
  const found = [];
  for (const [name] of css.matchAll(/--consent-[\w-]+/g))
    if (!properties.includes(name)) found.push(name);
  // `consent-banner[layout="box"]::part(banner)`: which element, which part.
  for (const [, element, part] of css.matchAll(
    /([\w-]+)(?:\[[^\]]*\]|:not\([^)]*\))*::part\(([\w-]+)\)/g,
  ))
    if (!parts[element ?? ""]?.includes(part ?? ""))
      found.push(`${element}::part(${part})`);
  const { warnings } = transform({
    filename: "theming.css",
    code: Buffer.from(css),
    errorRecovery: true,
  });
  return [...found, ...warnings.map(({ message }) => message)];
}

describe("docs/theming.md", () => {
  it("names every property, part and slot, and no other", () => {
    const sorted = (/** @type {readonly string[]} */ names) => names.toSorted();
    assert.deepEqual(sorted(column("property ")), sorted(properties));
    for (const element of VISIBLE)
      assert.deepEqual(
        sorted(column(`part of \`${element}\``)),
        sorted(parts[element] ?? []),
      );
    for (const element of VISIBLE)
      assert.deepEqual(
        sorted(
          column("slot ").filter((name) =>
            new RegExp(`^\\| \`${name}\` .*\`${element}\``, "m").test(docs),
          ),
        ),
        sorted(slots[element] ?? []),
      );
  });

  it("has CSS that parses and names only what there is", () => {
    const all = blocks("css");
    assert.ok(all.length > 5);
    assert.deepEqual(all.flatMap(wrong), []);
  });

  it("has markup with slots that there are", () => {
    for (const code of blocks("html"))
      for (const [, element = "", inside = ""] of code.matchAll(
        /<(consent-banner|consent-preferences)>(.*?)<\/\1>/gs,
      ))
        for (const [, name = ""] of inside.matchAll(/slot="([^"]+)"/g))
          assert.ok(slots[element]?.includes(name), `${element}: ${name}`);
  });

  it("lists the themes that there are", () => {
    assert.deepEqual(
      [...docs.matchAll(/`consent-elements\/themes\/([\w-]+\.css)`/g)]
        .map(([, name]) => name)
        .toSorted(),
      readdirSync(new URL("../src/themes", import.meta.url)).toSorted(),
    );
  });

  it("says the same defaults as the styles", () => {
    const styles = ["shared", ...VISIBLE]
      .map((name) => read(`src/elements/${name}.styles.ts`))
      .join("\n")
      .replace(/\s+/g, " ");
    for (const [, name = "", first = "", second = ""] of docs.matchAll(
      /^\| `(--consent-[\w-]+)` +\| `([^`]+)`(?:, `([^`]+)`)?/gm,
    )) {
      const value = second ? `light-dark(${first}, ${second})` : first;
      assert.ok(styles.includes(`var(${name}, ${value})`), `${name}: ${value}`);
    }
  });
});

describe("the themes", () => {
  for (const file of readdirSync(new URL("../src/themes", import.meta.url)))
    it(`${file} parses, and names only what there is`, () => {
      const css = read(`src/themes/${file}`);
      assert.deepEqual(wrong(css), []);
      // No font, picture or style sheet from anywhere.
      assert.doesNotMatch(css, /url\(|@import|@font-face/);
    });
});
