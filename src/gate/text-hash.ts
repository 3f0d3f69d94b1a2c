/** What a visitor was shown: texts, and nothing that a browser formats in its own way. */
export interface Shown {
  /** BCP 47 tag of its language. */
  readonly locale: string;
  /** The texts, by name. */
  readonly texts: Readonly<Record<string, unknown>>;
  /** The purposes, as they were described. */
  readonly purposes: readonly unknown[];
  /** The services, as they were described. */
  readonly services: readonly unknown[];
}

/**
 * Writes texts, whole numbers, booleans, `null`, lists and objects as JSON that is the same in every engine: keys sorted by
 * their code units, texts in Unicode's form NFC, no spaces. What is `undefined` is left out. Throws a `TypeError` for anything else:
 * a fraction or a date would be written in more than one way.
 */
export function canonical(given: unknown): string {
  if (typeof given === "string")
    return JSON.stringify(
      // Half a character is written in Firefox otherwise than in Chromium (seen in 153 and 156).
      given.replace(/[\ud800-\udfff]/gu, "\ufffd").normalize("NFC"),
    );
  if (
    given === null ||
    typeof given === "boolean" ||
    Number.isSafeInteger(given)
  )
    return JSON.stringify(given);
  if (Array.isArray(given)) return `[${given.map(canonical).join()}]`;
  if (Object.prototype.toString.call(given) !== "[object Object]")
    throw new TypeError(
      `consent-elements: what was shown holds ${String(given)}; write texts, lists and plain objects`,
    );
  const entries = Object.entries(given as object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [canonical(key), canonical(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map((entry) => entry.join(":")).join()}}`;
}

/** The canonical text of what was shown. The language is no part of it: the texts are. */
export const textOf = ({ texts, purposes, services }: Shown): string =>
  canonical({ texts, purposes, services });

/** SHA-256 of a text, in hexadecimal. Throws a `TypeError` where SubtleCrypto is missing, on pages that are not secure. */
export async function textHash(text: string): Promise<string> {
  if (!globalThis.crypto?.subtle)
    throw new TypeError(
      "consent-elements: a receipt without the hash of its texts proves little; write https, because SubtleCrypto is missing on pages that are not secure",
    );
  const bytes = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return Array.from(new Uint8Array(bytes), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
