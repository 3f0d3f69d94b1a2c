import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { inTurn } from "./in-turn.mjs";
import { start } from "./start.mjs";

// In Node, where there is no document: what an app or a server has. A document is put in where a test needs one.
const load = async (path) => {
  const file = fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
  const options = { configFile: false, logLevel: "error" };
  return (await runnerImport(file, options)).module;
};
const { snowplow } = await load("tracker/destinations/snowplow.ts");
const { CMP_VISIBLE } = await load("cmp-visible.ts");
const { stripPage } = await load("tracker/strip.ts");

const CORE = "iglu:com.snowplowanalytics.snowplow";
const TIME = Date.UTC(2026, 10, 22, 10, 15);

/** Values that must not arrive below the level full. */
const SECRET = {
  device: "0a1b2c3d-0000-4000-8000-000000000001",
  user: "user-42@shop.test",
  tab: "7a1b2c3d-0000-4000-8000-000000000003",
  previous: "9a1b2c3d-0000-4000-8000-000000000005",
  phone: "aa1b2c3d-0000-4000-8000-000000000007",
  query: "token=secret",
};
const SESSION = "8a1b2c3d-0000-4000-8000-000000000004";
const EVENT = "5e0f1c2d-0000-4000-8000-00000000000a";

const session = {
  id: SESSION,
  index: 3,
  previousId: SECRET.previous,
  firstEventId: EVENT,
  firstEventTime: new Date(TIME).toISOString(),
  eventIndex: 7,
};

const entities = [
  {
    schema: `${CORE}/mobile_context/jsonschema/1-0-3`,
    data: {
      osType: "android",
      osVersion: "16",
      deviceManufacturer: "Kite",
      deviceModel: "K1",
      androidIdfa: SECRET.phone,
      appleIdfa: SECRET.phone,
      appleIdfv: SECRET.phone,
      openIdfa: SECRET.phone,
      appSetId: SECRET.phone,
      appSetIdScope: "developer",
    },
  },
  {
    schema: `${CORE}/client_session/jsonschema/1-0-2`,
    data: {
      userId: SECRET.device,
      sessionId: SESSION,
      sessionIndex: 1,
      previousSessionId: SECRET.previous,
      storageMechanism: "SQLITE",
    },
  },
];

const decided = (action, choices) => ({
  verb: "consent",
  name: action === "grant-all" ? "$opt_in" : "",
  decision: {
    choices,
    revision: "2026-11-22-final",
    time: new Date(TIME).toISOString(),
    source: "user",
    action,
  },
});

const CALLS = [
  { verb: "page", name: "" },
  { name: "Order placed", properties: { value: 3, plan: "pro", text: "kůň" } },
  {
    name: `${CORE}/link_click/jsonschema/1-0-1`,
    properties: { targetUrl: "https://shop.test/x" },
    entities,
    trueTime: TIME - 5,
  },
  { name: CMP_VISIBLE, properties: { elapsedTime: 123 } },
  decided("grant-all", { analytics: "granted", ads: "granted" }),
  decided("save", { analytics: "granted", ads: "denied" }),
  decided("save", { analytics: "anonymous", ads: "denied" }),
  decided("deny-all", { analytics: "denied", ads: "denied" }),
  decided("withdraw", { analytics: "denied", ads: "denied" }),
  { verb: "consent", name: "", decision: undefined },
];
const NAMES = "pv se link_click cmp_visible" + " consent_preferences".repeat(6);

const TERMS = ["full", "session", "anonymous"].flatMap((level) =>
  [false, true].map((serverAnonymity) => ({ level, serverAnonymity })),
);

