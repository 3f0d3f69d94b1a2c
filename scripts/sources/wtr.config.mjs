// The unit tests' own configuration, with a reporter that writes each test's name and end into the file SOURCES_RESULTS,
// and with the mutant of number SOURCES_MUTANT put into the sources as they are served.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import base from "../../web-test-runner.config.mjs";
import { MUTANTS } from "./mutants.mjs";

const rootDir = fileURLToPath(new URL("../..", import.meta.url));
const { SOURCES_RESULTS = "", SOURCES_MUTANT } = process.env;
const mutant = SOURCES_MUTANT ? MUTANTS[Number(SOURCES_MUTANT)] : undefined;

const reporter = {
  onTestRunFinished({ sessions }) {
    const all = [];
    for (const { testFile, testResults, errors } of sessions) {
      const file = relative(rootDir, testFile).replaceAll("\\", "/");
      const add = ({ tests, suites }) => {
        for (const { name, passed, skipped } of tests)
          all.push({ file, name, passed, skipped: !!skipped });
        suites.forEach(add);
      };
      if (testResults) add(testResults);
      if (!testResults || errors.length)
        all.push({ file, name: "", passed: false, skipped: false });
    }
    writeFileSync(SOURCES_RESULTS, JSON.stringify(all));
  },
};

const mutate = {
  name: "mutate",
  transform({ path, body }) {
    if (path !== `/${mutant.file}`) return;
    return { body: body.replace(mutant.from, () => mutant.to) };
  },
};

export default {
  ...base,
  rootDir,
  plugins: mutant ? [mutate, ...base.plugins] : base.plugins,
  reporters: [reporter],
};
