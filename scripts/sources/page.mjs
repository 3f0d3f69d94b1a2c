import { readFileSync, writeFileSync } from "node:fs";
import { CHECKS, NAMED } from "./checks.mjs";

const file = new URL("../../docs/acceptance.md", import.meta.url);
const TITLES = { mixpanel: "Mixpanel", snowplow: "Snowplow" };

/** Text that may stand in a cell. */
export const cell = (/** @type {string} */ text) => text.replaceAll("|", "\\|");

/** @param {import("./checks.mjs").Check} check */
function standsFor({ scenarios, bridged, tests = [], mutants }) {
  const files = [...new Set(tests.map(([path]) => `\`${path}\``))];
  return [
    scenarios && `scenarios ${scenarios.join(", ")}`,
    bridged && `scenarios behind the bridge ${bridged.join(", ")}`,
    mutants && "`scripts/sources/mutants.mjs`",
    files.join(", "),
  ]
    .filter(Boolean)
    .join("; ");
}

/** The page as it should be. */
export function acceptancePage() {
  const tables = Object.entries(CHECKS).map(([system, checks]) => {
    const rows = checks.map(
      (check) =>
        `| ${check.check} | ${[check.demands, standsFor(check) || "named tests", check.not ?? ""].map(cell).join(" | ")} |`,
    );
    const places = NAMED[/** @type {"mixpanel"} */ (system)]
      .map(([folder, start]) => `\`${folder}/${start}*\``)
      .join(", ");
    return `## ${TITLES[/** @type {"mixpanel"} */ (system)]}

Named tests are in ${places}.

| check | it demands | beside the named tests | what does not apply, and why |
| ----- | ---------- | ---------------------- | ---------------------------- |
${rows.join("\n")}
`;
  });
  return `# Acceptance checks

Every check of \`reference/mixpanel.md\` (section 6) and \`reference/snowplow.md\` (section 7), and what stands for it here. A
test that is named after checks, such as \`check 4, 12: forgets everything at a no\`, counts for them. Scenarios are visits in
Chromium, against the collector, named by the fault's id in the reference; the real SDK plays the same visit in the same run.

\`npm run test:sources\` runs all of it and prints a table; \`-- --only mixpanel\` one half; \`-- --write\` puts the table into
[sources.md](sources.md). This page is made of \`scripts/sources/checks.mjs\` by \`node scripts/sources.mjs --page\`, and
\`test/acceptance.test.mjs\` sees to it that no check is without a test or a reason, and that every test exists.

${tables.join("\n")}`;
}

export const readPage = () => readFileSync(file, "utf8");

export const writePage = () => writeFileSync(file, acceptancePage());
