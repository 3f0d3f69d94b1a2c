import { expect } from "@open-wc/testing";
import {
  canonical,
  textHash,
  textOf,
  type Shown,
} from "../../src/gate/text-hash.js";
import { stubProperty } from "../support/stub-property.js";

const shown: Shown = {
  locale: "de",
  texts: {
    title: "Ihre Wahl",
    accept: "Alle annehmen",
    reject: "Alle ablehnen",
  },
  purposes: [{ name: "analytics", required: false, label: "Statistik" }],
  services: [{ purpose: "analytics", name: "ga", keptFor: "2 años" }],
};

describe("what was shown as one text", () => {
  it("is JSON with its keys in the order of their code units, and no spaces", () => {
    expect(
      canonical({ b: [true, null, 12, -1], Z: { é: "1", e: "2" }, a: "x y" }),
    ).to.equal('{"Z":{"e":"2","é":"1"},"a":"x y","b":[true,null,12,-1]}');
  });

  it("is the same however its accents were typed, in names too", () => {
    expect(canonical({ "e\u0301": "cafe\u0301" })).to.equal('{"é":"café"}');
  });

  it("leaves out what is undefined", () => {
    expect(canonical({ a: undefined, b: "1" })).to.equal('{"b":"1"}');
  });

  it("writes half a character as the sign for none, as every engine can", () => {
    expect(canonical("\ud800 \u2028 \u007f \ud83d\udc4b")).to.equal(
      '"\ufffd \u2028 \u007f \ud83d\udc4b"',
    );
  });

  for (const [name, given] of [
    ["a fraction", 0.1],
    ["a date", new Date(0)],
    ["a function", () => 1],
    ["nothing at all", undefined],
    ["a hole in a list", [undefined]],
    ["not a number", NaN],
  ] as const)
    it(`refuses ${name}, which has more than one form`, () => {
      expect(() => canonical({ list: [given] })).to.throw(
        TypeError,
        "write texts, lists and plain objects",
      );
    });
});

describe("the hash of what was shown", () => {
  // Made with Node's crypto; the same in Chromium, Firefox and WebKit.
  it("is the same in every engine", async () => {
    expect([await textHash(""), await textHash(textOf(shown))]).to.deep.equal([
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "d2ffae6e31106974eda2d857838ec121458fce822b566f16d0a0d8fc1013d962",
    ]);
  });

  it("is another one when a word changes, and the same when only the order of names does", async () => {
    const { texts, purposes, services } = shown;
    const turned = Object.fromEntries(Object.entries(texts).reverse());
    const [first, same, word, order] = await Promise.all(
      [
        shown,
        { ...shown, texts: turned },
        { ...shown, texts: { ...texts, title: "Ihre  Wahl" } },
        { ...shown, purposes: [...purposes, ...services], services: [] },
      ].map((each) => textHash(textOf(each))),
    );
    expect([same === first, word === first, order === first]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("cannot be made on a page that is not secure, and says so", async () => {
    stubProperty(crypto, "subtle", () => undefined);
    const error = await textHash("").catch(String);
    expect(error).to.match(/^TypeError: .*write https/);
  });
});
