import { expect } from "@open-wc/testing";
import { dayOf, listOf, type View } from "../../src/elements/view.js";
import { LANGUAGES } from "../../src/locales/index.js";

const inWords = async (lang: string) =>
  ({ words: (await LANGUAGES[lang]!()).words }) as View;

describe("lists and days in words", () => {
  it("are those of the language", async () => {
    const german = await inWords("de");
    expect([
      listOf(german, ["A", "B", "C"]),
      dayOf(german, "2026-11-22T12:00:00.000Z"),
    ]).to.deep.equal(["A, B und C", "22. November 2026"]);
  });

  for (const lang of Object.keys(LANGUAGES))
    it(`are never English in the middle of ${lang}`, async () => {
      const view = await inWords(lang);
      const list = listOf(view, ["A", "B", "C"]);
      const day = dayOf(view, "2026-11-22T12:00:00.000Z");
      if (lang !== "en")
        expect(`${list} ${day}`).to.not.match(/ and |November 22/);
      expect(list).to.match(/A.*B.*C/);
    });

  it("do with commas and figures where the browser does not know the language", () => {
    // Klingon: no browser lists in it.
    const view = { words: { lang: "tlh" } } as View;
    expect([
      listOf(view, ["A", "B"]),
      dayOf(view, "2026-11-22T12:00:00.000Z"),
    ]).to.deep.equal(["A, B", "2026-11-22"]);
  });
});
