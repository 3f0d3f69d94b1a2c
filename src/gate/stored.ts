import type { Leftover } from "../consent/events.js";
import { oneOf, onlyKnown, refuse } from "../consent/refuse.js";

/**
 * One name, or many: in a text `*` stands for any characters, also none (`_ga_*`); a `RegExp` must match the whole name.
 */
export type Pattern = string | RegExp;

/** What something keeps in a visitor's browser, by the place where it is. What is left out, it does not use. */
export interface Stored {
  readonly cookies?: readonly Pattern[];
  readonly local?: readonly Pattern[];
  readonly session?: readonly Pattern[];
  /** IndexedDB databases. */
  readonly databases?: readonly Pattern[];
  /** Caches of the Cache API. */
  readonly caches?: readonly Pattern[];
  /** Cookies that no script can see (`HttpOnly`). A page can tell of them; only a server removes them. */
  readonly httpOnly?: readonly string[];
  /** Cookies of another site. A page can tell of them; only that site or the visitor removes them. */
  readonly thirdParty?: readonly string[];
}

/** A place where a page's scripts find names. */
export type Place = Leftover["kind"];

/** What stands before the colon in markup, and what it means. */
const KINDS: Readonly<Record<string, keyof Stored>> = {
  cookie: "cookies",
  local: "local",
  session: "session",
  database: "databases",
  cache: "caches",
  httponly: "httpOnly",
  "third-party": "thirdParty",
};

/** A name that nobody gives anything: what matches it matches everything. */
const NOBODY = "\u2042 \u2042";

/**
 * Reads what markup says is stored: names or patterns with spaces between them, each with its place before a colon.
 * `_ga _ga_* local:ph_* session:_cltk database:AMP_* cache:x httponly:FPID third-party:IDE`; a cookie needs no place.
 * Throws a `RangeError` for a place that there is not.
 */
export function parseStored(text: string): Stored {
  const stored: Partial<Record<keyof Stored, string[]>> = {};
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [, kind = "cookie", name = ""] = /^(?:(.*?):)?(.*)$/.exec(word)!;
    const place =
      KINDS[oneOf(`the place in "${word}"`, kind, Object.keys(KINDS))]!;
    (stored[place] ??= []).push(name);
  }
  return stored;
}

/** Whether `name` is the one, or one of those, that `pattern` means. */
export function matches(pattern: Pattern, name: string): boolean {
  if (typeof pattern === "string")
    return new RegExp(
      `^${pattern.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*")}$`,
      "s",
    ).test(name);
  // Without the flags that make it remember where it was, or take a line for the whole.
  const flags = pattern.flags.replace(/[gmy]/g, "");
  return new RegExp(`^(?:${pattern.source})$`, flags).test(name);
}

/** Whether `stored` names what is called `name` at `place`. */
export function names(stored: Stored, place: Place, name: string): boolean {
  const patterns: Pattern[] = [...(stored[place] ?? [])];
  if (place === "cookies")
    patterns.push(...(stored.httpOnly ?? []), ...(stored.thirdParty ?? []));
  return patterns.some((pattern) => matches(pattern, name));
}

/**
 * Refuses what would remove too much, before it removes anything: a pattern of wildcards alone, and one that meets a name of
 * `kept`, which holds what the site needs. Throws a `RangeError` or `TypeError` that says what to write.
 */
export function checkStored(stored: Stored, kept: Stored = {}): void {
  onlyKnown(stored, Object.values(KINDS));
  for (const [place, patterns] of Object.entries(stored) as [
    keyof Stored,
    readonly Pattern[] | undefined,
  ][]) {
    if (patterns === undefined) continue;
    if (!Array.isArray(patterns))
      refuse(place, patterns, 'a list, such as ["_ga", "_ga_*"]');
    for (const pattern of patterns) {
      if (typeof pattern !== "string" && !(pattern instanceof RegExp))
        refuse(`a name in ${place}`, [pattern], "a text or a RegExp");
      if (!pattern || matches(pattern, NOBODY))
        refuse(
          `a name in ${place}`,
          `${pattern}`,
          "what all its names have in common, such as _ga_*",
        );
      const met = kept[place]?.find((one) => meet(pattern, one));
      if (met !== undefined)
        refuse(
          `a name in ${place}`,
          `${pattern}`,
          `one that leaves ${met} alone, which the site needs`,
        );
    }
  }
}

/** Whether there is a name that both patterns match. Of two expressions nobody can tell; what is kept then stays all the same. */
function meet(a: Pattern, b: Pattern): boolean {
  if (typeof a === "string" && typeof b === "string") return textsMeet(a, b);
  if (typeof a === "string") return !a.includes("*") && matches(b, a);
  return typeof b === "string" && matches(a, b.replaceAll("*", ""));
}

function textsMeet(a: string, b: string): boolean {
  if (!a || !b) return /^\**$/.test(a + b);
  if (a[0] === "*") return textsMeet(a.slice(1), b) || textsMeet(a, b.slice(1));
  if (b[0] === "*") return textsMeet(b, a);
  return a[0] === b[0] && textsMeet(a.slice(1), b.slice(1));
}
