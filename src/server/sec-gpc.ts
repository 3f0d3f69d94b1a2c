import { refuse } from "../consent/refuse.js";

/** Headers as fetch or as Node has them. */
type HeadersLike =
  | Pick<Headers, "get">
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Whether a request says by `Sec-GPC` that its visitor opts out of sale and sharing (Global Privacy Control). Only the exact value `1`
 * does; everything else is no signal, and never a consent. An answer that depends on it must say `Vary: Sec-GPC`, or a cache gives
 * it to others.
 */
export function secGpc(headers: HeadersLike): boolean {
  const value =
    "get" in headers && typeof headers.get === "function"
      ? headers.get("sec-gpc")
      : (headers as Readonly<Record<string, unknown>>)["sec-gpc"];
  return value === "1";
}

/**
 * The body of `/.well-known/gpc.json`, which says that the site honours the signal. Send it as `application/json`, and only where it
 * does. `lastUpdate` is the day on which that was last looked at: `"2026-11-28"` or a `Date`. Throws a `RangeError` for no day.
 */
export function gpcJson(lastUpdate: string | Date): string {
  const day =
    lastUpdate instanceof Date && !Number.isNaN(+lastUpdate)
      ? lastUpdate.toISOString().slice(0, 10)
      : lastUpdate;
  // A day that there is not, such as 2026-02-30, reads as another one.
  const isDay =
    typeof day === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(day) &&
    !Number.isNaN(Date.parse(day)) &&
    new Date(day).toISOString().startsWith(day);
  return isDay
    ? JSON.stringify({ gpc: true, lastUpdate: day })
    : refuse(
        "lastUpdate",
        `${lastUpdate as string}`,
        "a day such as 2026-11-28",
      );
}
