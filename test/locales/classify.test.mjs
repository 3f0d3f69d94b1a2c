import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

// Its patterns are no part of what the package exports.
const { classifyButtonTextRegex: classify } = await loadSource(
  "../node_modules/@duckduckgo/autoconsent/lib/heuristics.ts",
);
const { LANGUAGES } = await loadSource("locales/index.ts");

/** What each label should be taken for. */
const MEANT = {
  accept: "accept",
  reject: "reject",
  preferences: "settings",
};

/**
 * Labels that are taken for nothing, by language. For most languages the patterns have none at all; where they have some,
 * these are not among them, and the reason is beside.
 *
 * @type {Record<string, string[]>}
 */
const UNKNOWN = {
  // "Aceitar" and "Aceitar cookies" are; a yes that says it is for all is not.
  pt: ["accept"],
  // There is a pattern for refusing only.
  sv: ["accept", "preferences"],
  // "Souhlasím", I agree, does not say to what, and stands beside no refusal for all.
  cs: ["accept", "reject"],
  // No words for preferences are.
  tr: ["preferences"],
  // "Принять" does not say what, and "Принять все файлы cookie" has no counterpart that refuses.
  ru: ["accept", "reject"],
  // "Tolak cookie" alone is; it names neither all nor what is more than cookies, and "Terima cookie" is not.
  id: ["accept", "reject", "preferences"],
  // "Настройки" is the Russian word as well.
  bg: ["accept", "reject"],
  ...Object.fromEntries(
    "ar bn cy da el et fa fi ga he hi hr hu is ja ko lt lv mt nb ro sk sl sq sr sr-latn th uk vi zh-hans zh-hant"
      .split(" ")
      .map((name) => [name, Object.keys(MEANT)]),
  ),
};

describe("the labels of the buttons, as autoconsent's patterns read them", () => {
  for (const [name, load] of Object.entries(LANGUAGES))
    it(`say in ${name} what they do, or are not known to it`, async () => {
      const { words } = await load();
      const unknown = UNKNOWN[name] ?? [];
      assert.deepEqual(
        Object.keys(MEANT).map((key) => [words[key], classify(words[key])]),
        Object.entries(MEANT).map(([key, kind]) => [
          words[key],
          unknown.includes(key) ? "other" : kind,
        ]),
      );
    });
});
