/**
 * The faults of mixpanel-browser that can be mended from outside, as scenarios for any subject of the lab.
 *
 * @typedef {import("./scene.mjs").Scenario} Scenario
 * @typedef {import("./scene.mjs").Scene} Scene
 */

const list = (/** @type {readonly string[]} */ all) => all.join(", ") || "-";
const names = (/** @type {Scene} */ { arrived }) =>
  arrived().map(({ name }) => name);
/** Events that say something of the visitor: not the word of the grant, which is asked for. */
const told = (/** @type {Scene} */ scene) =>
  list(names(scene).filter((name) => name !== "$opt_in"));
const isNot = (/** @type {string} */ right) => (/** @type {string} */ seen) =>
  seen !== right;
const nothingTold = isNot("-");

const SIGNALS =
  "which signals count is the site's to say to its store; the dialect takes the SDK's options";

/** So that events are still waiting when a scenario, on a slow machine, comes to its no. */
const SLOW = { config: { batch_flush_interval_ms: 15_000 } };

const QUEUE = "__mpq_TOKEN_ev";
const FLAG = "__mp_opt_in_out_TOKEN";
/** The identity's entry: Mixpanel's, or the library's own. */
const isIdentity = (/** @type {string | undefined} */ name) =>
  name === "mp_TOKEN_mixpanel" || name === "consent-tracker";

/** Puts something into the storages before the subject sees them. */
async function before(
  /** @type {Scene} */ { open },
  /** @type {(value: string) => void} */ body,
  value = "",
) {
  const tab = await open({ path: "/elsewhere" });
  await tab.page.evaluate(body, value);
  return tab;
}

/** @param {Scene} scene */
const blockLocalStorage = ({ context }) =>
  context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });

