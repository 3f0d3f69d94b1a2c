import { words as en } from "./en.js";
import type { Words } from "./words.js";

// From here alone: what everything fetched late has in common is one file then.
export { hasDirection, languageOf, watchLanguage } from "./language.js";
export { en };

/** A language's file, fetched when it is needed. */
type Load = () => Promise<{ readonly words: Words }>;

/** Every language there is: one file and one line each. English comes along, because it is what all else falls back to. */
export const LANGUAGES: Readonly<Record<string, Load>> = {
  en: async () => ({ words: en }),
  ar: () => import("./ar.js"),
  bg: () => import("./bg.js"),
  bn: () => import("./bn.js"),
  ca: () => import("./ca.js"),
  cs: () => import("./cs.js"),
  cy: () => import("./cy.js"),
  da: () => import("./da.js"),
  de: () => import("./de.js"),
  el: () => import("./el.js"),
  es: () => import("./es.js"),
  et: () => import("./et.js"),
  eu: () => import("./eu.js"),
  fa: () => import("./fa.js"),
  fi: () => import("./fi.js"),
  fr: () => import("./fr.js"),
  ga: () => import("./ga.js"),
  gl: () => import("./gl.js"),
  he: () => import("./he.js"),
  hi: () => import("./hi.js"),
  hr: () => import("./hr.js"),
  hu: () => import("./hu.js"),
  id: () => import("./id.js"),
  is: () => import("./is.js"),
  it: () => import("./it.js"),
  ja: () => import("./ja.js"),
  ko: () => import("./ko.js"),
  lt: () => import("./lt.js"),
  lv: () => import("./lv.js"),
  mt: () => import("./mt.js"),
  nb: () => import("./nb.js"),
  nl: () => import("./nl.js"),
  pl: () => import("./pl.js"),
  pt: () => import("./pt.js"),
  ro: () => import("./ro.js"),
  ru: () => import("./ru.js"),
  sk: () => import("./sk.js"),
  sl: () => import("./sl.js"),
  sq: () => import("./sq.js"),
  "sr-latn": () => import("./sr-latn.js"),
  sr: () => import("./sr.js"),
  sv: () => import("./sv.js"),
  th: () => import("./th.js"),
  tr: () => import("./tr.js"),
  uk: () => import("./uk.js"),
  vi: () => import("./vi.js"),
  "zh-hans": () => import("./zh-hans.js"),
  "zh-hant": () => import("./zh-hant.js"),
};

/** Tags that name a language by another word. */
const ALIASES: Readonly<Record<string, string>> = {
  no: "nb",
  nn: "nb",
  // Written Cantonese is told apart from written Chinese by its tag.
  yue: "zh-hant",
};

/**
 * The words for a BCP 47 tag: those of its language and script (`zh-hant` for `zh-TW`), of its language (`de` for
 * `de-AT`), or English. Rejects when the language cannot be fetched.
 */
export async function loadWords(tag: string): Promise<Words> {
  for (const name of names(tag)) {
    const known = ALIASES[name] ?? name;
    if (Object.hasOwn(LANGUAGES, known))
      return (await LANGUAGES[known]!()).words;
  }
  return en;
}

/** The names that the words for a tag may have, the nearest first. */
function names(tag: string): string[] {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return [`${language}-${script}`.toLowerCase(), language];
  } catch {
    // No tag at all.
    return [];
  }
}
