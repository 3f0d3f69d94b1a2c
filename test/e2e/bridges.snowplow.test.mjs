import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare } from "../support/real-sdks/compare.mjs";
import { scenarios } from "../support/real-sdks/scenarios.snowplow.mjs";

const play = compare("snowplow", scenarios);

/** As the bridge is without options: off before a yes, and after a no. */
const STRICT = { beforeChoice: "hold", whenDenied: "off" };

/**
 * @typedef {import("../support/real-sdks/scene.mjs").Scene} Scene
 * @typedef {import("../support/real-sdks/scene.mjs").Tab} Tab
 */

/** Waits until `count` requests with events have been answered, well or not. */
const answered = (/** @type {Scene} */ { collector }, count = 1) =>
  collector.waitFor(
    ({ requests }) =>
      requests.filter(({ kind, answer }) => kind === "tp2" && answer).length >=
      count,
  );

/** The events that the collector has taken, without the markers of a settled page. */
const accepted = (/** @type {Scene} */ { collector }) =>
  collector.events
    .map(({ data }) => /** @type {any} */ (data))
    .filter(({ eid }) => eid);

/** Opens a page with one event that the collector cannot take yet. */
async function leaveOneWaiting(
  /** @type {Scene} */ scene,
  /** @type {Parameters<Scene["open"]>[0]} */ how,
) {
  const tab = await scene.open(how);
  await tab.do((subject) => {
    subject.grant();
    subject.page();
  });
  await answered(scene);
  await tab.settle(1000);
  scene.collector.clear();
  scene.collector.answer({ status: 503 });
  await tab.do((subject) => subject.act());
  await answered(scene);
  await tab.settle(1000);
  const [waiting] = scene.arrived();
  scene.collector.clear();
  return { tab, waiting: waiting?.data };
}

