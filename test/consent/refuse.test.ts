import { expect } from "@open-wc/testing";
import { oneOf, refuse, text, withDefaults } from "../../src/consent/refuse.js";
import { catchError } from "../support/catch-error.js";

describe("refuse", () => {
  it("throws a RangeError for a text or number and a TypeError for another kind of thing", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      ["red", 'RangeError: consent-elements: colour is "red"; write blue'],
      ["", 'RangeError: consent-elements: colour is ""; write blue'],
      [7, "RangeError: consent-elements: colour is 7; write blue"],
      [null, "TypeError: consent-elements: colour is null; write blue"],
      [
        undefined,
        "TypeError: consent-elements: colour is undefined; write blue",
      ],
      [true, "TypeError: consent-elements: colour is true; write blue"],
      [{ a: 1 }, 'TypeError: consent-elements: colour is {"a":1}; write blue'],
      [["red"], 'TypeError: consent-elements: colour is ["red"]; write blue'],
    ];
    expect(
      cases.map(([given]) => [
        given,
        catchError(() => refuse("colour", given, "blue")),
      ]),
    ).to.deep.equal(cases);
  });
});

describe("oneOf", () => {
  const SIZES = ["small", "large"] as const;

  it("returns what is allowed", () => {
    expect(SIZES.map((size) => oneOf("size", size, SIZES))).to.deep.equal(
      SIZES,
    );
  });

  it("refuses what is not, and lists what is", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      ["Small", 'RangeError: consent-elements: size is "Small"'],
      ["length", 'RangeError: consent-elements: size is "length"'],
      [0, "RangeError: consent-elements: size is 0"],
      [undefined, "TypeError: consent-elements: size is undefined"],
      [["small"], 'TypeError: consent-elements: size is ["small"]'],
    ];
    expect(
      cases.map(([given]) => [
        given,
        catchError(() => oneOf("size", given, SIZES)),
      ]),
    ).to.deep.equal(
      cases.map(([given, message]) => [
        given,
        `${message}; write small or large`,
      ]),
    );
  });
});

describe("text", () => {
  it("returns a text with something in it", () => {
    expect(["a", " ", "0"].map((given) => text("token", given))).to.deep.equal([
      "a",
      " ",
      "0",
    ]);
  });

  it("refuses everything else", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      ["", "TypeError: consent-elements: token is null; write a text"],
      [null, "TypeError: consent-elements: token is null; write a text"],
      [undefined, "TypeError: consent-elements: token is null; write a text"],
      [7, "RangeError: consent-elements: token is 7; write a text"],
      [["a"], 'TypeError: consent-elements: token is ["a"]; write a text'],
      [{}, "TypeError: consent-elements: token is {}; write a text"],
    ];
    expect(
      cases.map(([given]) => [given, catchError(() => text("token", given))]),
    ).to.deep.equal(cases);
  });
});

describe("withDefaults", () => {
  const DEFAULTS: { size: string; count: number; note: string | undefined } = {
    size: "small",
    count: 1,
    note: undefined,
  };

  it("lays what is given over the defaults", () => {
    const cases = [
      [undefined, { size: "small", count: 1, note: undefined }],
      [{}, { size: "small", count: 1, note: undefined }],
      [{ size: "large" }, { size: "large", count: 1, note: undefined }],
      [
        { count: 0, note: "" },
        { size: "small", count: 0, note: "" },
      ],
    ] as const;
    expect(
      cases.map(([options]) => [options, withDefaults(DEFAULTS, options)]),
    ).to.deep.equal(cases);
  });

  it("keeps the default of an option that is undefined", () => {
    expect(withDefaults(DEFAULTS, { size: undefined, count: 2 })).to.deep.equal(
      { size: "small", count: 2, note: undefined },
    );
  });

  it("takes null for a value, not for a missing one", () => {
    const given = { size: null as unknown as string };
    expect(withDefaults(DEFAULTS, given).size).to.equal(null);
  });

  it("leaves the defaults as they are", () => {
    withDefaults(DEFAULTS, { size: "large" });
    expect(DEFAULTS.size).to.equal("small");
  });

  it("refuses an option that there is not, even one that is undefined, and lists those there are", () => {
    const misspelt = [
      { siez: "large" },
      { siez: undefined },
      { Size: "large" },
    ];
    expect(
      misspelt.map((options) =>
        catchError(() => withDefaults(DEFAULTS, options as object)),
      ),
    ).to.deep.equal([
      'TypeError: consent-elements: an option is ["siez"]; write size,count,note',
      'TypeError: consent-elements: an option is ["siez"]; write size,count,note',
      'TypeError: consent-elements: an option is ["Size"]; write size,count,note',
    ]);
  });
});
