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

const namesOf = (
  /** @type {import("../support/real-sdks/scene.mjs").Scene} */ s,
) =>
  s
    .arrived()
    .map(({ name, data }) => name ?? Object.keys(data).find(isOperation));
const isOperation = (/** @type {string} */ key) =>
  /^\$(?:set|delete|append|add|union|unset)/.test(key);

/** The two ways in which a browser has no room for the SDK's word of the refusal. */
const NO_ROOM = {
  blocked: () =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    }),
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
};

describe("the bridge to mixpanel-browser", () => {
  it("knows the visitor on the next page where the site's ids are numbers", () =>
    play(async (scene) => {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.identify(4711);
        subject.track("one");
      });
      await tab.settle();
      await tab.reload();
      await tab.do((subject) => subject.track("two"));
      await tab.settle();
      const [one, two] = ["one", "two"].map((name) => {
        const found = once(scene).find((event) => event.name === name);
        const { distinct_id, $user_id, $device_id } =
          found?.data.properties ?? {};
        return { distinct_id, $user_id, $device_id };
      });
      assert.equal(one?.$user_id, 4711);
      assert.deepEqual(two, one);
    }));

  for (const [how, name] of /** @type {const} */ ([
    ["a number", (/** @type {any} */ subject) => subject.identify(4711)],
    ["an alias", (/** @type {any} */ subject) => subject.sdk.alias("bob")],
  ]))
    it(`asks for the deletion, and says nothing else, of a visitor named by ${how}`, () =>
      play(async (scene) => {
        const tab = await scene.open({ options: { deleteUser: true } });
        await tab.do((subject) => subject.grant());
        await tab.do(name);
        // An alias is taken when the answer to it has come.
        await tab.settle();
        await tab.settle();
        scene.collector.clear();
        await tab.do((subject) => subject.deny());
        await tab.settle();
        assert.deepEqual(namesOf(scene), ["$delete"]);
      }));

  for (const [how, take] of Object.entries(NO_ROOM)) {
    it(`lets no alias() leave after a no where localStorage is ${how}`, () =>
      play(async (scene) => {
        if (how === "blocked") await scene.context.addInitScript(take);
        const tab = await scene.open();
        await tab.do((subject) => subject.grant());
        await tab.settle();
        scene.collector.clear();
        if (how === "full") await tab.page.evaluate(take);
        await tab.do((subject) => {
          subject.deny();
          subject.sdk.alias("alice@shop.test");
        });
        await tab.settle();
        assert.deepEqual(namesOf(scene), []);
        await tab.do((subject) => {
          subject.grant();
          subject.track("after a new yes");
        });
        await tab.settle();
        assert.ok(namesOf(scene).includes("after a new yes"));
      }));

    it(`records nothing after a no where localStorage is ${how}`, () =>
      play(async (scene) => {
        let count = 0;
        scene.context.on("request", (request) => {
          if (request.url().includes("/record/")) count++;
        });
        const click = async () => {
          await tab.page.mouse.click(30, 30);
          await tab.settle(20_000);
        };
        if (how === "blocked") await scene.context.addInitScript(take);
        const tab = await scene.open({
          config: { record_sessions_percent: 100 },
        });
        await tab.do((subject) => subject.grant());
        await tab.settle(20_000);
        await click();
        assert.ok(count > 0, "it has recorded");
        if (how === "full") await tab.page.evaluate(take);
        await tab.do((subject) => subject.deny());
        count = 0;
        await click();
        await click();
        assert.equal(count, 0);
      }));
  }

  it("asks for feature flags at each yes, under the id of that yes, and never after a no", () =>
    play(async (scene) => {
      /** @type {string[]} */
      const asked = [];
      scene.context.on("request", (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === "/flags/")
          asked.push(JSON.parse(searchParams.get("context") ?? "{}").device_id);
      });
      const tab = await scene.open({ config: { flags: true } });
      await tab.do((subject) => subject.grant());
      await tab.settle(1000);
      assert.equal(asked.length, 1);
      await tab.do((subject) => {
        subject.deny();
        subject.sdk.identify("alice@shop.test");
      });
      await tab.settle(1000);
      assert.equal(asked.length, 1);
      await tab.do((subject) => subject.grant());
      await tab.settle(1000);
      const device = await tab.do(({ sdk }) => sdk.get_property("$device_id"));
      assert.deepEqual(asked, [asked[0], device]);
      assert.notEqual(asked[0], device);
      assert.deepEqual(scene.errors, []);
    }));

  it("drops what waited under an identity that a no on another subdomain has ended", () =>
    play(async (scene) => {
      const on = (/** @type {string} */ host) => ({
        host,
        cookieDomain: "shop.test",
      });
      const tab = await scene.open(on("app.shop.test"));
      await tab.do((subject) => subject.grant());
      await tab.settle();
      scene.collector.answer({ status: 503 });
      await tab.do((subject) => subject.track("waiting"));
      await tab.settle(6000);
      await tab.go(on("www.shop.test"));
      scene.collector.answer("ok");
      scene.collector.clear();
      await tab.do((subject) => {
        subject.deny();
        subject.grant();
      });
      await tab.settle();
      await tab.go(on("app.shop.test"));
      await tab.do((subject) => subject.track("after"));
      await tab.settle(30_000);
      assert.deepEqual([...new Set(namesOf(scene))].toSorted(), [
        "$opt_in",
        "after",
      ]);
    }));

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

  it("forgets at a no what was registered in memory, and takes nothing registered after it", () =>
    play(async (scene) => {
      const tab = await scene.open();
      await tab.do(({ sdk, ...subject }) => {
        subject.grant();
        sdk.register({ before: "a" }, { persistent: false });
        sdk.register_once({ beforeOnce: "a" }, "None", { persistent: false });
      });
      await tab.settle();
      await tab.do(({ sdk, ...subject }) => {
        subject.deny();
        sdk.register({ after: "a" });
        sdk.register_once({ afterOnce: "a" });
        subject.grant();
        subject.track("told");
      });
      await tab.settle();
      const told = scene.arrived().find(({ name }) => name === "told");
      assert.deepEqual(
        Object.keys(told?.data.properties).filter((key) =>
          /^(?:before|after)/.test(key),
        ),
        [],
      );
    }));

  it("asks for the deletion from the tab where the no is said, and from no other", () =>
    play(async (scene) => {
      const how = { options: { deleteUser: true } };
      const a = await scene.open(how);
      await a.do((subject) => {
        subject.grant();
        subject.identify("alice");
      });
      await a.settle();
      const b = await scene.open(how);
      await b.settle();
      scene.collector.clear();
      await a.do((subject) => subject.deny());
      await a.settle();
      await b.settle();
      assert.deepEqual(namesOf(scene), ["$delete"]);
    }));

  it("keeps the identity under a yes past an old refusal of the SDK's own", () =>
    play(async (scene) => {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      for (const name of ["one", "two"]) {
        await tab.do(() => localStorage.setItem("__mp_opt_in_out_TOKEN", "0"));
        await tab.reload();
        await tab.do((subject, event) => subject.track(event), name);
        await tab.settle();
      }
      const ids = once(scene).map(({ data }) => data.properties.$device_id);
      assert.equal(ids.length, 3);
      assert.equal(new Set(ids).size, 1);
    }));

  it("takes away, as the page goes, what the SDK has written after a no", () =>
    play(async (scene) => {
      // First of all listeners: before the bridge's own.
      await scene.context.addInitScript(() =>
        addEventListener("pagehide", () => {
          const { late } = /** @type {any} */ (globalThis);
          if (late) localStorage.setItem("__mpq_TOKEN_ev", late);
        }),
      );
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        const properties = {
          $device_id: subject.sdk.get_property("$device_id"),
        };
        const item = { id: "1", payload: { event: "late", properties } };
        Object.assign(globalThis, { late: JSON.stringify([item]) });
        subject.deny();
      });
      await tab.go({ path: "/elsewhere" });
      assert.deepEqual(await tab.stored(), ["__mp_opt_in_out_TOKEN"]);
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
