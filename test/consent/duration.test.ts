import { expect } from "@open-wc/testing";
import { toMilliseconds } from "../../src/consent/duration.js";
import { catchError } from "../support/catch-error.js";

describe("a length of time", () => {
  it("is a number of milliseconds or an ISO 8601 duration of one unit", () => {
    const cases: readonly (readonly [number | string, number])[] = [
      [1, 1],
      [0.5, 0.5],
      [15_552_000_000, 15_552_000_000],
      ["P1D", 86_400_000],
      ["P180D", 15_552_000_000],
      ["P1W", 604_800_000],
      ["P2W", 1_209_600_000],
      ["P1M", 2_592_000_000],
      ["P6M", 15_552_000_000],
      ["P1Y", 31_536_000_000],
      ["P10Y", 315_360_000_000],
    ];
    expect(
      cases.map(([given]) => [given, toMilliseconds(given)]),
    ).to.deep.equal(cases);
  });

  it("refuses everything else, and says what to write", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [0, "RangeError: 0"],
      [-1, "RangeError: -1"],
      [Number.NaN, "RangeError: null"],
      ["", 'RangeError: ""'],
      ["P", 'RangeError: "P"'],
      ["P6", 'RangeError: "P6"'],
      ["6M", 'RangeError: "6M"'],
      ["P0D", 'RangeError: "P0D"'],
      ["P-1D", 'RangeError: "P-1D"'],
      ["P1.5D", 'RangeError: "P1.5D"'],
      ["p6m", 'RangeError: "p6m"'],
      ["PT1H", 'RangeError: "PT1H"'],
      ["P1Y6M", 'RangeError: "P1Y6M"'],
      [" P6M", 'RangeError: " P6M"'],
      ["P6M ", 'RangeError: "P6M "'],
      ["15552000000", 'RangeError: "15552000000"'],
      ["forever", 'RangeError: "forever"'],
      [null, "TypeError: null"],
      [undefined, "TypeError: undefined"],
      [true, "TypeError: true"],
      [{ days: 180 }, 'TypeError: {"days":180}'],
      [[180], "TypeError: [180]"],
    ];
    const got = cases.map(([given]) => [
      given,
      catchError(() => toMilliseconds(given as string)),
    ]);
    expect(got).to.deep.equal(
      cases.map(([given, message]) => [
        given,
        `${message.replace(": ", ": consent-elements: max-age is ")}; write a word such as P6M`,
      ]),
    );
  });
});
