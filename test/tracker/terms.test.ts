import { expect } from "@open-wc/testing";
import type { Level } from "../../src/tracker/level.js";
import { mayLeave } from "../../src/tracker/terms.js";

const LEVELS: readonly Level[] = [
  "off",
  "hold",
  "anonymous",
  "session",
  "full",
];

// What was taken on the terms of a row may leave on those of a column: o = open network address, * = hidden.
const TABLE = `
              anonymous/o anonymous/* session/o session/* full/o full/*
  anonymous/o     yes         no         yes       no       yes    no
  anonymous/*     yes         yes        yes       yes      yes    yes
  session/o       no          no         yes       no       yes    no
  session/*       no          no         yes       yes      yes    yes
  full/o          no          no         no        no       yes    no
  full/*          no          no         no        no       yes    yes
`;

const toTerms = (cell: string) => {
  const [level, address] = cell.split("/");
  return { level: level as Level, serverAnonymity: address === "*" };
};

describe("terms", () => {
  const [head = "", ...rows] = TABLE.trim().split("\n");
  for (const row of rows) {
    const [taken = "", ...cells] = row.trim().split(/\s+/);
    it(`let what was taken on ${taken} leave on none that are stricter`, () => {
      const now = head.trim().split(/\s+/);
      expect(
        now.map((column) =>
          mayLeave(toTerms(taken), toTerms(column)) ? "yes" : "no",
        ),
      ).to.deep.equal(cells);
    });
  }

  it("let nothing leave at levels that send nothing, and nothing that was taken at one", () => {
    const idle = ["off", "hold"] as const;
    const pairs = idle.flatMap((level) =>
      LEVELS.flatMap((other) => [
        [level, other] as const,
        [other, level] as const,
      ]),
    );
    expect(
      pairs.filter(([taken, now]) =>
        mayLeave(
          { level: taken, serverAnonymity: true },
          { level: now, serverAnonymity: false },
        ),
      ),
    ).to.deep.equal([]);
  });
});
