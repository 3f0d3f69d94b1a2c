/** Options of which any may be left out or be `undefined`. */
export type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/**
 * Throws for a caller's mistake, and says what was given and what to write instead: a `RangeError` for a text or a
 * number outside the allowed ones, a `TypeError` for another kind of thing.
 */
export function refuse(what: string, given: unknown, write: unknown): never {
  const Kind = /str|num/.test(typeof given) ? RangeError : TypeError;
  throw Kind(
    `consent-elements: ${what} is ${JSON.stringify(given)}; write ${write}`,
  );
}

/** Returns `given` when it is one of `allowed`. */
export function oneOf<T extends string>(
  what: string,
  given: unknown,
  allowed: readonly T[],
): T {
  return allowed.includes(given as T)
    ? (given as T)
    : refuse(what, given, allowed.join(" or "));
}

/** Returns `given` when it is a text with something in it. */
export function text(what: string, given: unknown): string {
  return given && typeof given === "string"
    ? given
    : refuse(what, given || null, "a text");
}

/**
 * Lays `options` over `defaults`. An option that is `undefined` keeps its default; a name that `defaults` does not
 * have is refused with a `TypeError`, because a misspelt option must not be lost.
 */
export function withDefaults<D extends object>(
  defaults: D,
  options: Loose<NoInfer<D>> = {},
): D {
  const result = { ...defaults } as Record<string, unknown>;
  for (const [key, value] of Object.entries(options)) {
    if (!(key in defaults)) refuse("an option", [key], Object.keys(defaults));
    if (value !== undefined) result[key] = value;
  }
  return result as D;
}