/** @type {Scenario[]} */
export const scenarios = [
  {
    id: "g",
    title: "stores nothing before a choice",
    async run({ open }) {
      const tab = await open({ search: "&utm_source=mail" });
      await tab.do((subject) => {
        subject.track("one");
        subject.identify("alice@shop.test");
      });
      await tab.settle();
      return list(await tab.stored());
    },
    isFault: nothingTold,
  },
  {
    id: "g3",
    title: "makes up for the calls before a yes, with their own times",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.track("one");
        subject.identify("alice");
        subject.track("two");
        subject.people("Alice");
      });
      await tab.pass(5000);
      await tab.do((subject) => subject.grant());
      await tab.settle();
      const all = scene.arrived();
      const timeOf = (/** @type {string} */ name) =>
        all.find((event) => event.name === name)?.data.properties.time;
      // The SDK's batches do not keep the order of the calls; their times do.
      const early = ["one", "two"].filter(
        (name) => timeOf(name) < timeOf("$opt_in") - 4,
      );
      const profile = all.some(({ data }) => data.$set?.name === "Alice");
      return `${early.join(" and ")} early${timeOf("$identify") ? ", then $identify" : ""}${profile ? ", profile" : ""}`;
    },
    isFault: isNot("one and two early, then $identify, profile"),
  },
  {
    id: "a2",
    title: "keeps no event of the task that ended with a no",
    async run({ open }) {
      const tab = await open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        subject.track("one", "two");
        subject.deny();
      });
      await tab.settle(4000);
      return tab.do((_, key) => {
        const items = JSON.parse(localStorage.getItem(`${key}`) ?? "[]");
        const own = Object.keys(localStorage).filter((name) =>
          name.includes("/out/"),
        );
        const { length } = [...items, ...own];
        return length ? `${length} stored` : "-";
      }, QUEUE);
    },
    isFault: nothingTold,
  },
  {
    id: "a3",
    title: "sends nothing of before a no after a new yes",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        subject.track("one", "two");
        subject.deny();
        subject.grant();
      });
      await tab.settle();
      await tab.reload();
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "a4",
    title: "sends nothing after a no, whatever the no is to keep",
    async run(scene) {
      const tab = await scene.open(SLOW);
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => subject.track("one", "two", "three"));
      // Until they are in the queue.
      await tab.pass(1000);
      await tab.do((subject) => subject.deny({ clear_persistence: false }));
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "a5",
    title: "does not send what an earlier page has left, before a choice",
    async run(scene) {
      const event = {
        event: "old",
        properties: { token: "TOKEN", distinct_id: "$device:1", time: 1 },
      };
      const items = [{ id: "1", flushAfter: 1, payload: event }];
      const tab = await before(
        scene,
        (text) => localStorage.setItem("__mpq_TOKEN_ev", text),
        JSON.stringify(items),
      );
      await tab.go({});
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "a7",
    title: "asks for the profile's deletion, once and last of all",
    async run(scene) {
      const tab = await scene.open({ options: { deleteUser: true } });
      await tab.do((subject) => {
        subject.grant();
        subject.identify("alice");
      });
      await tab.settle();
      await tab.do((subject) => subject.deny());
      await tab.settle();
      await tab.reload();
      await tab.settle();
      const all = scene.arrived().map(({ data }) => data);
      const i = all.findIndex(({ $delete }) => $delete);
      return i < 0
        ? "no deletion"
        : `deletion of ${all[i].$distinct_id}, then ${all.length - 1 - i} more`;
    },
    isFault: isNot("deletion of alice, then 0 more"),
  },
  {
    id: "k7",
    title: "asks for the deletion once where the no is said twice",
    async run(scene) {
      const tab = await scene.open({
        config: { batch_requests: false },
        options: { deleteUser: true },
      });
      await tab.do((subject) => {
        subject.grant();
        subject.identify("alice");
      });
      await tab.settle();
      await tab.do((subject) => {
        subject.deny();
        subject.deny();
      });
      await tab.settle();
      const all = scene.arrived().filter(({ data }) => data.$delete);
      return `${all.length} deletions`;
    },
    isFault: isNot("1 deletions"),
  },
  {
    id: "a8",
    title: "deletes no profile after a new yes",
    async run(scene) {
      const tab = await scene.open({ options: { deleteUser: true } });
      await tab.do((subject) => {
        subject.grant();
        subject.identify("alice");
      });
      await tab.settle();
      await tab.do((subject) => subject.deny());
      await tab.settle(1000);
      await tab.do((subject) => subject.grant());
      await tab.settle();
      const all = scene
        .arrived()
        .map(({ name, data }) => (data.$delete ? "$delete" : name));
      return all.indexOf("$delete") > all.lastIndexOf("$opt_in")
        ? "$delete after $opt_in"
        : "-";
    },
    isFault: nothingTold,
  },
  {
    id: "b1",
    title: "stops another tab's queue",
    async run(scene) {
      const a = await scene.open(SLOW);
      await a.do((subject) => subject.grant());
      await a.settle();
      const b = await scene.open(SLOW);
      // The first event has to fetch the code that sends, and leaves when it has come.
      await b.do((subject) => subject.track("before"));
      await b.settle();
      scene.collector.clear();
      await b.do((subject) => subject.track("one", "two", "three"));
      await b.pass(1000);
      await a.do((subject) => subject.deny());
      await b.settle();
      await b.reload();
      await b.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "b2",
    title: "stores no identity again in a tab that was open at the no",
    async run(scene) {
      const a = await scene.open();
      await a.do((subject) => subject.grant());
      await a.settle();
      const b = await scene.open();
      await a.do((subject) => subject.deny());
      await b.do((subject) => {
        subject.sdk.register({ plan: "pro" });
        subject.sdk.identify("alice@shop.test");
      });
      await b.settle();
      return list((await b.stored()).filter(isIdentity));
    },
    isFault: nothingTold,
  },
  {
    id: "b3",
    title: "gives all tabs one identity",
    async run(scene) {
      // Alone, this is what keeps its storage off before a choice.
      const how = scene.hasStore
        ? {}
        : { config: { opt_out_persistence_by_default: true } };
      const a = await scene.open(how);
      const b = await scene.open(how);
      await a.do((subject) => subject.grant());
      // The page's own time: the bridge lets the other tab go first.
      await b.pass(1000);
      await a.do((subject) => subject.track("in a"));
      await b.do((subject) => subject.track("in b"));
      await a.settle();
      await b.settle();
      const all = scene.arrived().filter(({ name }) => name.startsWith("in "));
      const count = (/** @type {string} */ key) =>
        new Set(all.map(({ data }) => data.properties[key])).size;
      // The tabs share a queue, and may both send what is in it: Mixpanel keeps one.
      return `${count("$insert_id")} events, ${count("$device_id")} identities`;
    },
    isFault: isNot("2 events, 1 identities"),
  },
  {
    id: "c8",
    title: "delivers the word of the grant past a server that fails once",
    async run(scene) {
      scene.collector.answer({ status: 503, times: 1 });
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle(6000);
      await tab.settle(30_000);
      const all = scene.collector.events.filter(
        ({ name }) => name === "$opt_in",
      );
      return `${all.length} accepted`;
    },
    isFault: isNot("1 accepted"),
  },
  {
    id: "d1",
    title: "sends nothing after a no where localStorage is blocked",
    async run(scene) {
      await blockLocalStorage(scene);
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        subject.deny();
        subject.track("one");
        subject.sdk.track("two");
      });
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "d3",
    title: "sends nothing before a choice where localStorage is blocked",
    async run(scene) {
      await blockLocalStorage(scene);
      const tab = await scene.open();
      await tab.do((subject) => subject.track("one"));
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "d5",
    title: "sends nothing after a no that localStorage has no room for",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
        subject.deny();
        subject.track("one");
        subject.sdk.track("two");
      });
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "d7",
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
      }, address());
      return list(errors.map((text) => text.slice(0, 40)));
    },
    isFault: nothingTold,
  },
  {
    id: "e1",
    title: "says $opt_in once for a yes that is said again, and after a reload",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.grant();
        subject.grant();
      });
      await tab.settle();
      await tab.reload();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      const b = await scene.open();
      await b.settle();
      return `${names(scene).filter((name) => name === "$opt_in").length} times`;
    },
    isFault: isNot("1 times"),
  },
  {
    id: "f2",
    title: "stores no identity while the browser asks not to be tracked",
    not: { tracker: SIGNALS },
    async run(scene) {
      await scene.context.addInitScript(() => {
        Object.defineProperty(navigator, "doNotTrack", { value: "1" });
      });
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.track("one");
      });
      await tab.settle();
      return list((await tab.stored()).filter((name) => name !== FLAG));
    },
    isFault: nothingTold,
  },
  {
    id: "f3",
    title: "sends nothing once the browser asks not to be tracked",
    not: { tracker: SIGNALS },
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => subject.track("one"));
      await tab.pass(1000);
      await tab.do(() => {
        Object.defineProperty(navigator, "doNotTrack", { value: "1" });
      });
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "h",
    title: "takes a damaged word of the SDK's for no yes",
    async run(scene) {
      const tab = await before(
        scene,
        (key) => localStorage.setItem(key, "true"),
        FLAG,
      );
      const { hasStore } = scene;
      // Alone, out by default would write the word anew; as a site of the mode opt-out has it, it is read.
      await tab.go(
        hasStore ? {} : { config: { opt_out_tracking_by_default: false } },
      );
      await tab.do((subject) => subject.track("one"));
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "h2",
    title: "starts past a damaged cookie",
    async run(scene) {
      const tab = await before(
        scene,
        (key) => {
          document.cookie = `${key}=%E0%A4%A; path=/`;
        },
        FLAG,
      );
      await tab.go({});
      // Where it threw there is no subject to ask.
      await tab.do((subject) => {
        subject?.grant();
        subject?.track("one");
      });
      await tab.settle();
      return told(scene);
    },
    isFault: isNot("one"),
  },
  {
    id: "j1",
    title: "begins afresh at a new yes: another id, nothing registered before",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.register({ email: "alice@shop.test" });
        subject.track("one");
      });
      await tab.settle();
      await tab.do((subject) => subject.deny());
      await tab.settle(4000);
      await tab.do((subject) => {
        subject.grant();
        subject.track("two");
      });
      await tab.settle();
      const [one, two] = ["one", "two"].map(
        (name) => scene.arrived().find((e) => e.name === name)?.data.properties,
      );
      if (!one || !two) return "lost";
      return `${one.$device_id === two.$device_id ? "the same" : "another"} id, ${two.email ? "the old" : "no"} e-mail`;
    },
    isFault: isNot("another id, no e-mail"),
  },
  {
    id: "j2",
    title: "leaves nothing of the visitor after a no",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => {
        subject.grant();
        subject.track("one");
      });
      await tab.settle();
      await tab.do((subject) => subject.deny());
      await tab.settle(4000);
      await tab.go({ path: "/elsewhere" });
      // The SDK's own word of the refusal tells of nobody.
      return list((await tab.stored()).filter((name) => name !== FLAG));
    },
    isFault: nothingTold,
  },
  {
    id: "j5",
    title: "is back at no choice when the choice is forgotten",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject) => subject.grant());
      await tab.settle();
      await tab.do((subject) => {
        subject.forget();
        subject.track("one");
        subject.sdk.track("two");
      });
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "j6",
    title: "writes no new id on reset() after a no",
    async run(scene) {
      const tab = await scene.open();
      await tab.do((subject, bridged) => {
        // Out by default keeps its storage on: the state that a bare site is in before a choice.
        if (bridged) {
          subject.grant();
          subject.deny();
        }
        subject.sdk.reset();
        subject.sdk.set_config({ debug: false });
      }, scene.hasStore);
      await tab.settle(4000);
      return list((await tab.stored()).filter(isIdentity));
    },
    isFault: nothingTold,
  },
  {
    id: "j9",
    title: "holds a no on every subdomain that shares the identity",
    async run(scene) {
      const how = scene.hasStore
        ? { cookieDomain: "shop.test" }
        : { config: { opt_out_tracking_by_default: false } };
      const tab = await scene.open({ host: "app.shop.test", ...how });
      await tab.do((subject) => {
        subject.grant();
        subject.deny();
      });
      await tab.settle();
      await tab.go({ host: "www.shop.test", ...how });
      await tab.do((subject) => subject.track("one"));
      await tab.settle();
      return told(scene);
    },
    isFault: nothingTold,
  },
  {
    id: "k4",
    title: "counts the page on which the yes was said",
    async run(scene) {
      const tab = await scene.open({ config: { track_pageview: true } });
      await tab.do((subject) => subject.grant());
      await tab.settle();
      return list(names(scene).toSorted());
    },
    isFault: isNot("$mp_web_page_view, $opt_in"),
  },
  {
    id: "k6",
    title: "asks for no feature flags before a choice, nor after a no",
    async run({ open, context }) {
      /** @type {string[]} */
      const asked = [];
      context.on("request", (request) => {
        const { pathname, search } = new URL(request.url());
        if (pathname === "/flags/")
          asked.push(
            search.includes("shop.test") ? "with the e-mail" : "with ids",
          );
      });
      const tab = await open({ config: { flags: true } });
      const takeSeen = async (/** @type {string} */ when) => {
        await tab.settle();
        return asked.splice(0).map((how) => `${when} ${how}`);
      };
      await tab.do((subject) => subject.identify("alice@shop.test"));
      const early = await takeSeen("before");
      await tab.do((subject) => subject.grant());
      // What a yes allows does not count.
      await takeSeen("under a yes");
      await tab.do((subject) => {
        subject.deny();
        subject.identify("bob@shop.test");
        subject.sdk.identify("bob@shop.test");
      });
      return list([...early, ...(await takeSeen("after"))]);
    },
    isFault: nothingTold,
  },
];
