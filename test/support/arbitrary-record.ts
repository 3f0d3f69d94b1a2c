import * as fc from "fast-check";
import { CHOICES, SOURCES } from "../../src/consent/choice.js";
import { makeRecord, type ConsentRecord } from "../../src/consent/record.js";

/** The latest time that an arbitrary record has. In milliseconds since the epoch. */
export const LATEST = Date.parse("2026-11-22T10:15:00.000Z");

/** Any record that a store could keep, with purposes, times and words of all kinds. */
export function arbitraryRecord({
  purpose = fc
    .stringMatching(/^[a-zA-Z][\w-]{0,31}$/)
    .filter(
      (name) => !/^(revision|time|source|action)$/.test(name) && !(name in {}),
    ),
  time = fc.integer({ min: 0, max: LATEST }),
}: {
  purpose?: fc.Arbitrary<string>;
  time?: fc.Arbitrary<number>;
} = {}): fc.Arbitrary<ConsentRecord> {
  return fc
    .record({
      choices: fc.dictionary(purpose, fc.constantFrom(...CHOICES), {
        maxKeys: 6,
        noNullPrototype: true,
      }),
      revision: fc.string({ unit: "binary", maxLength: 20 }),
      time: time.map((at) => new Date(at).toISOString()),
      source: fc.constantFrom(...SOURCES),
      action: fc.string({ unit: "binary", maxLength: 20 }),
    })
    .map(makeRecord);
}
