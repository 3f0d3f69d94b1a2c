import type { Stored } from "../gate/stored.js";

/** What a visitor once answered to another consent layer. */
export interface Decision {
  /** The answers by the layer's own categories. What is not here was not asked, or not understood. */
  readonly choices: Readonly<Record<string, "granted" | "denied">>;
  /** When, in milliseconds since the epoch. */
  readonly time: number;
}

/**
 * An earlier consent layer of the site: where it has kept its decisions, and how they are read. A file of this room exports
 * a function that makes one, such as `cookiebot()`. What is damaged, implied or pending is no decision.
 */
export interface Earlier {
  /** What the record calls it, as its `action`. */
  readonly name: string;
  /** What it has kept in the browser. */
  readonly stores: Stored;
  /** Every decision that is found; several where cookies of two domains hold one each. */
  read(): readonly Decision[];
}

/** Every cookie of the given name, as it is written. */
export function cookieTexts(name: string): readonly string[] {
  try {
    return document.cookie
      .split("; ")
      .filter((cookie) => cookie.startsWith(`${name}=`))
      .map((cookie) => cookie.slice(name.length + 1));
  } catch {
    // A document without an origin has none.
    return [];
  }
}

/** What localStorage holds under the given name: one text or none. */
export function localTexts(name: string): readonly string[] {
  try {
    return [localStorage.getItem(name) ?? []].flat();
  } catch {
    // Blocked: it holds nothing.
    return [];
  }
}

/** Reads every text that `read` understands. What makes it throw is damaged. */
export function readAll(
  texts: readonly string[],
  read: (text: string) => Decision | undefined,
): readonly Decision[] {
  return texts.flatMap((text) => {
    try {
      return read(text) ?? [];
    } catch {
      return [];
    }
  });
}

/** Answers from pairs of a category and whether it was granted. Anything else than true and false is no answer. */
export function toChoices(
  answers: Iterable<readonly [category: string, isGranted: unknown]>,
): Decision["choices"] {
  const choices: Record<string, "granted" | "denied"> = Object.create(null);
  for (const [category, isGranted] of answers)
    if (typeof isGranted === "boolean")
      choices[category] = isGranted ? "granted" : "denied";
  return choices;
}
