import { expect } from "@open-wc/testing";
import {
  toPurpose,
  type Purpose,
  type PurposeInput,
} from "../../src/consent/purpose.js";
import { catchError } from "../support/catch-error.js";

describe("a purpose", () => {
  it("is written as its name, or as its name with details", () => {
    const longest = "a".repeat(32);
    const cases: readonly (readonly [PurposeInput, Purpose])[] = [
      ["analytics", { name: "analytics", required: false }],
      ["A", { name: "A", required: false }],
      ["ad-tech_2", { name: "ad-tech_2", required: false }],
      ["times", { name: "times", required: false }],
      [longest, { name: longest, required: false }],
      ["necessary", { name: "necessary", required: true }],
      [{ name: "maps" }, { name: "maps", required: false }],
      [
        { name: "maps", required: false },
        { name: "maps", required: false },
      ],
      [
        { name: "login", required: true },
        { name: "login", required: true },
      ],
      [{ name: "necessary" }, { name: "necessary", required: true }],
    ];
    expect(cases.map(([input]) => [input, toPurpose(input)])).to.deep.equal(
      cases,
    );
  });

  it("is always required when its name is necessary", () => {
    expect(toPurpose({ name: "necessary", required: false })).to.deep.equal({
      name: "necessary",
      required: true,
    });
  });

  it("refuses a name that the record could not hold", () => {
    const names = [
      "",
      "1st",
      "-a",
      "_a",
      "a b",
      "a;b",
      "a=b",
      "a&b",
      "a.b",
      "café",
      "analytics\n",
      "a".repeat(33),
    ];
    expect(
      names.map((name) => catchError(() => toPurpose(name))),
    ).to.deep.equal(
      names.map(
        (name) =>
          `RangeError: consent-elements: a purpose's name is ${JSON.stringify(name)}; write a word such as analytics`,
      ),
    );
  });

  it("refuses the names of the record's own fields and of every object's", () => {
    const names = [
      "revision",
      "time",
      "source",
      "action",
      "Time",
      "constructor",
      "toString",
      "valueOf",
      "hasOwnProperty",
      "__proto__",
    ];
    const kinds = names.flatMap((name) => [
      catchError(() => toPurpose(name)).split(":")[0],
      catchError(() => toPurpose({ name })).split(":")[0],
    ]);
    expect(kinds).to.deep.equal(Array(20).fill("RangeError"));
  });

  it("refuses what is no name at all", () => {
    const inputs: readonly (readonly [unknown, string])[] = [
      [7, "RangeError: consent-elements: a purpose's name is 7"],
      [{}, "TypeError: consent-elements: a purpose's name is {}"],
      [
        { nam: "maps" },
        `TypeError: consent-elements: a purpose's name is {"nam":"maps"}`,
      ],
      [{ name: 7 }, "RangeError: consent-elements: a purpose's name is 7"],
    ];
    const got = inputs.map(([input]) => [
      input,
      catchError(() => toPurpose(input as string)),
    ]);
    expect(got).to.deep.equal(
      inputs.map(([input, message]) => [
        input,
        `${message}; write a word such as analytics`,
      ]),
    );
  });
});
