import { refuse } from "./refuse.js";

const DAYS: Readonly<Record<string, number>> = { D: 1, W: 7, M: 30, Y: 365 };

/**
 * Reads a length of time: milliseconds as a number, or an ISO 8601 duration of one unit (`"P6M"`, `"P180D"`).
 * A month counts 30 days and a year 365, so that a date does not depend on the calendar.
 */
export function toMilliseconds(given: number | string): number {
  const [, count, unit] = /^P(\d+)([DWMY])$/.exec(given as string) ?? [];
  const length = unit ? +count! * DAYS[unit]! * 864e5 : given;
  return typeof length === "number" && length > 0
    ? length
    : refuse("max-age", given, "a word such as P6M");
}
