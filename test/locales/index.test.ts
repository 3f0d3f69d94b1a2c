import { expect } from "@open-wc/testing";
import { words as en } from "../../src/locales/en.js";
import { loadWords } from "../../src/locales/index.js";

describe("loadWords", () => {
  const tags = [
    ["en", "en"],
    ["EN", "en"],
    ["en-US", "en"],
    ["en-GB-oxendict", "en"],
    // Unknown, absent or nonsense: English, never an error and never half a language.
    ["tlh", "en"],
    ["tlh-Latn-DE", "en"],
    ["", "en"],
    ["-", "en"],
    ["x-private", "en"],
    ["constructor", "en"],
    ["__proto__", "en"],
  ] as const;
  for (const [tag, lang] of tags)
    it(`finds "${lang}" for "${tag}"`, async () => {
      const words = await loadWords(tag);
      expect(words.lang).to.equal(lang);
    });

  it("hands out the language as it is written", async () => {
    expect(await loadWords("en")).to.equal(en);
  });
});
