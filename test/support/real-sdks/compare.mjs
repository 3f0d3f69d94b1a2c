import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { hasPageCache } from "../browser.mjs";
import { startStage } from "./scene.mjs";

/**
 * Plays each scenario with the SDK alone, which must show the fault, and behind its bridge, which must not.
 *
 * @param {string} sdk `mixpanel` or `snowplow`.
 * @param {readonly import("./scene.mjs").Scenario[]} scenarios
 */
export function compare(sdk, scenarios) {
  /** @type {Awaited<ReturnType<typeof startStage>>} */
  let stage;

  before(async () => {
    stage = await startStage(sdk);
  });
  after(() => stage?.close());

  /**
   * Plays `run` for a fresh visitor.
   *
   * @template T
   * @param {(scene: import("./scene.mjs").Scene) => Promise<T>} run
   * @param {string} [as]
   */
  const play = async (run, as = `${sdk}+bridge`) => {
    const scene = await stage.newScene(as);
    try {
      return await run(scene);
    } finally {
      await scene.close();
    }
  };

  describe(`${sdk} behind its bridge mends what the SDK alone does:`, () => {
    for (const { id, title, run, isFault, needsPageCache } of scenarios)
      it(
        `${id} ${title}`,
        { skip: needsPageCache && !hasPageCache },
        async (t) => {
          const [alone, bridged] = await Promise.all([
            play(run, sdk),
            play(run),
          ]);
          t.diagnostic(`alone: ${alone}; with the bridge: ${bridged}`);
          assert.ok(isFault(alone), `the SDK alone is right: ${alone}`);
          assert.ok(!isFault(bridged), `with the bridge: ${bridged}`);
        },
      );
  });

  return play;
}
