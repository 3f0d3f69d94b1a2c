import { expect } from "@open-wc/testing";
import { words as en } from "../../src/locales/en.js";
import { loadWords } from "../../src/locales/index.js";

describe("loadWords", () => {
  const tags = [
    ["en", "en"],
    ["EN", "en"],
    ["en-US", "en"],
    ["en-GB-oxendict", "en"],
    // Norwegian in either of its written forms, and in the name that covers both.
    ["nb", "nb"],
    ["no", "nb"],
    ["nn-NO", "nb"],
    // A script of one's own: said by the tag, or customary where it is from.
    ["sr", "sr"],
    ["sr-BA", "sr"],
    ["sr-Cyrl-ME", "sr"],
    ["sr-ME", "sr-Latn"],
    ["sr-Latn-RS", "sr-Latn"],
    ["SR-LATN", "sr-Latn"],
    ["sh", "sr-Latn"],
    // A region that has no words of its own.
    ["ru-KZ", "ru"],
    ["tr-CY", "tr"],
    ["uk-PL", "uk"],
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
