import { expect } from "@open-wc/testing";
import { dayOf, listOf, type View } from "../../src/elements/view.js";
import { LANGUAGES } from "../../src/locales/index.js";

/** Without the marks that keep a name's direction to itself. */
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");

const inWords = async (lang: string) =>
  ({ words: (await LANGUAGES[lang]!()).words }) as View;

describe("lists and days in words", () => {
  it("are those of the language", async () => {
    const german = await inWords("de");
    expect([
      plain(listOf(german, ["A", "B", "C"])),
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

  it("keep the direction of each name to itself", async () => {
    const arabic = await inWords("ar");
    expect(listOf(arabic, ["Kites"])).to.equal("\u2068Kites\u2069");
  });

  it("do with commas and figures where the browser does not know the language", () => {
    // Klingon: no browser lists in it.
    const view = { words: { lang: "tlh" } } as View;
    expect([
      plain(listOf(view, ["A", "B"])),
      dayOf(view, "2026-11-22T12:00:00.000Z"),
    ]).to.deep.equal(["A, B", "2026-11-22"]);
  });
});
