import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startStage } from "../support/real-sdks/scene.mjs";
import { scenarios } from "../support/real-sdks/scenarios.mixpanel.mjs";

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;

before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

/**
 * @param {import("../support/real-sdks/scene.mjs").Scenario} scenario
 * @param {string} as
 */
async function play(scenario, as) {
  const scene = await stage.newScene(as);
  try {
    return await scenario.run(scene);
  } finally {
    await scene.close();
  }
}

describe("mixpanel-browser behind its bridge", () => {
  for (const scenario of scenarios)
    it(`${scenario.title} (${scenario.id})`, async (t) => {
      const alone = await play(scenario, "mixpanel");
      const bridged = await play(scenario, "mixpanel+bridge");
      t.diagnostic(`alone: ${alone}; with the bridge: ${bridged}`);
      assert.ok(scenario.isFault(alone), `the SDK alone is right: ${alone}`);
      assert.ok(!scenario.isFault(bridged), `with the bridge: ${bridged}`);
    });
});