const show = (/** @type {Tab} */ tab, isShown = true) =>
  tab.do((_, isVisible) => {
    const state = {
      visibilityState: isVisible ? "visible" : "hidden",
      hidden: !isVisible,
    };
    for (const [key, value] of Object.entries(state))
      Object.defineProperty(document, key, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isShown);

/** More than the SDK puts into its store. */
const trackMuch = (/** @type {any} */ subject) =>
  subject.bridge.run((/** @type {any} */ sdk) =>
    sdk.trackStructEvent(
      { category: "big", action: "a", label: "x".repeat(50_000) },
      ["sp"],
    ),
  );

describe("the bridge to browser-tracker", () => {
  it("keeps what an address says of the visitor from an anonymous event that is too long to wait", () =>
    play(async (scene) => {
      const search = "&email=alice@shop.test";
      const tab = await scene.open({ path: "/elsewhere" });
      await tab.page.goto(scene.address({ search }), {
        referer: scene.address({ path: "/next", search }),
      });
      await tab.do(trackMuch);
      await answered(scene);
      const [{ data }] = /** @type {any} */ (scene.arrived());
      assert.deepEqual(
        [data.duid, new URL(data.url).search, new URL(data.refr).search],
        [undefined, "", ""],
      );
    }));

  it("gives a long event that was held its own time and address", () =>
    play(async (scene) => {
      const tab = await scene.open({ options: STRICT });
      await tab.do(trackMuch);
      const then = await tab.do(() => [Date.now(), location.href]);
      await tab.pass(60_000);
      await tab.do((subject) => {
        history.replaceState(null, "", "/other");
        subject.grant();
      });
      await answered(scene);
      const [{ data }] = /** @type {any} */ (scene.arrived());
      assert.ok(Math.abs(data.dtm - then[0]) < 1000, `${data.dtm}`);
      assert.equal(data.url, then[1]);
    }));

  it("loses nothing that waits where the page goes to the background and storage is full", () =>
    play(async (scene) => {
      const { tab, waiting } = await leaveOneWaiting(scene, {});
      await tab.do(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
      });
      await show(tab, false);
      // Before the page is back, where it sends at once: a refusal now would let the SDK wait.
      scene.collector.answer("ok");
      await show(tab);
      await tab.do((subject) => subject.page());
      await scene.collector.waitFor(() => accepted(scene)[0]);
      await tab.settle(3000);
      const ids = accepted(scene).map(({ eid }) => eid);
      assert.equal(ids.length, 2);
      assert.ok(ids.includes(waiting?.eid));
    }));

  it("sends from one page what a page in the background had left, though both go on", () =>
    play(async (scene) => {
      const { tab: a, waiting } = await leaveOneWaiting(scene, {});
      await show(a, false);
      const b = await scene.open();
      await b.settle(1000);
      scene.collector.clear();
      scene.collector.answer("ok");
      await a.do((subject) => subject.act());
      await b.do((subject) => subject.act());
      await a.settle(3000);
      await b.settle(3000);
      const ids = accepted(scene).map(({ eid }) => eid);
      assert.equal(ids.length, 3);
      assert.equal(new Set([...ids, waiting?.eid]).size, 3);
    }));

  it("drops what waited under an identity that a no on another subdomain has ended", () =>
    play(async (scene) => {
      const on = (/** @type {string} */ host) => ({
        host,
        cookieDomain: "shop.test",
        config: { cookieDomain: "shop.test" },
      });
      const { tab, waiting } = await leaveOneWaiting(
        scene,
        on("app.shop.test"),
      );
      await tab.go(on("www.shop.test"));
      scene.collector.answer("ok");
      await tab.do((subject) => {
        subject.deny();
        subject.grant();
        subject.page();
      });
      await tab.settle(1000);
      await tab.go(on("app.shop.test"));
      await tab.do((subject) => subject.page());
      await scene.collector.waitFor(() => accepted(scene)[1]);
      await tab.settle(3000);
      const ids = accepted(scene).map(({ duid }) => duid);
      assert.equal(ids.length, 2);
      assert.ok(!ids.includes(waiting?.duid));
    }));

  it("knows at a yes whom the site has named before it, and nobody after a no", () =>
    play(async (scene) => {
      const tab = await scene.open();
      for (const [count, choice] of [
        "",
        "granted",
        "denied",
        "granted",
      ].entries()) {
        await tab.do((subject, value) => {
          if (value) subject.consent.set({ analytics: value });
          else subject.user("alice");
          subject.page();
        }, choice);
        await scene.collector.waitFor(() => accepted(scene)[count]);
        await tab.settle(1000);
      }
      const all = accepted(scene);
      assert.deepEqual(
        all.map(({ uid }) => uid),
        [undefined, "alice", undefined, undefined],
      );
      const ids = all.map(({ duid }) => duid);
      assert.ok(ids[1] && ids[3] && ids[1] !== ids[3], `${ids}`);
    }));

  it("leaves what waits when the page goes, and keeps nothing of it once it is sent", () =>
    play(async (scene) => {
      const { tab, waiting } = await leaveOneWaiting(scene, {});
      const left = () =>
        tab.do(() => localStorage.getItem("consent-snowplow.sp") ?? "");
      assert.equal(await left(), "");
      await tab.do(() => dispatchEvent(new PageTransitionEvent("pagehide")));
      assert.ok((await left()).includes(waiting?.eid));
      scene.collector.answer("ok");
      await tab.do(() => dispatchEvent(new Event("online")));
      await scene.collector.waitFor(() => accepted(scene)[0]);
      await tab.settle(1000);
      assert.deepEqual(
        [accepted(scene).map(({ eid }) => eid), await left()],
        [[waiting?.eid], ""],
      );
    }));

  it("takes from storage no event that it would not have put there", () =>
    play(async (scene) => {
      const { tab, waiting } = await leaveOneWaiting(scene, {});
      await tab.go({ path: "/elsewhere" });
      await tab.do((_, payload) => {
        const entries = [
          { payload: { ...payload, eid: undefined }, svrAnon: false },
          { payload: { ...payload, eid: crypto.randomUUID() }, svrAnon: true },
          { payload: { ...payload, eid: crypto.randomUUID() } },
        ];
        localStorage.setItem("consent-snowplow.sp", JSON.stringify(entries));
      }, waiting);
      scene.collector.clear();
      scene.collector.answer("ok");
      await tab.go({});
      await tab.do((subject) => subject.page());
      await scene.collector.waitFor(() => accepted(scene)[0]);
      await tab.settle(3000);
      assert.deepEqual(
        scene.arrived().map(({ data }) => data.e),
        ["pv"],
      );
    }));

  it("takes the identity off a link at the no itself, before anybody presses it again", () =>
    play(async (scene) => {
      const tab = await scene.open();
      const queryOf = (/** @type {boolean} */ isPressed) =>
        tab.do((_, press) => {
          const link = /** @type {HTMLAnchorElement} */ (
            document.querySelector("#partner")
          );
          if (press) link.dispatchEvent(new MouseEvent("mousedown"));
          return new URL(link.href).search;
        }, isPressed);
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      assert.match(await queryOf(true), /^\?_sp=/);
      await tab.do((subject) => subject.deny());
      assert.equal(await queryOf(false), "");
    }));

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
