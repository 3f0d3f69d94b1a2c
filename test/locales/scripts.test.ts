import { expect } from "@open-wc/testing";
import { loadWords } from "../../src/locales/index.js";

describe("loadWords, where the tag leaves the script or the language's present name unsaid", () => {
  const tags = [
    // A region that says nothing of its script is read in the script that is usual there.
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-Hant-MO", "zh-Hant"],
    // The script that is named counts for more than the region.
    ["zh-Hans-HK", "zh-Hans"],
    ["zh-Hant-CN", "zh-Hant"],
    ["ZH-hant", "zh-Hant"],
    // The codes that ISO 639 has withdrawn; some systems still send them.
    ["iw", "he"],
    ["iw-IL", "he"],
    ["in", "id"],
    ["in-ID", "id"],
    ["fa-AF", "fa"],
    ["ar-EG", "ar"],
  ] as const;
  for (const [tag, lang] of tags)
    it(`finds "${lang}" for "${tag}"`, async () => {
      const words = await loadWords(tag);
      expect(words.lang).to.equal(lang);
    });
});
