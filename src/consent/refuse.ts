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
 * Throws a `TypeError` for an option that is not among `names`: a misspelt one must not be lost. The drop-in tag does
 * without it, because it reads attributes by their names.
 */
export function onlyKnown(options: object, names: readonly string[]): void {
  for (const key of Object.keys(options))
    if (!names.includes(key)) refuse("an option", [key], names);
}

/** Lays `options` over `defaults`, whose names are the known ones. An option that is `undefined` keeps its default. */
export function withDefaults<D extends object>(
  defaults: D,
  options: Loose<NoInfer<D>> = {},
): D {
  onlyKnown(options, Object.keys(defaults));
  const result = { ...defaults } as Record<string, unknown>;
  for (const [key, value] of Object.entries(options))
    if (value !== undefined) result[key] = value;
  return result as D;
}
