import { refuse } from "../../consent/refuse.js";

/** `given` as an absolute address; `undefined` where it is none. A path counts from the page. */
export function toAddress(given: string): string | undefined {
  try {
    return new URL(given, globalThis.location?.href).href;
  } catch {
    return;
  }
}

/**
 * Returns the absolute address of `given` when something can be sent there. Throws a `RangeError` for one without a
 * scheme, such as `collect.shop.test`, which would be taken for a file beside the page, and for one with a query, a
 * hash or a password; a `TypeError` for what is no text.
 */
export function endpoint(given: unknown, example: string): string {
  return (
    (typeof given === "string" &&
      /^(https?:\/)?\/[^?#@]+$/.test(given) &&
      toAddress(given)) ||
    refuse("endpoint", given ?? null, example)
  );
}

/** Returns `given` when it holds names and texts that can be headers. Throws a `TypeError` otherwise. */
export function headers(
  what: string,
  given: unknown,
): Readonly<Record<string, string>> {
  try {
    const values = Object.values(given as object);
    // The browser's own check of names and values.
    new Headers(given as HeadersInit);
    if (values.every((value) => typeof value === "string"))
      return given as Record<string, string>;
  } catch {
    // Refused below.
  }
  return refuse(what, [given], '{ "x-name": "value" }');
}
