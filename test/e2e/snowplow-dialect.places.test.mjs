import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";
import { startStage } from "../support/real-sdks/scene.mjs";

const { assertNoLeaks } = await loadSource("testing/index.ts");

/** @typedef {import("../support/real-sdks/scene.mjs").Scene} Scene */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => {
  stage = await startStage("snowplow");
});
after(() => stage?.close());

/**
 * Plays `run` for a fresh visitor of a page with this subject.
 *
 * @param {string} subject
 * @param {(scene: Scene) => Promise<void>} run
 */
async function play(subject, run) {
  const scene = await stage.newScene(`snowplow+${subject}`);
  try {
    await run(scene);
  } finally {
    await scene.close();
  }
}

const arrived = (/** @type {Scene} */ { collector }, count = 1) =>
  collector.waitFor(({ events }) => events.length >= count);

/** The levels of Snowplow's ladder, as the SDK's option asks for them. */
const LEVELS = [
  ["client", true],
  ["session", { withSessionTracking: true }],
  ["server", { withServerAnonymisation: true }],
  [
    "server-session",
    { withSessionTracking: true, withServerAnonymisation: true },
  ],
];

describe("snowplow dialect, where somebody has been known", () => {
  for (const [level, anonymousTracking] of LEVELS)
    for (const eventMethod of ["post", "get"])
      it(`check 1: names nobody at ${level} by ${eventMethod} after full tracking, and after a reload`, () =>
        play("dialect", async (scene) => {
          const tab = await scene.open({
            config: { anonymousTracking: false, eventMethod },
          });
          const both = (/** @type {any} */ subject) => {
            subject.page();
            subject.act();
          };
          await tab.do((subject) => subject.user("alice-4711"));
          await tab.do(both);
          await arrived(scene, 2);
          await tab.settle(1000);
          const known = scene
            .arrived()
            .flatMap(({ data }) => [data.duid, data.sid, data.uid])
            .filter(Boolean);
          assert.equal(known.length, 6);
          const isAnonymous = () => {
            const { events } = assertNoLeaks(scene.collector.requests, {
              level,
              known: [...new Set(known)],
            });
            assert.equal(events, 2);
            scene.collector.clear();
          };
          scene.collector.clear();
          await tab.do((subject, options) => {
            subject.sdk.enableAnonymousTracking({ options });
          }, anonymousTracking);
          await tab.do(both);
          await arrived(scene, 2);
          isAnonymous();
          await tab.go({ config: { anonymousTracking, eventMethod } });
          await tab.do(both);
          await arrived(scene, 2);
          isAnonymous();
        }));
});

/** What a browser may lack. */
const POOR = {
  "storage that is full": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "no BroadcastChannel": () => {
    Reflect.deleteProperty(window, "BroadcastChannel");
  },
  "no locks": () => {
    Reflect.deleteProperty(Navigator.prototype, "locks");
  },
  "no fetch": () => {
    Reflect.deleteProperty(window, "fetch");
  },
};

describe("a poor browser", () => {
  for (const [what, take] of Object.entries(POOR))
    for (const subject of ["dialect", "tracker", "bridge"])
      it(`check 12: is borne by the ${subject}, quietly and anonymously: ${what}`, () =>
        play(subject, async (scene) => {
          await scene.context.addInitScript(take);
          const tab = await scene.open();
          /** @type {string[]} */
          const said = [];
          tab.page.on("console", (message) => {
            if (message.type() === "error") said.push(message.text());
          });
          await tab.do((each) => {
            each.user("alice");
            each.page();
            each.act();
          });
          // Without fetch nothing can leave; that it is borne is all.
          if (what === "no fetch") await tab.pass(3000);
          else await arrived(scene, 2);
          const named = scene
            .arrived()
            .filter(({ data }) => data.duid || data.uid);
          assert.deepEqual([named, said, scene.errors], [[], [], []]);
        }));
});
