import { expect } from "@open-wc/testing";
import * as fc from "fast-check";
import { CHOICES, SOURCES } from "../../src/consent/choice.js";
import {
  fromText,
  makeRecord,
  newer,
  toText,
  type ConsentRecord,
} from "../../src/consent/record.js";
import {
  arbitraryRecord,
  arbitraryText,
  LATEST,
} from "../support/arbitrary-record.js";
import { catchError } from "../support/catch-error.js";

const LINE =
  "analytics=granted&marketing=denied&revision=2026-11&time=2026-11-22T10:15:00.000Z&source=user&action=save";
const NOW = Date.parse("2026-11-22T10:15:00.000Z");

const record = (more: Partial<ConsentRecord> = {}): ConsentRecord =>
  makeRecord({
    choices: { analytics: "granted", marketing: "denied" },
    revision: "2026-11",
    time: "2026-11-22T10:15:00.000Z",
    source: "user",
    action: "save",
    ...more,
  });

describe("a record as text", () => {
  it("is one line that a person can read", () => {
    expect(toText(record())).to.equal(LINE);
  });

  it("reads the line back as the same record", () => {
    expect(fromText(LINE, NOW)).to.deep.equal(record());
  });

  it("keeps every record whole on the way there and back", () => {
    fc.assert(
      fc.property(arbitraryRecord(), (any) => {
        expect(fromText(toText(any), LATEST)).to.deep.equal(any);
      }),
    );
  });

  it("holds only characters that a cookie's value may hold", () => {
    fc.assert(
      fc.property(arbitraryRecord(), (any) => {
        // RFC 6265, section 4.1.1: cookie-octet.
        expect(toText(any)).to.match(/^[!#-+\--:<-[\]-~]+$/);
      }),
    );
  });

  it("encodes what would end a cookie or split the line", () => {
    expect(
      toText(
        record({ choices: {}, revision: 'a;b,c "d"', action: "e&f=g%3A" }),
      ),
    ).to.equal(
      "revision=a%3Bb%2Cc+%22d%22&time=2026-11-22T10:15:00.000Z&source=user&action=e%26f%3Dg%253A",
    );
  });

  it("writes a time of another zone as UTC", () => {
    const line = LINE.replace("10:15:00.000Z", "11:15:00%2B01:00");
    expect(fromText(line, NOW)).to.deep.equal(record());
  });
});

describe("a damaged text", () => {
  it("is no record when it does not say when and by whom", () => {
    const damaged = {
      empty: "",
      "another cookie's value": "yes",
      separators: "&&==&",
      JSON: JSON.stringify(record()),
      "JSON, encoded": encodeURIComponent(JSON.stringify(record())),
      "an encoded line": encodeURIComponent(LINE),
      "no time": "analytics=granted&source=user",
      "an empty time": LINE.replace(/time=[^&]*/, "time="),
      "a word for a time": LINE.replace(/time=[^&]*/, "time=yesterday"),
      "an impossible time": LINE.replace("11-22T", "13-45T"),
      "milliseconds for a time": LINE.replace(/time=[^&]*/, `time=${NOW}`),
      "no source": LINE.replace("&source=user", ""),
      "an empty source": LINE.replace("source=user", "source="),
      "an unknown source": LINE.replace("source=user", "source=vendor"),
      "a source in capitals": LINE.replace("source=user", "source=USER"),
      "an inherited source": LINE.replace("source=user", "source=toString"),
    };
    const read = Object.entries(damaged).map(([what, text]) => [
      what,
      fromText(text, NOW),
    ]);
    expect(read).to.deep.equal(
      Object.keys(damaged).map((what) => [what, undefined]),
    );
  });

  it("is no record when it was cut short anywhere before the end of its source", () => {
    const end = LINE.indexOf("&action");
    const cut = Array.from({ length: end }, (_, i) => LINE.slice(0, i));
    expect(cut.filter((text) => fromText(text, NOW))).to.deep.equal([]);
    expect(fromText(LINE.slice(0, end), NOW)?.choices).to.deep.equal(
      record().choices,
    );
  });

  it("loses the answers that are no choice and keeps the others", () => {
    const values = [
      "yes",
      "",
      "true",
      "GRANTED",
      "granted ",
      "undefined",
      "toString",
      "granted%00",
    ];
    const read = values.map((value) => [
      value,
      fromText(LINE.replace("granted", encodeURI(value)), NOW)?.choices,
    ]);
    expect(read).to.deep.equal(
      values.map((value) => [value, { marketing: "denied" }]),
    );
  });

  it("cannot reach into the prototype of objects", () => {
    const choices = fromText(
      `__proto__=granted&constructor=granted&${LINE}`,
      NOW,
    )?.choices;
    expect([
      Object.getPrototypeOf(choices) === Object.prototype,
      "granted" in Object.prototype,
      Object.keys(choices ?? {}),
    ]).to.deep.equal([
      true,
      false,
      ["__proto__", "constructor", "analytics", "marketing"],
    ]);
  });

  it("never throws, and never yields a word that a record does not know", () => {
    const key = fc.constantFrom(
      "analytics",
      "__proto__",
      "revision",
      "time",
      "source",
      "action",
    );
    const value = fc.oneof(
      fc.constantFrom(...CHOICES, ...SOURCES, "2026-11-22", "2027-01-01", "%"),
      arbitraryText,
    );
    const pairs = fc.array(fc.tuple(key, value).map((pair) => pair.join("=")));
    let records = 0;
    fc.assert(
      fc.property(pairs, arbitraryText, (some, rest) => {
        const found = fromText([...some, rest].join("&"), NOW);
        if (!found) return;
        records++;
        expect(CHOICES).to.include.members(Object.values(found.choices));
        expect(SOURCES).to.include(found.source);
        expect(Date.parse(found.time)).to.be.at.most(NOW + 60_000);
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(records).to.be.above(0);
  });
});

describe("a text from the future", () => {
  it("is no record when it is dated more than a minute ahead", () => {
    const ahead = [-1, 0, 1, 59_999, 60_000, 60_001, 864e5];
    const read = ahead.map((milliseconds) => {
      const time = new Date(NOW + milliseconds).toISOString();
      return [milliseconds, fromText(toText(record({ time })), NOW)?.time];
    });
    expect(read).to.deep.equal([
      [-1, "2026-11-22T10:14:59.999Z"],
      [0, "2026-11-22T10:15:00.000Z"],
      [1, "2026-11-22T10:15:00.001Z"],
      [59_999, "2026-11-22T10:15:59.999Z"],
      [60_000, "2026-11-22T10:16:00.000Z"],
      [60_001, undefined],
      [864e5, undefined],
    ]);
  });
});

describe("the newer of two records", () => {
  const early = record({
    time: "2026-01-01T00:00:00.000Z",
    choices: { analytics: "denied" },
  });
  const late = record({
    time: "2026-01-01T00:00:00.001Z",
    choices: { analytics: "granted" },
  });

  it("is the one that was decided last, whatever it says", () => {
    expect([newer(early, late), newer(late, early)]).to.deep.equal([
      late,
      late,
    ]);
  });

  it("is the only one there is", () => {
    expect([
      newer(early, undefined),
      newer(undefined, early),
      newer(undefined, undefined),
    ]).to.deep.equal([early, early, undefined]);
  });

  it("takes the stricter answer on every purpose when both are of the same time", () => {
    const order = ["granted", undefined, "anonymous", "denied"] as const;
    const cases = order.flatMap((a, i) =>
      order.map((b, j) => ({ a, b, counts: order[Math.max(i, j)] })),
    );
    const answered = (analytics: (typeof order)[number]) =>
      record({ choices: analytics ? { analytics } : {} });
    const got = cases.map(({ a, b }) => ({
      a,
      b,
      counts: newer(answered(a), answered(b))?.choices["analytics"],
    }));
    expect(got).to.deep.equal(cases);
  });

  it("weighs each purpose of a tie by itself", () => {
    const a = record({
      choices: { analytics: "granted", chat: "denied", maps: "anonymous" },
    });
    const b = record({
      choices: { analytics: "denied", chat: "granted", maps: "anonymous" },
    });
    expect(newer(a, b)?.choices).to.deep.equal({
      analytics: "denied",
      chat: "denied",
      maps: "anonymous",
    });
  });

  it("does not depend on the order in which records are read", () => {
    const few = arbitraryRecord({
      purpose: fc.constantFrom("analytics", "marketing", "chat"),
      time: fc.constantFrom(0, 1),
    });
    const names = ["analytics", "marketing", "chat"];
    const meaning = (some: readonly ConsentRecord[]) => {
      const found = some.reduce<ConsentRecord | undefined>(
        (a, b) => newer(a, b),
        undefined,
      );
      return [found?.time, ...names.map((name) => found?.choices[name])];
    };
    const shuffled = fc
      .array(few, { maxLength: 5 })
      .chain((some) =>
        fc.tuple(
          fc.constant(some),
          fc.shuffledSubarray(some, { minLength: some.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([some, others]) => {
        expect(meaning(others)).to.deep.equal(meaning(some));
      }),
    );
  });
});

describe("a record as a value", () => {
  it("is frozen, its choices too, however it came about", () => {
    const tie = newer(record(), record({ choices: {} }));
    const made = { made: record(), read: fromText(LINE, NOW), tie };
    const tried = Object.entries(made).map(([how, value]) => [
      how,
      catchError(() => Object.assign(value!, { source: "api" })).split(":")[0],
      catchError(() =>
        Object.assign(value!.choices, { marketing: "granted" }),
      ).split(":")[0],
    ]);
    expect(tried).to.deep.equal(
      Object.keys(made).map((how) => [how, "TypeError", "TypeError"]),
    );
  });
});
