import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

const { gpcJson, secGpc } = await loadSource("server/index.ts");

describe("Sec-GPC", () => {
  for (const [value, wanted] of /** @type {const} */ ([
    ["1", true],
    ["0", false],
    ["true", false],
    ["1, 1", false],
    ["1;a", false],
    ["01", false],
    ["", false],
    [undefined, false],
  ]))
    it(`is ${wanted ? "a" : "no"} signal with ${JSON.stringify(value)}, in both kinds of headers`, () => {
      const given = value === undefined ? {} : { "sec-gpc": value };
      assert.deepEqual(
        [secGpc(given), secGpc(new Headers(given))],
        [wanted, wanted],
      );
    });

  it("is no signal where it was sent twice", () => {
    const twice = new Headers([
      ["sec-gpc", "1"],
      ["sec-gpc", "1"],
    ]);
    assert.deepEqual(
      [secGpc(twice), secGpc({ "sec-gpc": ["1", "1"] })],
      [false, false],
    );
  });
});

describe("/.well-known/gpc.json", () => {
  it("says that the signal is honoured, and since when that is known", () => {
    const wanted = '{"gpc":true,"lastUpdate":"2026-11-28"}';
    assert.deepEqual(
      [gpcJson("2026-11-28"), gpcJson(new Date("2026-11-28T23:59:59Z"))],
      [wanted, wanted],
    );
  });

  for (const day of [
    "28.11.2026",
    "2026-02-30",
    "2026-11",
    "2026-13-01",
    "",
    new Date(NaN),
  ])
    it(`is not made of ${String(day) || "nothing"}`, () => {
      assert.throws(() => gpcJson(day), {
        name: "RangeError",
        message: /write a day such as/,
      });
    });
});
