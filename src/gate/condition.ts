import { oneOf, refuse } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";

/** When something of a page may run. */
export interface Condition {
  /** Whether one of the terms is enough. Otherwise all of them must hold. */
  readonly any: boolean;
  readonly terms: readonly Term[];
}

interface Term {
  readonly purpose: string;
  /** Whether the visitor must have refused the purpose, not granted it. */
  readonly refused: boolean;
}

/**
 * Reads a condition: `analytics marketing` asks for a yes to all of them, `analytics|marketing` for a yes to any,
 * `!analytics` for a no. Throws a `RangeError` for anything else, such as a mix of spaces and `|`, which nobody could read for sure.
 */
export function parseCondition(text: string): Condition {
  const any = text.includes("|");
  const words = text.trim().split(any ? "|" : /\s+/);
  if (!words.every((word) => /^!?[a-z][\w-]*$/i.test(word)))
    refuse(
      "data-consent",
      text,
      '"analytics marketing" for all of them, "analytics|marketing" for any, "!analytics" for a refusal',
    );
  return {
    any,
    terms: words.map((word) => ({
      purpose: word.replace("!", ""),
      refused: word.startsWith("!"),
    })),
  };
}

/**
 * Whether the record meets `condition`. An absent answer is no refusal, and no yes unless the mode takes it for one. Throws a
 * `RangeError` for a purpose that the store does not know (yet).
 */
export function isMet(
  { any, terms }: Condition,
  consent: ConsentStore,
): boolean {
  const names = consent.purposes.map(({ name }) => name);
  const held = new Set(
    terms.map(({ purpose, refused }) => {
      oneOf("a purpose in data-consent", purpose, names);
      return refused
        ? consent.get(purpose) === "denied"
        : consent.isGranted(purpose);
    }),
  );
  return consent.isReady && (any ? held.has(true) : !held.has(false));
}
