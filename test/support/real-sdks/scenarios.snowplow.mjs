/**
 * The faults of @snowplow/browser-tracker that can be mended from outside, as scenarios for any subject of the lab.
 *
 * @typedef {import("./scene.mjs").Scenario} Scenario
 * @typedef {import("./scene.mjs").Scene} Scene
 * @typedef {import("./scene.mjs").Tab} Tab
 */

const list = (/** @type {readonly string[]} */ all) => all.join(", ") || "-";
const isNot = (/** @type {string} */ right) => (/** @type {string} */ seen) =>
  seen !== right;
const isSomething = isNot("-");

const SIGNALS =
  "which signals count is the site's to say to its store; the dialect takes the SDK's options";

/** Events that say who the visitor is. */
const named = (/** @type {Scene} */ { arrived }) => {
  const count = arrived().filter(({ data }) => data.duid || data.uid).length;
  return count ? `${count} with a name` : "-";
};

/**
 * Whether the device has an id. An empty cookie has none: the SDK ends one by the page's clock, which is ahead of the
 * browser's here.
 */
const hasId = (/** @type {Tab} */ { page }) =>
  page.evaluate(
    () =>
      // The SDK's, its name in the library's dialect, and the library's own.
      /_sp_(id|consent)\.\w+=[^;]/.test(document.cookie) ||
      "consent-tracker" in localStorage,
  );

/** Waits until `count` requests with events have come in, whatever they were answered. */
const requested = (/** @type {Scene} */ { collector }, count = 1) =>
  collector.waitFor(
    ({ requests }) =>
      requests.filter(({ kind, answer }) => kind === "tp2" && answer).length >=
      count,
  );

/** Says yes, and tracks two pages that the collector cannot take: they wait, with a name. */
async function leaveTwoWaiting(
  /** @type {Scene} */ scene,
  /** @type {Parameters<Scene["open"]>[0]} */ how,
) {
  const tab = await scene.open(how);
  scene.collector.answer({ status: 503 });
  await tab.do((subject) => {
    subject.grant();
    subject.user("alice");
    subject.page();
    subject.page();
  });
  await requested(scene);
  await tab.settle(1000);
  scene.collector.clear();
  return tab;
}

/** Lets the collector work again, tracks once more, and waits until that is over. */
async function goOn(
  /** @type {Scene} */ { collector },
  /** @type {Tab} */ tab,
) {
  collector.answer("ok");
  await tab.do((subject) => subject.page());
  await collector.waitFor(({ events }) => events.length > 0);
  await tab.settle(1000);
}

