import { en } from "./en.js";
import type { Words } from "./words.js";

// A new language is one file and one line here: `["de", async () => (await import("./de.js")).de]`.
const LANGUAGES = new Map<string, () => Promise<Words>>([
  ["en", async () => en],
]);

/** The words for a BCP 47 tag: its own, its base language's (`de` for `de-AT`), or English. */
export function loadWords(tag: string): Promise<Words> {
  const [base = ""] = tag.toLowerCase().split("-");
  const load = LANGUAGES.get(tag.toLowerCase()) ?? LANGUAGES.get(base);
  return load?.() ?? Promise.resolve(en);
}
