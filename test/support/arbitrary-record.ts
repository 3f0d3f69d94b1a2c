import * as fc from "fast-check";
import { CHOICES, SOURCES } from "../../src/consent/choice.js";
import { makeRecord, type ConsentRecord } from "../../src/consent/record.js";

/** The latest time that an arbitrary record has. In milliseconds since the epoch. */
export const LATEST = Date.parse("2026-11-22T10:15:00.000Z");

/**
 * Any text of up to twenty characters, a third of them ASCII, controls included. The strings of fast-check itself with
 * the unit "binary" take seconds to make.
 */
export const arbitraryText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0x80, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    ),
    { maxLength: 20 },
  )
  .map((points) => String.fromCodePoint(...points));

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
      revision: arbitraryText,
      time: time.map((at) => new Date(at).toISOString()),
      source: fc.constantFrom(...SOURCES),
      action: arbitraryText,
    })
    .map(makeRecord);
}
