import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHECKS } from "../scripts/sources/checks.mjs";
import {
  beginning,
  namedTests,
  numbersOf,
  testsIn,
  testsOf,
} from "../scripts/sources/named.mjs";
import { acceptancePage, readPage } from "../scripts/sources/page.mjs";
import { scenarios as mixpanel } from "./support/real-sdks/scenarios.mixpanel.mjs";
import { scenarios as moreMixpanel } from "./support/real-sdks/scenarios.mixpanel.more.mjs";
import { scenarios as snowplow } from "./support/real-sdks/scenarios.snowplow.mjs";
import { scenarios as moreSnowplow } from "./support/real-sdks/scenarios.snowplow.more.mjs";

const SCENARIOS = {
  mixpanel: [...mixpanel, ...moreMixpanel],
  snowplow: [...snowplow, ...moreSnowplow],
};
const COUNTS = { mixpanel: 30, snowplow: 16 };

for (const system of /** @type {const} */ (["mixpanel", "snowplow"]))
  describe(`the acceptance checks for ${system}`, () => {
    const checks = CHECKS[system];

    it("are all listed, in order", () => {
      assert.deepEqual(
        checks.map(({ check }) => check),
        Array.from({ length: COUNTS[system] }, (_, i) => i + 1),
      );
    });

    it("have each a test or a reason", () => {
      const without = checks.filter(
        (check) =>
          !check.not &&
          !check.scenarios?.length &&
          !check.bridged?.length &&
          !check.mutants &&
          !testsOf(system, check).length,
      );
      assert.deepEqual(
        without.map(({ check }) => check),
        [],
      );
    });

    it("name tests that there are", () => {
      const missing = checks.flatMap(({ check, tests = [] }) =>
        tests
          .filter(
            ([file, name]) =>
              !testsIn(file).some((other) =>
                beginning(other).startsWith(beginning(name)),
              ),
          )
          .map(([file, name]) => `check ${check}: ${file}: ${name}`),
      );
      assert.deepEqual(missing, []);
    });

    it("name scenarios that there are, and each scenario stands for a check", () => {
      const named = checks.flatMap(({ scenarios = [] }) => scenarios);
      const ids = SCENARIOS[system].map(({ id }) => id);
      assert.deepEqual(named.toSorted(), ids.toSorted());
      for (const { bridged = [] } of checks)
        for (const id of bridged) assert.ok(ids.includes(id), id);
    });

    it("are not called by a number that there is not", () => {
      const wrong = namedTests(system).filter(({ name }) =>
        numbersOf(name).some((number) => number > COUNTS[system]),
      );
      assert.deepEqual(wrong, []);
    });
  });

describe("docs/acceptance.md", () => {
  it("is what scripts/sources/checks.mjs says: node scripts/sources.mjs --page", () => {
    // Without the padding that the formatter puts into tables.
    const plain = (/** @type {string} */ text) =>
      text.replaceAll(/ +\|/g, " |").replaceAll(/-{2,}/g, "--");
    assert.equal(plain(readPage()), plain(acceptancePage()));
  });
});
