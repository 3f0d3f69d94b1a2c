import assert from "node:assert/strict";
import { test } from "node:test";
import { loadModel } from "./load.mjs";

// `MODEL_RUNS=5000 MODEL_SEED=7 node --test test/model/model.test.mjs` tells more of them, or the same again.
const runs = Number(process.env.MODEL_RUNS ?? 300);
const seed = Number(process.env.MODEL_SEED ?? 1);

test(`the promises P1 to P6 hold in ${runs} stories (seed ${seed})`, async () => {
  const { tell } = await loadModel();
  const { story } = await tell({ runs, seed });
  assert.ok(!story, story);
});
