import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare } from "../support/real-sdks/compare.mjs";
import { scenarios } from "../support/real-sdks/scenarios.snowplow.mjs";

const play = compare("snowplow", scenarios);

/** As the bridge is without options: off before a yes, and after a no. */
const STRICT = { beforeChoice: "hold", whenDenied: "off" };

describe("the bridge to browser-tracker", () => {
  it("stores and sends nothing before a choice, then what waited, with its own time and address", () =>
    play(async (scene) => {
      const tab = await scene.open({ options: STRICT });
      await tab.do((subject) => subject.page());
      const then = await tab.do(() => [Date.now(), location.href]);
      await tab.pass(5000);
      assert.deepEqual(await tab.stored(), []);
      assert.deepEqual(scene.arrived(), []);
      await tab.do((subject) => {
        history.replaceState(null, "", "/other");
        subject.grant();
      });
      await scene.collector.waitFor(({ events }) => events[0]);
      const [{ data, errors }] = /** @type {any} */ (scene.arrived());
      assert.deepEqual(errors, []);
      assert.ok(Math.abs(data.dtm - then[0]) < 1000, `${data.dtm}`);
      assert.equal(data.url, then[1]);
    }));

  it("sends nothing after a no, whoever calls the SDK, and stores nothing", () =>
    play(async (scene) => {
      const tab = await scene.open({ options: STRICT });
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      await scene.collector.waitFor(({ events }) => events[0]);
      await tab.settle(1000);
      scene.collector.clear();
      await tab.do((subject) => {
        subject.deny();
        subject.page();
        subject.sdk.trackPageView({}, ["sp"]);
        subject.sdk.flushBuffer({}, ["sp"]);
      });
      await tab.settle(1000);
      await tab.reload();
      await tab.do((subject) => subject.page());
      await tab.settle(1000);
      assert.deepEqual(scene.arrived(), []);
      assert.deepEqual(
        await tab.do(() => [
          ...Object.keys(localStorage),
          ...Object.keys(sessionStorage),
        ]),
        [],
      );
    }));

  it("hands over what waits when the page goes, and the next page sends it, once", () =>
    play(async (scene) => {
      const tab = await scene.open();
      scene.collector.answer({ status: 503 });
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      await scene.collector.waitFor(({ requests }) => requests[0]?.answer);
      await tab.settle(1000);
      const [waiting] = scene.arrived();
      await tab.go({ path: "/next" });
      scene.collector.clear();
      scene.collector.answer("ok");
      await tab.do((subject) => subject.page());
      await scene.collector.waitFor(() => scene.arrived()[1]);
      await tab.settle(1000);
      const ids = scene.arrived().map(({ data }) => data.eid);
      assert.equal(ids.length, 2);
      assert.equal(ids.filter((id) => id === waiting?.data.eid).length, 1);
    }));

  it("sends valid events at every level", () =>
    play(async (scene) => {
      const tab = await scene.open();
      for (const choice of ["anonymous", "granted", "anonymous", "denied"]) {
        await tab.do((subject, value) => {
          subject.consent.set({ analytics: value });
          subject.page();
        }, choice);
        const count = scene.arrived().length;
        await scene.collector.waitFor(() => scene.arrived().length >= count);
        await tab.settle(1000);
      }
      assert.deepEqual(
        scene.arrived().map(({ data, errors }) => [Boolean(data.duid), errors]),
        [false, true, false, false].map((isNamed) => [isNamed, []]),
      );
    }));
});
