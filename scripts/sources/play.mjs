import { hasPageCache } from "../../test/support/browser.mjs";
import { startStage } from "../../test/support/real-sdks/scene.mjs";

/**
 * What one subject did in one scenario. `skipped`: why nothing can be said of it.
 *
 * @typedef {{ seen: string, isFault: boolean, skipped?: string }} Outcome
 * @typedef {import("../../test/support/real-sdks/scene.mjs").Scenario} Scenario
 * @typedef {{ scenario: Scenario, outcomes: Record<string, Outcome> }} Played
 */

/** The longest that one subject may take for a scenario. In milliseconds. */
const LONGEST = 60_000;

/**
 * Plays each scenario with each subject, in one browser: the subjects of a scenario side by side, so that a table
 * compares what was measured in the same minute.
 *
 * @param {string} sdk `mixpanel` or `snowplow`.
 * @param {readonly Scenario[]} scenarios
 * @param {{ subjectsOf: (scenario: Scenario) => readonly string[], tell?: (played: Played) => void }} how Who plays a
 *   scenario, such as `mixpanel` and `mixpanel+tracker`, and who hears of each as it ends.
 * @returns {Promise<Played[]>}
 */
export async function play(sdk, scenarios, { subjectsOf, tell }) {
  const stage = await startStage(sdk);
  const all = [];
  try {
    for (const scenario of scenarios) {
      const outcomes = await Promise.all(
        subjectsOf(scenario).map(async (as) => [
          as,
          await outcome(stage, scenario, as),
        ]),
      );
      const played = { scenario, outcomes: Object.fromEntries(outcomes) };
      all.push(played);
      tell?.(played);
    }
  } finally {
    await stage.close();
  }
  return all;
}

/**
 * @param {import("../../test/support/real-sdks/scene.mjs").Stage} stage
 * @param {Scenario} scenario
 * @param {string} as
 * @returns {Promise<Outcome>}
 */
async function outcome(stage, scenario, as) {
  const { run, isFault, not, needsPageCache, blocksCookies = false } = scenario;
  const skipped =
    not?.[as.split("+")[1] ?? ""] ??
    (needsPageCache && !hasPageCache ? "no page cache here" : undefined);
  if (skipped) return { seen: "", isFault: false, skipped };
  const scene = await stage.newScene(as, { blocksCookies });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    const seen = await Promise.race([
      run(scene),
      new Promise((_, refuse) => {
        timer = setTimeout(() => refuse(new Error("no end")), LONGEST);
      }),
    ]);
    return { seen, isFault: isFault(seen) };
  } catch (error) {
    const [line] = `${/** @type {Error} */ (error)?.message ?? error}`.split(
      "\n",
    );
    const seen = `threw: ${line}`;
    // Such as a request that never came: for the library a failure. Of an SDK it says nothing; the machine may be slow.
    const isOurs = as.includes("+");
    return { seen, isFault: isOurs, ...(!isOurs && { skipped: seen }) };
  } finally {
    clearTimeout(timer);
    await scene.close();
  }
}
