import { expect } from "@open-wc/testing";
import { en } from "../../src/locales/en.js";
import type { Words } from "../../src/locales/words.js";

// A new language is one line here.
const languages: readonly Words[] = [en];

/** What a language may not say: words that praise a yes, hide it, or shame a no. */
const STEERING: Readonly<Record<string, RegExp>> = {
  en: /\b(better|best|experiences?|improve|enhance|personali[sz]ed?|enjoy|recommend(ed)?|continue|got it|ok(ay)?|agree|understand|allow us|help us|sure|sorry|unfortunately|limited|no thanks|not now|later|maybe|we value|we care)\b/i,
};

/** How a language names the two answers and the way to the details. */
const LABELS: Readonly<Record<string, readonly RegExp[]>> = {
  en: [/^accept all$/i, /^reject all$/i, /^preferences$/i, /^save$/i],
};

/** Every text of `words`, with the path that leads to it. */
function texts(value: object, path = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, each]): [string, unknown][] =>
    typeof each === "object" && each
      ? texts(each, `${path}${key}.`)
      : [[`${path}${key}`, each]],
  );
}

const all = (words: Words) => texts(words);

describe("words", () => {
  for (const words of languages)
    describe(`in ${words.lang}`, () => {
      it("are all there", () => {
        expect(
          all(words)
            .map(([path]) => path)
            .toSorted(),
        ).to.deep.equal(
          all(en)
            .map(([path]) => path)
            .toSorted(),
        );
        const empty = all(words).filter(
          ([, text]) => typeof text !== "string" || !text.trim(),
        );
        expect(empty).to.deep.equal([]);
      });

      it("have no stray spaces and no markup", () => {
        const odd = all(words).filter(
          ([, text]) => !/^\S(?!.*\s\s)(?!.*[<>])(.*\S)?$/s.test(String(text)),
        );
        expect(odd).to.deep.equal([]);
      });

      it("name the purposes in the notice, once", () => {
        for (const text of [words.optIn, words.optOut])
          expect(text.split("{purposes}")).to.have.length(2);
        const others = all(words).filter(
          ([path, text]) =>
            /[{}]/.test(String(text)) && !["optIn", "optOut"].includes(path),
        );
        expect(others).to.deep.equal([]);
      });

      it("give the known purposes a label and a description", () => {
        expect(Object.keys(words.purposes)).to.deep.equal([
          "necessary",
          "functional",
          "analytics",
          "marketing",
        ]);
        const labels = Object.values(words.purposes).map(({ label }) => label);
        expect(new Set(labels)).to.have.property("size", 4);
      });

      it("P8 do not steer", () => {
        const steering = all(words).filter(([, text]) =>
          STEERING[words.lang]!.test(String(text)),
        );
        expect(steering).to.deep.equal([]);
      });

      it("P8 name the answers for what they do, at about the same length", () => {
        const { accept, reject, preferences, save } = words;
        const labels = [accept, reject, preferences, save];
        expect(new Set(labels)).to.have.property("size", labels.length);
        for (const [i, label] of labels.entries())
          expect(label).to.match(LABELS[words.lang]![i]!);
        expect(Math.abs(accept.length - reject.length)).to.be.at.most(4);
      });

      it("are in a language that the browser can list and sort in", () => {
        expect(Intl.ListFormat.supportedLocalesOf(words.lang)).to.deep.equal([
          words.lang,
        ]);
      });
    });
});
