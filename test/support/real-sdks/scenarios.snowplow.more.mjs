/**
 * More faults of @snowplow/browser-tracker: those that no bridge mends, because it offers no such level.
 *
 * @typedef {import("./scene.mjs").Scenario} Scenario
 * @typedef {import("./scene.mjs").Scene} Scene
 */

const list = (/** @type {readonly string[]} */ all) => all.join(", ") || "-";
const isSomething = (/** @type {string} */ seen) => seen !== "-";

/** Waits until `count` events have come in, and a little longer. */
async function wait(
  /** @type {Scene} */ { collector },
  /** @type {Awaited<ReturnType<Scene["open"]>>} */ tab,
  count = 1,
) {
  await collector.waitFor(({ events }) => events.length >= count);
  await tab.settle(1000);
}

const SESSION = {
  config: { anonymousTracking: { withSessionTracking: true } },
  // Our own word for it.
  options: { anonymousLevel: "session" },
};

/** @type {Scenario[]} */
export const scenarios = [
  {
    id: "5.13",
    title: "sends valid events where nothing is stored",
    async run(scene) {
      const tab = await scene.open({
        config: { stateStorageStrategy: "none", ...SESSION.config },
        options: SESSION.options,
      });
      await tab.do((subject) => subject.page());
      await wait(scene, tab);
      return list([...new Set(scene.arrived().flatMap((e) => e.errors))]);
    },
    isFault: isSomething,
  },
  {
    id: "5.14",
    title: "keeps a session's id no longer than the session",
    async run(scene) {
      const tab = await scene.open(SESSION);
      await tab.do((subject) => subject.page());
      await wait(scene, tab);
      const cookies = await scene.context.cookies();
      const day = Date.now() / 1000 + 86_400;
      return list([
        ...cookies
          .filter(({ name, expires }) => name !== "consent" && expires > day)
          .map(({ name }) => name.replace(/\..*/, "")),
        ...(await tab.do(() => Object.keys(localStorage))),
      ]);
    },
    isFault: isSomething,
  },
  {
    id: "5.18",
    title: "names nobody under Global Privacy Control",
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
      const tab = await scene.open({ config: { anonymousTracking: false } });
      await tab.do((subject) => {
        subject.user("alice");
        subject.page();
      });
      await wait(scene, tab);
      const [{ data }] = /** @type {any} */ (scene.arrived());
      return list(["duid", "uid", "sid"].filter((key) => data[key]));
    },
    isFault: isSomething,
  },
  {
    id: "5.19",
    title: "sends nothing that waits once there is an opt-out cookie",
    not: { tracker: "it has no such cookie: the store does its work" },
    async run(scene) {
      const tab = await scene.open();
      scene.collector.answer({ status: 503 });
      await tab.do((subject) => {
        subject.grant();
        subject.user("alice");
        subject.page();
      });
      await scene.collector.waitFor(({ requests }) => requests[0]?.answer);
      await tab.settle(1000);
      await tab.do((subject) => {
        document.cookie = "out=1; path=/";
        subject.optOutCookie("out");
      });
      scene.collector.clear();
      scene.collector.answer("ok");
      await tab.do((subject) => subject.flush());
      await tab.settle();
      return list(scene.arrived().map(({ name }) => name));
    },
    isFault: isSomething,
  },
  {
    id: "5.27",
    title: "works, quietly and as one session, where all cookies are blocked",
    blocksCookies: true,
    async run(scene) {
      // The site's own record cannot be kept either: the SDK starts in full.
      const tab = await scene.open({ config: { anonymousTracking: false } });
      /** @type {string[]} */
      const said = [];
      tab.page.on("console", (message) => {
        // The collector's cookie is the browser's to complain of.
        if (message.type() === "error") said.push(message.text());
      });
      if (scene.hasStore) await tab.do((subject) => subject.grant());
      for (let count = 1; count < 4; count++) {
        await tab.do((subject) => subject.page());
        // With the markers of the ones before.
        await wait(scene, tab, 2 * count - 1);
      }
      const firsts = scene
        .arrived()
        .flatMap(({ data }) => data.contexts ?? [])
        .map((entity) => entity.data.firstEventId)
        .filter(Boolean);
      return list([
        ...(new Set(firsts).size > 1
          ? [`${new Set(firsts).size} first events`]
          : []),
        ...(said.length > 1 ? [`${said.length} errors in the console`] : []),
        ...scene.errors.map((text) => text.slice(0, 40)),
      ]);
    },
    isFault: isSomething,
  },
];
