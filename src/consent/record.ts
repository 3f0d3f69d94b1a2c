import {
  CHOICES,
  SOURCES,
  type Choice,
  type Choices,
  type Source,
} from "./choice.js";

/** One decision, as it is kept. Records are values: a new decision makes a new one. */
export interface ConsentRecord {
  /** The answers, by purpose. */
  readonly choices: Choices;
  /** The version of what was asked. */
  readonly revision: string;
  /** When it was decided: ISO 8601, UTC. */
  readonly time: string;
  /** Who decided. */
  readonly source: Source;
  /** What was done: `grant-all`, `deny-all`, `save`, `set`, `withdraw`, or a word of the caller's. */
  readonly action: string;
}

/** How far ahead of this clock a record may be dated before it counts as damaged. In milliseconds. */
export const SKEW = 60_000;

/** From the loosest to the strictest, where no answer is stricter than a yes. */
const STRICTNESS: readonly unknown[] = [
  "granted",
  undefined,
  "anonymous",
  "denied",
];

export function makeRecord(record: ConsentRecord): ConsentRecord {
  return Object.freeze({ ...record, choices: Object.freeze(record.choices) });
}

/**
 * Writes a record as one line that a person can read in the browser's developer tools and a cookie can hold:
 * `analytics=granted&marketing=denied&revision=2026-11&time=2026-11-22T10:15:00.000Z&source=user&action=save`.
 */
export function toText({ choices, ...rest }: ConsentRecord): string {
  // A colon is allowed in a cookie's value (RFC 6265, section 4.1.1), and times read better with it.
  return `${new URLSearchParams({ ...choices, ...rest })}`.replaceAll(
    "%3A",
    ":",
  );
}

/** Reads what `toText` wrote. Anything damaged, or dated later than `now`, is no record. */
export function fromText(text: string, now: number): ConsentRecord | undefined {
  const { revision, time, source, action, ...others } = Object.fromEntries(
    new URLSearchParams(text),
  ) as unknown as ConsentRecord;
  const at = Date.parse(time);
  if (!(at <= now + SKEW && SOURCES.includes(source))) return;
  return makeRecord({
    choices: Object.fromEntries(
      Object.entries(others).filter(([, choice]) =>
        CHOICES.includes(choice as never),
      ),
    ) as unknown as Choices,
    revision,
    time: new Date(at).toISOString(),
    source,
    action,
  });
}

/** Which of two records counts: the newer one; of two of the same time, the stricter answer on every purpose. */
export function newer(
  a: ConsentRecord | undefined,
  b: ConsentRecord | undefined,
): ConsentRecord | undefined {
  if (!a || !b || a.time !== b.time)
    return !b || (a && a.time > b.time) ? a : b;
  const choices: Record<string, Choice> = { ...a.choices, ...b.choices };
  for (const name in choices)
    choices[name] = STRICTNESS[
      Math.max(
        ...[a, b].map((record) => STRICTNESS.indexOf(record.choices[name])),
      )
    ] as Choice;
  return makeRecord({ ...a, choices });
}
