import { readFileSync } from "node:fs";

/**
 * More faults of mixpanel-browser: those that no bridge mends from outside.
 *
 * @typedef {import("./scene.mjs").Scenario} Scenario
 * @typedef {import("./scene.mjs").Scene} Scene
 */

const list = (/** @type {readonly string[]} */ all) => all.join(", ") || "-";
const isNot = (/** @type {string} */ right) => (/** @type {string} */ seen) =>
  seen !== right;
const nothing = isNot("-");
/** Events that say something of the visitor: not the word of the grant, which is asked for. */
const told = (/** @type {Scene} */ scene) =>
  list(
    scene
      .arrived()
      .map(({ name }) => name)
      .filter((name) => name !== "$opt_in"),
  );

const FAST = { config: { batch_flush_interval_ms: 500 } };

/** A visitor who has said yes, and whose page has sent everything. */
async function granted(
  /** @type {Scene} */ scene,
  /** @type {Parameters<Scene["open"]>[0]} */ how = {},
) {
  const tab = await scene.open(how);
  await tab.do((subject) => {
    subject.grant();
    subject.track("first");
  });
  await tab.settle();
  scene.collector.clear();
  return tab;
}

/** A file of the SDK's package: its loading snippet, and what that loads. */
const dist = (/** @type {string} */ name) =>
  readFileSync(
    new URL(
      `../../../node_modules/mixpanel-browser/dist/${name}`,
      import.meta.url,
    ),
    "utf8",
  );

