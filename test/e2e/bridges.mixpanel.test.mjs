import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare } from "../support/real-sdks/compare.mjs";
import { scenarios } from "../support/real-sdks/scenarios.mixpanel.mjs";

const play = compare("mixpanel", scenarios);

/** What arrived, once each: the tabs' common queue is sent by both at times, and Mixpanel keeps one. */
const once = (
  /** @type {import("../support/real-sdks/scene.mjs").Scene} */ s,
) => [
  ...new Map(
    s
      .arrived()
      .map((event) => [event.data.properties?.$insert_id ?? event, event]),
  ).values(),
];

describe("the bridge to mixpanel-browser", () => {
  it("gives all tabs one fresh identity after a no and a new yes, and says $opt_in from one", () =>
    play(async (scene) => {
      const a = await scene.open();
      await a.do((subject) => subject.grant());
      await a.settle();
      const b = await scene.open();
      await b.settle();
      const old = scene.arrived()[0]?.data.properties.$device_id;
      await a.do((subject) => subject.deny());
      await b.settle();
      scene.collector.clear();
      await a.do((subject) => subject.grant());
      await b.pass(1000);
      await a.do((subject) => subject.track("in a"));
      await b.do((subject) => subject.track("in b"));
      await a.settle();
      await b.settle();
      const all = once(scene);
      assert.deepEqual(all.map(({ name }) => name).toSorted(), [
        "$opt_in",
        "in a",
        "in b",
      ]);
      const ids = new Set(all.map(({ data }) => data.properties.$device_id));
      assert.equal(ids.size, 1);
      assert.ok(!ids.has(old));
    }));

  it("keeps the SDK off at the choice anonymous, and sends nothing of what waited", () =>
    play(async (scene) => {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.track("one");
        subject.consent.set({ analytics: "anonymous" });
        subject.track("two");
      });
      await tab.settle();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      assert.deepEqual(
        scene.arrived().map(({ name }) => name),
        ["$opt_in"],
      );
    }));

  it("asks for the deletion of a profile that an earlier page has named", () =>
    play(async (scene) => {
      const how = { options: { deleteUser: true } };
      const tab = await scene.open(how);
      await tab.do((subject) => {
        subject.grant();
        subject.identify("alice");
        subject.people("Alice");
      });
      await tab.settle();
      await tab.reload();
      scene.collector.clear();
      await tab.do((subject) => subject.deny());
      await tab.settle();
      assert.deepEqual(
        scene
          .arrived()
          .map(({ data }) => [data.$distinct_id, "$delete" in data]),
        [["alice", true]],
      );
    }));

  it("takes away what waits in a page that slept through a no and a new yes", () =>
    play(async (scene) => {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.track("before");
      });
      await tab.settle();
      scene.collector.clear();
      scene.collector.answer({ status: 503 });
      await tab.do((subject) => subject.track("waiting"));
      await tab.settle(6000);
      // As another tab would, with no word to this one: it is asleep.
      await tab.do(() => {
        const wake = () =>
          dispatchEvent(
            new PageTransitionEvent("pageshow", { persisted: true }),
          );
        const text = document.cookie.match(/consent=([^;]*)/)?.[1] ?? "";
        document.cookie = `consent=${text.replace(/time=[^&]*/, `time=${new Date(Date.now() + 1000).toISOString()}`)}; path=/`;
        const identity = encodeURIComponent(
          JSON.stringify({ distinct_id: "$device:new", $device_id: "new" }),
        );
        document.cookie = `mp_TOKEN_mixpanel=${identity}; path=/`;
        wake();
      });
      scene.collector.clear();
      scene.collector.answer("ok");
      await tab.do((subject) => subject.track("after"));
      await tab.settle(60_000);
      assert.deepEqual(
        once(scene).map(({ name, data }) => [name, data.properties.$device_id]),
        [["after", "new"]],
      );
    }));

  it("cannot cut off the SDK's request that is under way (c9): that one arrives", () =>
    play(async (scene) => {
      const tab = await scene.open();
      scene.collector.answer("hang");
      await tab.do((subject) => subject.grant());
      await tab.pass(6000);
      await scene.collector.waitFor(({ requests }) => requests[0]);
      await tab.do((subject) => subject.deny());
      scene.collector.answer("ok");
      await tab.settle();
      assert.equal(scene.collector.requests[0]?.aborted, false);
    }));
});