/** Sends every call on every term, and tells what the collector says of them. */
async function sendAll(t, options, page) {
  const collector = await start(t);
  const destination = snowplow({
    endpoint: collector.url,
    appId: "shop",
    contexts: { webPage: true, session: true, browser: true },
    ...options,
  });
  return inTurn(TERMS, async (terms) => {
    collector.clear();
    const texts = CALLS.map((call) => {
      const item = destination.write({
        verb: "track",
        properties: {},
        time: TIME,
        // As the sender hands it over.
        page: terms.level === "full" ? page : stripPage(page),
        id: EVENT,
        who: { deviceId: SECRET.device, userId: SECRET.user },
        view: "6f1a2b3c-0000-4000-8000-000000000002",
        session,
        tab: SECRET.tab,
        ...terms,
        ...call,
      });
      return item.text;
    });
    const { batchSize } = destination;
    const batches = texts.flatMap((_, at) =>
      at % batchSize ? [] : [texts.slice(at, at + batchSize)],
    );
    const sent = await inTurn(batches, async (batch) => {
      const delivery = destination.deliver({
        route: "any",
        texts: batch,
        now: TIME + 5,
        ...terms,
      });
      const { url, method = "POST", ...rest } = delivery;
      await fetch(url, { method, ...rest });
      return delivery;
    });
    const { requests, events } = collector;
    const text = JSON.stringify([sent, events]);
    return {
      ...terms,
      requests: requests.length,
      anonymous: requests.every(
        ({ headers }) =>
          (headers["sp-anonymous"] === "*") === terms.serverAnonymity,
      ),
      names: events.map(({ name }) => name).join(" "),
      errors: events.flatMap(({ errors }) => errors),
      secrets: Object.keys(SECRET).filter((name) =>
        text.includes(SECRET[name]),
      ),
      session: text.includes(SESSION),
    };
  });
}

/** What is expected of `sendAll`. */
const expected = (requests, secrets) =>
  TERMS.map(({ level, serverAnonymity }) => ({
    level,
    serverAnonymity,
    requests,
    anonymous: true,
    names: NAMES,
    errors: [],
    secrets: level === "full" ? secrets : [],
    session: level !== "anonymous",
  }));

const CONSENT = { url: "https://shop.test/privacy", domains: ["shop.test"] };
const PAGE = {
  url: `https://shop.test/kites?${SECRET.query}`,
  title: "Kites & kůň",
  referrer: `https://mail.test/?${SECRET.query}`,
};

for (const method of ["post", "get"]) {
  const requests = method === "post" ? 1 : CALLS.length;

  test(`is valid where there is no document, by ${method}, at every level`, async (t) => {
    const found = await sendAll(t, {
      method,
      platform: "mob",
      consent: CONSENT,
    });
    assert.deepEqual(
      found,
      expected(requests, ["device", "user", "previous", "phone"]),
    );
  });

  test(`is valid on a page, by ${method}, at every level`, async (t) => {
    pretendDocument(t);
    const found = await sendAll(t, { method }, PAGE);
    assert.deepEqual(found, expected(requests, Object.keys(SECRET)));
  });
}

test("wants to be told where there is no document whose decisions it tells", () => {
  const endpoint = "https://c.shop.test";
  assert.throws(() => snowplow({ endpoint }), /TypeError.*consent is/);
  assert.throws(() => snowplow({ endpoint, consent: { url: CONSENT.url } }));
  snowplow({ endpoint, consent: CONSENT });
  snowplow({ endpoint, consent: false });
  assert.throws(() => snowplow({ endpoint: "/collect" }), /endpoint is/);
});

/** The least of a browser that the tracker reads, until the test is over. */
function pretendDocument(t) {
  const globals = {
    document: {
      characterSet: "UTF-8",
      documentElement: {
        scrollWidth: 1280,
        scrollHeight: 3016,
        lang: "x".repeat(50),
      },
    },
    navigator: {
      cookieEnabled: true,
      language: "cs",
      onLine: true,
      webdriver: false,
      hardwareConcurrency: 2,
      deviceMemory: 8,
    },
    screen: { width: 1280, height: 720, colorDepth: 24 },
    innerWidth: 1280,
    innerHeight: 720,
    devicePixelRatio: 1.5,
  };
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, value });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete globalThis[name];
    });
  }
}
