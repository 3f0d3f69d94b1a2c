import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { mixpanel as receiver } from "../../collector/mixpanel.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("vite").ViteDevServer} */
let vite;
/** @type {typeof import("../../src/tracker/destinations/mixpanel.js").mixpanel} */
let mixpanel;
before(async () => {
  vite = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: "custom",
  });
  ({ mixpanel } = /** @type {any} */ (
    await vite.ssrLoadModule("/src/tracker/destinations/mixpanel.ts")
  ));
});
after(() => vite?.close());

const NOBODY = {
  deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
  initialReferrer: "https://search.test/",
  registered: { plan: "pro" },
};
const USER = { ...NOBODY, userId: "user-42" };
const decision = {
  choices: { necessary: "granted", analytics: "granted" },
  revision: "1",
  time: "2026-11-22T10:15:00.000Z",
  source: "user",
  action: "save",
};
const group = { key: "company", id: 7 };
const OPERATIONS = {
  set: { plan: "pro", list: [1], deep: { a: { b: null } } },
  setOnce: { plan: "pro" },
  add: { logins: 2 },
  append: { list: "x" },
  remove: { list: "x" },
  union: { one: "x", list: ["x", 2] },
  unset: { plan: true },
  delete: { $ignore_alias: true },
};
const NOT_ON_GROUPS = /^(add|append)$/;

/**
 * Messages of each kind, as the tracker makes them at `level`.
 *
 * @param {"anonymous" | "session" | "full"} level
 * @returns {any[]}
 */
function messagesAt(level) {
  const isFull = level === "full";
  const who = isFull ? USER : { deviceId: NOBODY.deviceId };
  const properties = { n: 1, text: "🪁 é", list: [{ a: 1 }], none: null };
  const events = [
    { verb: "track", name: "Signed up" },
    { verb: "track", name: "a", page: undefined },
    { verb: "page", name: "" },
    { verb: "consent", name: "$opt_in", decision },
  ];
  const ofPeople = [
    { verb: "track", name: "a", who: NOBODY },
    { verb: "identify", name: "user-42", before: "$device:x", properties: {} },
    { verb: "alias", name: "user-43", before: "user-42", properties: {} },
    ...Object.entries(OPERATIONS).map(([name, given]) => ({
      verb: "profile",
      name,
      properties: given,
    })),
    ...Object.entries(OPERATIONS)
      .filter(([name]) => !NOT_ON_GROUPS.test(name))
      .map(([name, given]) => ({
        verb: "group",
        name,
        properties: given,
        group,
      })),
  ];
  return [...events, ...(isFull ? ofPeople : [])].map((message, i) =>
    Object.assign(
      {
        properties,
        time: Date.UTC(2026, 10, 22, 10, 15) + 123,
        page: { url: "https://shop.test/?q=1#a", title: "Shop", referrer: "" },
        id: `5e0f1c2d-0000-4000-8000-${String(i).padStart(12, "0")}`,
        level,
        who,
        serverAnonymity: false,
        view: "6f1a2b3c-0000-4000-8000-000000000002",
      },
      message,
    ),
  );
}

/** @param {any} options */
function errorsOf(options) {
  const destination = mixpanel({ token: "tok_demo_0001", ...options });
  const errors = [];
  const names = [];
  for (const level of /** @type {const} */ (["anonymous", "session", "full"])) {
    const items = messagesAt(level).map((message) => {
      const { properties, ...call } = message;
      destination.check?.({ ...call, json: JSON.stringify(properties) });
      return /** @type {import("../../src/tracker/destination.js").Item} */ (
        destination.write(message)
      );
    });
    for (const route of new Set(items.map((item) => item.route))) {
      const texts = items
        .filter((item) => item.route === route)
        .map(({ text }) => text);
      const { url, headers, body } = destination.deliver({
        route,
        texts,
        level,
        serverAnonymity: false,
        now: 1,
      });
      const { pathname, searchParams } = new URL(url);
      const entry = receiver.decode(
        /** @type {any} */ ({
          ...receiver.route(pathname),
          method: "POST",
          query: Object.fromEntries(searchParams),
          headers,
          body,
        }),
      );
      assert.equal(entry.encoding, options.format ?? "json");
      assert.equal(entry.events.length, texts.length);
      errors.push(...entry.errors, ...entry.events.flatMap((e) => e.errors));
      names.push(...entry.events.map(({ name }) => `${level} ${name}`));
    }
  }
  return { errors, names };
}

const EVENTS = ["Signed up", "a", "$mp_web_page_view", "$opt_in"];
const NAMES = [
  ...EVENTS.map((name) => `anonymous ${name}`),
  ...EVENTS.map((name) => `session ${name}`),
  ...EVENTS.map((name) => `full ${name}`),
  "full a",
  "full $identify",
  "full $create_alias",
  ..."$set $set_once $add $append $remove $union $unset $delete"
    .split(" ")
    .map((name) => `full ${name}`),
  ..."$set $set_once $remove $union $unset $delete"
    .split(" ")
    .map((name) => `full ${name}`),
];

for (const options of [
  {},
  { format: "base64" },
  { propertyDenylist: ["$device_id", "$user_id", "n"] },
])
  test(`writes what Mixpanel's description allows, with ${JSON.stringify(options)}`, () => {
    const { errors, names } = errorsOf(options);
    assert.deepEqual(errors, []);
    assert.deepEqual(names.toSorted(), NAMES.toSorted());
  });
