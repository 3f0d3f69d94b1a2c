import { expect } from "@open-wc/testing";
import { words as en } from "../../src/locales/en.js";
import { LANGUAGES } from "../../src/locales/index.js";
import type { Words } from "../../src/locales/words.js";
import type { Rules } from "./rules/rules.js";

/** The texts that take something in, and what. */
const PLACES: Readonly<Record<string, string>> = {
  optIn: "{purposes}",
  optOut: "{purposes}",
  services: "{count}",
  decided: "{date}",
  leftovers: "{names}",
  embedTitle: "{service}",
};

/** Languages whose plain words for yes and no differ by more letters than four. */
const WIDER: Readonly<Record<string, number>> = { bn: 7, ga: 5 };

const languages = await Promise.all(
  Object.entries(LANGUAGES).map(async ([name, load]) => {
    const { words } = await load();
    const { rules }: { rules: Rules } = await import(`./rules/${name}.ts`);
    return { name, words, rules };
  }),
);

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
  for (const { name, words, rules } of languages)
    describe(`in ${words.lang}`, () => {
      it("have the name of their file", () => {
        expect(words.lang.toLowerCase()).to.equal(name);
      });

      it("go in the direction of their script", () => {
        const script = new Intl.Locale(words.lang).maximize().script!;
        expect(words.dir).to.equal(
          ["Arab", "Hebr"].includes(script) ? "rtl" : "ltr",
        );
      });

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

      it("take in what they are given, once, and nothing else", () => {
        const places = all(words).flatMap(([path, text]) =>
          (String(text).match(/\{.*?\}/g) ?? []).map((place) => [path, place]),
        );
        expect(Object.fromEntries(places)).to.deep.equal(PLACES);
        expect(places).to.have.length(Object.keys(PLACES).length);
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
          rules.steering.test(String(text)),
        );
        expect(steering).to.deep.equal([]);
      });

      it("P8 name the answers for what they do, at about the same length", () => {
        const { accept, reject, preferences, save } = words;
        const labels = [accept, reject, preferences, save];
        expect(new Set(labels)).to.have.property("size", labels.length);
        for (const [i, label] of labels.entries())
          expect(label).to.match(rules.labels[i]!);
        expect(Math.abs(accept.length - reject.length)).to.be.at.most(
          WIDER[words.lang] ?? 4,
        );
      });
    });
});