/** @type {Scenario[]} */
export const scenarios = [
  {
    id: "c3",
    title: "ends at a no the retries of what was refused",
    async run(scene) {
      const tab = await granted(scene, FAST);
      scene.collector.answer({ status: 503 });
      await tab.do((subject) => subject.track("one"));
      await tab.settle(1000);
      await tab.do((subject) => subject.deny({ clear_persistence: false }));
      scene.collector.answer("ok");
      scene.collector.clear();
      await tab.settle(60_000);
      return told(scene);
    },
    isFault: nothing,
  },
  {
    id: "k13",
    title: "hands over nothing after a no when the page goes",
    async run(scene) {
      const tab = await granted(scene);
      await tab.do((subject) => {
        subject.track("one");
        setTimeout(() => subject.track("two"));
      });
      await tab.pass(100);
      await tab.do((subject) => subject.deny({ clear_persistence: false }));
      await tab.go({ path: "/elsewhere" });
      await tab.settle(1000);
      return told(scene);
    },
    isFault: nothing,
  },
  {
    id: "c5",
    title: "waits as long as Retry-After says",
    async run(scene) {
      const tab = await granted(scene, FAST);
      const headers = {
        "retry-after": "60",
        "access-control-expose-headers": "retry-after",
      };
      scene.collector.answer({ status: 429, headers, times: 1 });
      await tab.do((subject) => subject.track("one"));
      await tab.settle(1000);
      await tab.settle(6000);
      // The one that was refused is alone so far.
      const early = scene.arrived().length > 1;
      await tab.settle(90_000);
      const late = scene.arrived().length;
      return early ? "early" : late > 1 ? "in time" : "never";
    },
    isFault: isNot("in time"),
  },
  {
    id: "c7",
    title: "tries again where the connection was refused",
    async run(scene) {
      const tab = await granted(scene, FAST);
      let refused = 0;
      await scene.context.route("**/track/**", (route) =>
        refused++ ? route.continue() : route.abort("connectionrefused"),
      );
      await tab.do((subject) => subject.track("one"));
      await tab.settle(1000);
      await tab.settle(30_000);
      return told(scene);
    },
    isFault: isNot("one"),
  },
  {
    id: "c9",
    title: "cuts off at a no what is under way",
    async run(scene) {
      const tab = await granted(scene, FAST);
      scene.collector.answer("hang");
      await tab.do((subject) => subject.track("one"));
      await tab.pass(1000);
      const request = await scene.collector.waitFor(
        ({ requests }) => requests[0],
      );
      await tab.do((subject) => subject.deny());
      scene.collector.answer("ok");
      await tab.settle(1000);
      return request.aborted ? "-" : "goes on";
    },
    isFault: nothing,
  },
  {
    id: "d4",
    title:
      "sends nothing after a no where localStorage was full from the start",
    async run(scene) {
      await scene.context.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
      });
      const tab = await granted(scene);
      await tab.do((subject) => {
        subject.deny();
        subject.track("one");
      });
      await tab.settle();
      return told(scene);
    },
    isFault: nothing,
  },
  {
    id: "d8",
    title:
      "sends nothing before a yes, nor after a no, where all cookies are blocked",
    blocksCookies: true,
    async run(scene) {
      const tab = await scene.open();
      const isBlocked = await tab.do(() => {
        try {
          return !localStorage;
        } catch {
          return true;
        }
      });
      if (!isBlocked) return "not blocked";
      await tab.do((subject) => subject.track("early"));
      await tab.settle();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      const early = told(scene);
      scene.collector.clear();
      await tab.do((subject) => {
        subject.deny();
        subject.track("late");
      });
      await tab.settle();
      // What waited for a yes may leave after it.
      return list([
        ...(scene.hasStore || early === "-" ? [] : [early]),
        ...(told(scene) === "-" ? [] : [told(scene)]),
        ...scene.errors.map((text) => text.slice(0, 40)),
      ]);
    },
    isFault: nothing,
  },
  {
    id: "f1",
    title: "sends and stores nothing under Global Privacy Control",
    not: {
      tracker:
        "which signals count is the site's to say to its store; the dialect takes the SDK's options",
    },
    async run(scene) {
      await scene.context.addInitScript(() => {
        Object.defineProperty(navigator, "globalPrivacyControl", {
          value: true,
        });
      });
      const tab = await scene.open({
        // Where a site's mode is opt-out, nobody has to be asked.
        config: { opt_out_tracking_by_default: false },
      });
      await tab.do((subject) => subject.track("one"));
      await tab.settle();
      const all = scene.arrived().map(({ name }) => name);
      return list([...(await tab.stored()), ...all].map(String));
    },
    isFault: nothing,
  },
  {
    id: "h4",
    title: "adopts no forged identity",
    async run(scene) {
      const tab = await scene.open({ path: "/elsewhere" });
      await tab.do(() => {
        const forged = { distinct_id: "<script>", $device_id: "<script>" };
        const text = JSON.stringify(forged);
        document.cookie = `mp_TOKEN_mixpanel=${encodeURIComponent(text)}; path=/`;
        localStorage.setItem(
          "consent-tracker",
          JSON.stringify({
            ...forged,
            grant: "<script>",
            deviceId: "<script>",
          }),
        );
      });
      await tab.go({});
      await tab.do((subject) => {
        subject.grant();
        subject.track("one");
      });
      await tab.settle();
      const all = scene.arrived();
      if (!all.length) return "lost";
      return JSON.stringify(all).includes("<script>") ? "adopted" : "-";
    },
    isFault: nothing,
  },
  {
    id: "h5",
    title: "sends nothing that was forged into the queue",
    async run(scene) {
      const tab = await granted(scene);
      const forge = () => {
        const payload = { event: "forged", properties: { token: "TOKEN" } };
        localStorage.setItem(
          "__mpq_TOKEN_ev",
          JSON.stringify([{ id: "1", flushAfter: 1, payload }]),
        );
        const text = `/track/?verbose=1&ip=1\t${JSON.stringify(payload)}`;
        for (const name of ["consent-tracker", "mp_TOKEN_mixpanel"])
          localStorage.setItem(`${name}/out/forged/000000001000001-1`, text);
      };
      await tab.do(forge);
      await tab.reload();
      await tab.do((subject) => subject.track("one"));
      await tab.settle();
      return told(scene);
    },
    isFault: isNot("one"),
  },
  {
    id: "i",
    title: "writes as much for the last of many events as for the first",
    async run(scene) {
      const tab = await granted(scene);
      // Characters, not time: a slow machine writes as many.
      const [few, many] = await tab.do(async (subject) => {
        let written = 0;
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function count(key, value) {
          written += value.length;
          setItem.call(this, key, value);
        };
        const add = async (/** @type {number} */ count) => {
          const from = written;
          for (let n = 0; n < count; n++) {
            subject.track("event");
            // A task of its own, and the SDK's way to its storage.
            await new Promise((done) => setTimeout(done, 5));
          }
          return written - from;
        };
        Object.defineProperty(navigator, "onLine", { value: false });
        globalThis.fetch = () => new Promise(() => {});
        XMLHttpRequest.prototype.send = () => {};
        return [await add(40), await add(120)];
      });
      const times = Math.round((many / few / 3) * 10) / 10;
      return few ? `${times} times as much` : "nothing written";
    },
    // Where each event rewrites all, the later ones cost some four times as much here.
    isFault: (seen) => !(parseFloat(seen) < 2),
  },
  {
    id: "k17",
    title:
      "sends and stores nothing that was noted after a no, before it was there",
    not: { tracker: "it has no snippet that notes calls; the dialect has" },
    async run(scene) {
      const noted = [
        ["opt_out_tracking"],
        ["identify", "alice@shop.test"],
        ["track", "one"],
      ];
      if (scene.hasStore) {
        const tab = await scene.open();
        await tab.do((subject, calls) => subject.sdk.replay(calls), noted);
        await tab.settle();
        const all = scene.arrived().map(({ name }) => name);
        return list([...(await tab.stored()), ...all].map(String));
      }
      await scene.context.route("**/mixpanel.min.js", (route) =>
        route.fulfill({
          contentType: "text/javascript",
          body: dist("mixpanel.min.js"),
        }),
      );
      const tab = await scene.open({ path: "/elsewhere" });
      await tab.page.evaluate(
        ([snippet = "", api_host = "", calls = "[]"]) => {
          // The snippet stands beside the first script of a page.
          document.head.append(document.createElement("script"));
          Object.assign(window, {
            MIXPANEL_CUSTOM_LIB_URL: "/mixpanel.min.js",
          });
          // oxlint-disable-next-line no-eval -- as the tag in a page does
          (0, eval)(snippet);
          const { mixpanel } = /** @type {any} */ (window);
          mixpanel.init("TOKEN", { api_host, batch_requests: false });
          for (const [method, ...given] of JSON.parse(calls))
            mixpanel[method](...given);
        },
        [
          dist("mixpanel-jslib-snippet.min.js"),
          scene.collector.url,
          JSON.stringify(noted),
        ],
      );
      await tab.page.waitForFunction(
        // The snippet's own is a list.
        () => !Array.isArray(/** @type {any} */ (window).mixpanel),
      );
      await tab.settle();
      return told(scene);
    },
    isFault: nothing,
  },
];
