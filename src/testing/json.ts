/** An object of unknown content. */
export type Fields = Record<string, unknown>;

/** Whether `value` is an object with fields, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether there is a value at all. */
export const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null;

/** `value` when it is an object with fields, else an empty one: for looking into what may be missing. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** `value` when it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value behind a JSON text, or behind the base64 or base64url form of one. Throws a `SyntaxError` for others. */
export function parse(text: string): unknown {
  return JSON.parse(/^\s*[[{]/.test(text) ? text : textOfBase64(text));
}

/** The UTF-8 text behind a base64 or base64url string. What is no UTF-8 comes out as U+FFFD. */
export function textOfBase64(base64: string): string {
  const binary = atob(
    base64.trim().replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""),
  );
  return new TextDecoder().decode(
    Uint8Array.from(binary, (char) => char.charCodeAt(0)),
  );
}

/** Every text in `value`, at any depth, with the way to it: `co.data.0.data.url`. */
export function textsIn(
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner, [...path, key]),
  );
}
