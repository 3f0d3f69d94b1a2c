import { expect } from "@open-wc/testing";
import {
  checkStored,
  matches,
  parseStored,
  type Pattern,
  type Stored,
} from "../../src/gate/stored.js";
import { catchError } from "../support/catch-error.js";

describe("what is stored, in markup", () => {
  it("is names with their places before a colon, and cookies without", () => {
    expect(
      parseStored(
        `_ga _ga_*
         local:ph_* session:_cltk database:AMP_* cache:x httponly:FPID third-party:IDE cookie:a:b local:a:b`,
      ),
    ).to.deep.equal({
      cookies: ["_ga", "_ga_*", "a:b"],
      local: ["ph_*", "a:b"],
      session: ["_cltk"],
      databases: ["AMP_*"],
      caches: ["x"],
      httpOnly: ["FPID"],
      thirdParty: ["IDE"],
    });
  });

  it("may be nothing", () => {
    expect([parseStored(""), parseStored(" \n ")]).to.deep.equal([{}, {}]);
  });

  for (const [text, told] of [
    ["locl:x", `the place in "locl:x" is "locl"; write cookie or local or`],
    [":x", `the place in ":x" is ""; write cookie or local or`],
    ["_ga constructor:x", `the place in "constructor:x" is "constructor"`],
  ] as const)
    it(`refuses ${text}`, () => {
      expect(catchError(() => parseStored(text))).to.include(
        `RangeError: consent-elements: ${told}`,
      );
    });
});

describe("a pattern", () => {
  const cases: [pattern: Pattern, yes: string[], no: string[]][] = [
    ["_ga", ["_ga"], ["_ga_1", "x_ga", "_GA", ""]],
    ["_ga_*", ["_ga_", "_ga_1", "_ga_a.b"], ["_ga", "x_ga_1"]],
    ["*_id", ["_id", "a_id"], ["_idx"]],
    ["a*b*c", ["abc", "axbxc"], ["acb"]],
    ["a.b", ["a.b"], ["axb"]],
    ["$(x)[1]^|\\+?{}", ["$(x)[1]^|\\+?{}"], ["x"]],
    ["line*", ["line\nbreak"], []],
    [/_ga|_gid/, ["_ga", "_gid"], ["_ga_1", "x_gid"]],
    [/_GA/i, ["_ga"], ["_gat"]],
    [/_ga/gy, ["_ga", "_ga"], ["x_ga"]],
    [/^_ga$/m, ["_ga"], ["a\n_ga"]],
  ];
  for (const [pattern, yes, no] of cases)
    it(`${pattern} means ${yes.map((name) => JSON.stringify(name)).join(", ")}`, () => {
      const all = [...yes, ...no];
      expect(all.filter((name) => matches(pattern, name))).to.deep.equal(yes);
    });
});

describe("what is to be removed", () => {
  const kept: Stored = {
    cookies: ["consent", "cart_*", /login\d/],
    local: ["consent"],
  };
  const refused: [stored: unknown, told: string][] = [
    [
      { cookies: ["*"] },
      `RangeError: consent-elements: a name in cookies is "*"; write what all its names have in common, such as _ga_*`,
    ],
    [{ local: ["***"] }, `RangeError: consent-elements: a name in local is`],
    [{ caches: [""] }, `RangeError: consent-elements: a name in caches is ""`],
    [{ session: [/.*/] }, `a name in session is "/.*/"; write what all`],
    [{ session: [/[^_]+/] }, `a name in session is "/[^_]+/"; write what all`],
    [
      { cookies: ["_ga", "con*"] },
      `RangeError: consent-elements: a name in cookies is "con*"; write one that leaves consent alone, which the site needs`,
    ],
    [{ cookies: ["consent"] }, "leaves consent alone"],
    [{ local: ["c*t"] }, "leaves consent alone"],
    [{ cookies: [/\w+/] }, "leaves consent alone"],
    [{ cookies: ["cart_id"] }, "leaves cart_* alone"],
    [{ cookies: ["*_id"] }, "leaves cart_* alone"],
    [{ cookies: ["c*_id"] }, "leaves cart_* alone"],
    [{ cookies: ["login1"] }, "leaves /login\\d/ alone"],
    [{ cookies: [7] }, "TypeError: consent-elements: a name in cookies is [7]"],
    [{ cookies: "_ga" }, `cookies is "_ga"; write a list`],
    [
      { cookie: ["_ga"] },
      `TypeError: consent-elements: an option is ["cookie"]; write cookies,local`,
    ],
  ];
  for (const [stored, told] of refused)
    it(`must not be ${told.replace(/^.*consent-elements: /, "")}`, () => {
      expect(catchError(() => checkStored(stored as Stored, kept))).to.include(
        told,
      );
    });

  it("may be what the site does not need, at the same place", () => {
    checkStored(
      {
        cookies: ["_ga", "_ga_*", "car", /_g.+/, "consent2"],
        session: ["consent", "cart_1"],
        databases: ["c*"],
        httpOnly: ["FPID"],
        thirdParty: ["IDE"],
      },
      kept,
    );
  });
});
