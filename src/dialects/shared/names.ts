import { refuse } from "../../consent/refuse.js";

/** What an option's name may be answered with: where it belongs, or why there is none. */
export type Advice = Readonly<Record<string, string>>;

const plain = (given: unknown): given is object =>
  !!given && typeof given === "object" && !Array.isArray(given);

/**
 * Refuses what is not among `names`: with the advice for that name where there is some, else with the nearest name,
 * else with all of them. An option that Snowplow knows must never be lost without a word.
 */
export function known(
  what: string,
  options: unknown,
  names: readonly string[],
  advice: Advice = {},
): void {
  if (!plain(options)) refuse(what, [options], `{ ${names} }`);
  for (const [key, value] of Object.entries(options)) {
    if (names.includes(key) || value === undefined) continue;
    const near = names.find((name) => isNear(name, key));
    refuse(
      `an option in ${what}`,
      [key],
      (Object.hasOwn(advice, key) && advice[key]) ||
        near ||
        `one of ${names.join(", ")}`,
    );
  }
}

/** Whether two names differ in one letter's place, or in case alone. */
function isNear(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  let from = 0;
  while (from < x.length && x[from] === y[from]) from++;
  let to = 0;
  while (
    to < Math.min(x.length, y.length) - from &&
    x.at(-1 - to) === y.at(-1 - to)
  )
    to++;
  return Math.max(x.length, y.length) - from - to <= 2;
}
