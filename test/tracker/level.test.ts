import { expect } from "@open-wc/testing";
import { MODES } from "../../src/consent/choice.js";
import {
  BEFORE_CHOICE,
  toLevel,
  WHEN_DENIED,
} from "../../src/tracker/level.js";

// One row a mode and a choice; one column a word for `beforeChoice`. A pair is for `whenDenied` off and anonymous.
const TABLE = `
  opt-in  absent     hold                off                 anonymous
  opt-in  granted    full                full                full
  opt-in  anonymous  anonymous           anonymous           anonymous
  opt-in  denied     off/anonymous       off/anonymous       off/anonymous
  opt-out absent     full                full                full
  opt-out granted    full                full                full
  opt-out anonymous  anonymous           anonymous           anonymous
  opt-out denied     off/anonymous       off/anonymous       off/anonymous
  notice  absent     full                full                full
  notice  granted    full                full                full
  notice  anonymous  anonymous           anonymous           anonymous
  notice  denied     off/anonymous       off/anonymous       off/anonymous
`;

describe("level", () => {
  it("follows from the choice, the mode and two words of the site", () => {
    const expected = TABLE.trim()
      .split("\n")
      .flatMap((row) => {
        const [mode, choice, ...cells] = row.trim().split(/\s+/);
        return cells.flatMap((cell, column) =>
          WHEN_DENIED.map((whenDenied, i) => {
            const pair = cell.split("/");
            return `${mode} ${choice} ${BEFORE_CHOICE[column]} ${whenDenied}: ${pair[i] ?? pair[0]}`;
          }),
        );
      });
    const choices = [undefined, "granted", "anonymous", "denied"] as const;
    const actual = MODES.flatMap((mode) =>
      choices.flatMap((choice) =>
        BEFORE_CHOICE.flatMap((beforeChoice) =>
          WHEN_DENIED.map(
            (whenDenied) =>
              `${mode} ${choice ?? "absent"} ${beforeChoice} ${whenDenied}: ${toLevel(
                choice,
                mode,
                {
                  beforeChoice,
                  whenDenied,
                  anonymousLevel: "anonymous",
                },
              )}`,
          ),
        ),
      ),
    );
    expect(actual).to.deep.equal(expected);
    expect(actual).to.have.lengthOf(72);
  });

  it("takes the third choice for what the site says it is", () => {
    const rules = {
      beforeChoice: "anonymous",
      whenDenied: "anonymous",
      anonymousLevel: "session",
    } as const;
    expect([
      toLevel("anonymous", "opt-in", rules),
      toLevel(undefined, "opt-in", rules),
      toLevel("denied", "opt-in", rules),
      toLevel("granted", "opt-in", rules),
    ]).to.deep.equal(["session", "session", "session", "full"]);
  });
});
