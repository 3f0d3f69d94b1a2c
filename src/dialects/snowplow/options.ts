import { refuse, text } from "../../consent/refuse.js";

/** `true`, `false`, or not given. */
export function flag(what: string, given: unknown, standard: boolean): boolean {
  return given == null
    ? standard
    : typeof given === "boolean"
      ? given
      : refuse(what, [given], "true or false");
}

/** A collector's address may come without a scheme, as in `c.shop.example`: it is https then. */
export function toEndpoint(given: unknown): string {
  const address = text("endpoint", given);
  return /^(https?:\/\/|\/)/.test(address) ? address : `https://${address}`;
}

/** A path may come without its first slash. */
export function toPath(what: string, given: unknown): string {
  return text(what, given).replace(/^(?!\/)/, "/");
}

/** A number that measures something. */
export function positive(what: string, given: unknown): number {
  return typeof given === "number" && given > 0 && Number.isFinite(given)
    ? given
    : refuse(what, [given], "a number above 0");
}