/** The page goes to the background: when the SDK hands over what it has. */
const hide = (/** @type {Tab} */ tab) =>
  tab.do(() => {
    for (const [key, value] of Object.entries({
      visibilityState: "hidden",
      hidden: true,
    }))
      Object.defineProperty(document, key, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });

const webPageOf = (/** @type {any} */ event) =>
  event?.contexts?.find((/** @type {any} */ { schema }) =>
    schema.includes("/web_page/"),
  )?.data.id;

/** @type {Scenario[]} */
export const scenarios = [
  {
    id: "5.1",
    title: "sends nothing with a name that waited when the no came",
    async run(scene) {
      const tab = await leaveTwoWaiting(scene, { clear: true });
      await tab.do((subject) => subject.deny());
      await goOn(scene, tab);
      return named(scene);
    },
    isFault: isSomething,
  },
  {
    id: "5.2",
    title: "sends nothing with a name that waited, after a reload either",
    async run(scene) {
      const tab = await leaveTwoWaiting(scene, { clear: true });
      await tab.do((subject) => subject.deny());
      await tab.reload();
      await goOn(scene, tab);
      return named(scene);
    },
    isFault: isSomething,
  },
  {
    id: "5.3",
    title: "keeps no waiting event when storage is switched off",
    async run(scene) {
      const tab = await leaveTwoWaiting(scene, { clear: true });
      await tab.do((subject) => subject.deny({ stateStorageStrategy: "none" }));
      await goOn(scene, tab);
      return tab.do(() =>
        Object.values(localStorage).some((value) => value.includes("duid"))
          ? "stored with a name"
          : "-",
      );
    },
    isFault: isSomething,
  },
  {
    id: "5.4",
    title: "mixes no events with and without a name in a request",
    async run(scene) {
      const tab = await scene.open({ config: { bufferSize: 4 } });
      await tab.do((subject) => {
        subject.grant();
        subject.page();
        subject.page();
        // Below the level of the server's anonymity, where the SDK's own mark does not part them.
        subject.deny({ options: true });
        for (let i = 0; i < 4; i++) subject.page();
      });
      await requested(scene);
      await tab.settle(1000);
      const mixed = scene.collector.requests.filter(
        ({ events }) =>
          new Set(events.map(({ data }) => Boolean(data.duid))).size > 1,
      );
      return mixed.length ? `${mixed.length} mixed` : "-";
    },
    isFault: isSomething,
  },
  {
    id: "5.5",
    title: "sends nothing with a name when the page goes after a no",
    async run(scene) {
      const tab = await scene.open({ config: { bufferSize: 10 }, clear: true });
      await tab.do((subject) => {
        subject.grant();
        subject.page();
        subject.deny();
      });
      await hide(tab);
      await tab.settle(1000);
      return named(scene);
    },
    isFault: isSomething,
  },
  {
    id: "5.6",
    title: "cuts off what is under way at the no, and does not try it again",
    async run(scene) {
      const tab = await scene.open({ clear: true });
      scene.collector.answer("hang");
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      await requested(scene);
      await tab.do((subject) => subject.deny());
      const first = () =>
        scene.collector.requests.find(({ kind }) => kind === "tp2");
      if (scene.as.includes("+")) {
        // Well before the SDK gives up by itself.
        await scene.collector.waitFor(() => first()?.aborted, {
          timeout: 3000,
        });
      }
      scene.collector.clear();
      scene.collector.answer("ok");
      // The SDK's own limit is 5 s.
      await tab.pass(6000);
      await goOn(scene, tab);
      return named(scene);
    },
    isFault: isSomething,
  },
  {
    id: "5.7",
    title: "sends no cookie with what is anonymous",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      await requested(scene);
      await tab.settle(1000);
      scene.collector.clear();
      await tab.do((subject) => {
        subject.deny();
        subject.page();
      });
      await requested(scene);
      const cookies = scene.collector.requests
        .filter(({ kind }) => kind === "tp2")
        .flatMap(({ headers }) => headers.cookie?.split("; ") ?? [])
        .map((cookie) => cookie.replace(/[.=].*/, ""));
      return list([...new Set(cookies)].toSorted());
    },
    isFault: isSomething,
  },
  {
    id: "5.8",
    title: "follows a no in every tab",
    async run(scene) {
      const a = await scene.open({ clear: true });
      await a.do((subject) => {
        subject.grant();
        subject.page();
      });
      await requested(scene);
      const b = await scene.open({ clear: true });
      await b.do((subject) => subject.page());
      await requested(scene, 2);
      await a.settle(1000);
      await a.do((subject) => subject.deny());
      scene.collector.clear();
      await b.do((subject) => subject.page());
      await requested(scene);
      await b.settle(1000);
      return list([
        ...((await hasId(b)) ? ["id"] : []),
        ...(named(scene) === "-" ? [] : [named(scene)]),
      ]);
    },
    isFault: isSomething,
  },
  {
    id: "5.9",
    title: "follows a no in a page that comes back from the page cache",
    needsPageCache: true,
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.page();
        document.title = "the first";
      });
      await requested(scene);
      await tab.settle(1000);
      await tab.go({ path: "/next" });
      await tab.do((subject) => subject.deny());
      scene.collector.clear();
      // Playwright's goBack() waits for a load, which a restored page does not have.
      await tab.page.evaluate(() => history.back()).catch(() => {});
      await tab.page.waitForFunction(() => document.title === "the first");
      await tab.do((subject) => subject.page());
      await requested(scene);
      return named(scene);
    },
    isFault: isSomething,
  },
  {
    id: "5.10",
    title: "decorates no link after a no, nor before a yes",
    not: { tracker: "it decorates no links; the dialect does" },
    async run(scene) {
      const tab = await scene.open();
      const press = () =>
        tab.do(() => {
          const link = /** @type {HTMLAnchorElement} */ (
            document.querySelector("#partner")
          );
          link.dispatchEvent(new MouseEvent("mousedown"));
          return new URL(link.href).search;
        });
      const early = await press();
      await tab.do((subject) => {
        subject.grant();
        subject.user("alice");
        subject.page();
      });
      const full = await press();
      await tab.do((subject) => subject.deny());
      const late = await press();
      const words = [early && "early", full && "full", late && "late"];
      return list(/** @type {string[]} */ (words.filter(Boolean)));
    },
    isFault: isNot("full"),
  },
  {
    id: "5.11",
    title: "keeps what an address says of the visitor from anonymous events",
    async run(scene) {
      const tab = await scene.open({ search: "&email=alice@shop.test" });
      await tab.do((subject) => subject.page());
      await requested(scene);
      const [event] = scene.arrived();
      return event?.data.url.includes("alice") ? "the e-mail" : "-";
    },
    isFault: isSomething,
  },
  {
    id: "5.12",
    title: "joins nothing anonymous to the person at the yes",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.page());
      await requested(scene);
      await tab.do((subject) => {
        subject.grant();
        subject.act();
      });
      await requested(scene, 2);
      const all = scene.arrived();
      return webPageOf(all[0]) === webPageOf(all[1]) ? "one page view" : "-";
    },
    isFault: isSomething,
  },
  {
    id: "5.15",
    title: "writes no cookie to try, at an anonymous level",
    async run({ open, context }) {
      await context.addInitScript(() => {
        const { get, set } = /** @type {PropertyDescriptor} */ (
          Object.getOwnPropertyDescriptor(Document.prototype, "cookie")
        );
        /** @type {string[]} */
        const written = [];
        Object.assign(globalThis, { written });
        Object.defineProperty(Document.prototype, "cookie", {
          get,
          set(text) {
            written.push(text);
            set?.call(this, text);
          },
        });
      });
      const tab = await open({
        host: "www.shop.test",
        config: { stateStorageStrategy: "none" },
      });
      await tab.do((subject) => subject.page());
      return tab.do(() => {
        const all = /** @type {any} */ (globalThis).written;
        return all.length ? "cookies to try" : "-";
      });
    },
    isFault: isSomething,
  },
  {
    id: "5.16",
    title: "calls no cookie service at an anonymous level",
    async run(scene) {
      const { collector } = scene;
      const tab = await scene.open({
        config: { cookieExtensionService: `${collector.url}/i?e=service` },
      });
      await tab.do((subject) => subject.page());
      await requested(scene);
      const calls = collector.requests.filter(
        ({ query, headers }) =>
          query.e === "service" && !headers["sp-anonymous"],
      );
      return calls.length ? `${calls.length} calls` : "-";
    },
    isFault: isSomething,
  },
  {
    id: "5.17",
    title: "stores nothing where it is to obey Do Not Track",
    not: { tracker: SIGNALS },
    async run(scene) {
      await scene.context.addInitScript(() => {
        Object.defineProperty(navigator, "doNotTrack", { value: "1" });
      });
      const tab = await scene.open({ config: { respectDoNotTrack: true } });
      await tab.do((subject) => subject.grant());
      await tab.settle(1000);
      return (await hasId(tab)) ? "id" : "-";
    },
    isFault: isSomething,
  },
  {
    id: "5.20",
    title: "forgets the tab at the no",
    async run(scene) {
      const tab = await scene.open({ clear: true });
      await tab.do((subject) => {
        subject.grant();
        subject.page();
        subject.deny();
      });
      await tab.settle(1000);
      const stored = await tab.stored();
      return list(stored.filter((name) => name === "_sp_tab_id"));
    },
    isFault: isSomething,
  },
  {
    id: "5.21",
    title: "removes what version 3 has left",
    not: { tracker: "it takes over from no SDK; the dialect does" },
    async run(scene) {
      const tab = await scene.open({ path: "/elsewhere" });
      await tab.do(() =>
        localStorage.setItem("snowplowOutQueue_sp_post2", '[{"duid":"1"}]'),
      );
      await tab.go({});
      await tab.settle(1000);
      const stored = await tab.stored();
      return list(stored.filter((name) => name?.includes("OutQueue")));
    },
    isFault: isSomething,
  },
  {
    id: "5.22",
    title: "begins afresh at a new yes: another id, no user",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.user("alice");
        subject.page();
      });
      await requested(scene);
      await tab.settle(1000);
      await tab.do((subject) => subject.deny());
      await tab.settle(1000);
      await tab.do((subject) => {
        subject.grant();
        subject.act();
      });
      await scene.collector.waitFor(() => scene.arrived()[1]);
      const [one, two] = scene.arrived().map(({ data }) => data);
      return list(
        ["duid", "sid", "uid"].filter(
          (key) => two[key] && one[key] === two[key],
        ),
      );
    },
    isFault: isSomething,
  },
  {
    id: "5.23",
    title: "sends each event from one tab",
    async run(scene) {
      const a = await leaveTwoWaiting(scene, {});
      // So often that it waits long for the next time: what one page removes another sees a moment later, and would send again.
      const refused = () =>
        scene.collector.requests.filter(({ kind }) => kind === "tp2").length;
      for (let step = 0; step < 60 && refused() < 4; step++)
        await a.settle(1000);
      scene.collector.clear();
      const b = await scene.open();
      await goOn(scene, b);
      await a.do((subject) => subject.page());
      // Beyond a back-off, in steps below the time that an answer may take: a later one would be asked for again.
      for (let step = 0; step < 8; step++) await a.settle(9000);
      // What was refused is no second time.
      const ids = scene.collector.events
        .map(({ data }) => data.eid)
        .filter(Boolean);
      const twice = ids.length - new Set(ids).size;
      return `${new Set(ids).size} events, ${twice} twice`;
    },
    isFault: isNot("4 events, 0 twice"),
  },
  {
    id: "5.24",
    title: "holds nothing up behind an anonymous event that is refused",
    async run(scene) {
      await scene.context.route("**/tp2", (route) =>
        route.request().headers()["sp-anonymous"]
          ? route.abort()
          : route.continue(),
      );
      /** What is on its way: a preflight and this route make it arrive after the marker that `settle` waits for. */
      const underWay = new Set();
      scene.context.on("request", (request) => underWay.add(request));
      for (const end of /** @type {const} */ ([
        "requestfinished",
        "requestfailed",
      ]))
        scene.context.on(end, (request) => underWay.delete(request));
      const tab = await scene.open();
      const refused = scene.context.waitForEvent("requestfailed");
      await tab.do((subject) => subject.page());
      await refused;
      await tab.settle(1000);
      await tab.do((subject) => {
        subject.grant();
        subject.page();
      });
      await tab.settle(1000);
      await tab.do((subject) => subject.page());
      // Twice: an answer may set off the next request.
      for (let round = 0; round < 2; round++) {
        await tab.settle(1000);
        while (underWay.size) await new Promise((done) => setTimeout(done, 20));
      }
      return named(scene);
    },
    isFault: isNot("2 with a name"),
  },
  {
    id: "5.25",
    title: "sends what waits when the network is back",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await scene.context.setOffline(true);
      await tab.do((subject) => subject.page());
      await tab.pass(1000);
      await scene.context.setOffline(false);
      await tab.settle(1000);
      return `${scene.arrived().length} arrived`;
    },
    isFault: isNot("1 arrived"),
  },
  {
    id: "5.26",
    title: "throws nothing in a sandboxed frame",
    async run({ open, address, errors }) {
      const tab = await open({ path: "/elsewhere" });
      await tab.page.evaluate((src) => {
        const frame = document.createElement("iframe");
        frame.sandbox.add("allow-scripts");
        frame.src = src;
        document.body.append(frame);
        return new Promise((done) => {
          frame.onload = done;
        });
        // Where the site takes an absent record for a yes.
      }, address());
      return list(errors.map((text) => text.slice(0, 40)));
    },
    isFault: isSomething,
  },
];
