import assert from "node:assert/strict";
import test from "node:test";
import { readCaptures } from "./captures.mjs";
import { inTurn } from "./in-turn.mjs";
import { ping, post, start } from "./start.mjs";

const TP2 = "/com.snowplowanalytics.snowplow/tp2";
const CORE = "iglu:com.snowplowanalytics.snowplow";
const ID = "00000000-0000-4000-8000-000000000001";

const captures = readCaptures("snowplow-wire");

test("accepts what the real trackers sent, but for the sessions without an id", async (t) => {
  const collector = await start(t);
  const got = await inTurn(captures, async ({ file, requests }) => {
    collector.clear();
    await inTurn(requests, (request) => send(collector, request));
    const { requests: kept, events } = collector;
    return [
      file,
      kept.length,
      [...new Set(kept.map(({ encoding, status }) => `${encoding} ${status}`))],
      events.map(({ name }) => name).join(" "),
      [...new Set(events.flatMap(({ errors }) => errors))],
    ];
  });
  const web = "pv se link_click cmp_visible" + " consent_preferences".repeat(7);
  assert.deepEqual(got, [
    ["anon-server", 1, ["json 200"], web, []],
    ["anon-true-get", 11, ["base64url 200"], web, []],
    [
      "full-none",
      1,
      ["json 200"],
      web,
      [
        'entity 2 client_session: userId must match pattern "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$|^[0-9a-f]{16}$"',
        'entity 2 client_session: sessionId must match format "uuid"',
      ],
    ],
    ["rn-full", 1, ["json 200"], "se screen_view", []],
  ]);
});

test("names what is wrong with an event", async (t) => {
  const collector = await start(t);
  const page = {
    schema: `${CORE}/web_page/jsonschema/1-0-0`,
    data: { id: ID },
  };
  const click = {
    schema: `${CORE}/link_click/jsonschema/1-0-1`,
    data: { targetUrl: "https://shop.test" },
  };
  const contexts = (data) =>
    JSON.stringify({ schema: `${CORE}/contexts/jsonschema/1-0-0`, data });
  const unstruct = (data) =>
    JSON.stringify({ schema: `${CORE}/unstruct_event/jsonschema/1-0-0`, data });
  const cases = [
    [{}, "pv", []],
    [{ co: contexts([page]) }, "pv", []],
    [{ e: "ue", ue_pr: unstruct(click) }, "link_click", []],
    [{ e: undefined }, "(no name)", ["must have required property 'e'"]],
    [{ e: { toString: 1 } }, "(no name)", ["e must be string"]],
    [{ vid: 1 }, "pv", ["vid must be string"]],
    [{ plan: "pro" }, "pv", ["must NOT have additional properties (plan)"]],
    [{ e: "ue" }, "ue", ["a ue event needs ue_pr or ue_px"]],
    [{ co: "{" }, "pv", [/^co: SyntaxError: /]],
    [{ cx: "***" }, "pv", ["cx: SyntaxError: not base64: ***"]],
    [{ co: "[]" }, "pv", ["co: must be object"]],
    [{ co: contexts([]) }, "pv", ["co: must NOT have fewer than 1 items"]],
    [
      { co: contexts([{ data: {} }]) },
      "pv",
      ["co: 0 must have required property 'schema'"],
    ],
    [
      { co: unstruct(click) },
      "pv",
      [
        `co: the envelope must be ${CORE}/contexts/jsonschema/…, not ${CORE}/unstruct_event/jsonschema/1-0-0`,
      ],
    ],
    [
      { co: contexts([page, { ...page, data: { id: "1" } }]) },
      "pv",
      [/^entity 1 web_page: id must match pattern /],
    ],
    [
      {
        co: contexts([
          { schema: "iglu:com.shop/cart/jsonschema/1-0-0", data: {} },
        ]),
      },
      "pv",
      ["entity 0 cart: unknown schema iglu:com.shop/cart/jsonschema/1-0-0"],
    ],
    [
      { e: "ue", ue_pr: unstruct({ ...click, data: {} }) },
      "link_click",
      ["event link_click: must have required property 'targetUrl'"],
    ],
    [
      {
        e: "ue",
        ue_pr: unstruct({
          schema: `${CORE}/link_click/jsonschema/9-0-0`,
          data: {},
        }),
      },
      "link_click",
      [`event link_click: unknown schema ${CORE}/link_click/jsonschema/9-0-0`],
    ],
  ];
  const items = cases.map(([fields]) => ({
    tv: "js",
    p: "web",
    e: "pv",
    ...fields,
  }));
  await post(collector, payload(items), { path: TP2 });
  const { events } = collector;
  assert.deepEqual(
    events.map(({ name, valid }) => [name, valid]),
    cases.map(([, name, errors]) => [name, errors.length === 0]),
  );
  for (const [index, [, , errors]] of cases.entries()) {
    const got = events[index].errors;
    assert.equal(got.length, errors.length, got.join());
    for (const [at, error] of errors.entries()) {
      if (error instanceof RegExp) assert.match(got[at], error);
      else assert.equal(got[at], error);
    }
  }
});

test("keeps what it was sent beside what it read in it", async (t) => {
  const collector = await start(t);
  const page = {
    schema: `${CORE}/web_page/jsonschema/1-0-0`,
    data: { id: ID },
  };
  const co = JSON.stringify({
    schema: `${CORE}/contexts/jsonschema/1-0-0`,
    data: [page],
  });
  await post(collector, payload([{ tv: "js", p: "web", e: "pv", co }]), {
    path: TP2,
  });
  const [{ time, ...event }] = collector.events;
  assert.equal(new Date(time).toISOString(), time);
  assert.deepEqual(event, {
    id: "1-1",
    requestId: 1,
    vendor: "snowplow",
    kind: "tp2",
    name: "pv",
    valid: true,
    errors: [],
    data: { tv: "js", p: "web", e: "pv", co },
    contexts: [page],
    unstruct: null,
  });
});

test("takes any body as a real collector does, and says that it is no payload", async (t) => {
  const collector = await start(t);
  const cases = [
    ["{", /^SyntaxError: /],
    ["5", /^must be object$/],
    [JSON.stringify({ schema: "x", data: [] }), /^schema must match pattern /],
    [
      JSON.stringify({ schema: `${CORE}/contexts/jsonschema/1-0-0`, data: [] }),
      /^schema must be payload_data, not /,
    ],
    [
      JSON.stringify({
        ...payload([]),
        schema: `${CORE}/payload_data/jsonschema/1-0-3`,
      }),
      /^unknown schema /,
    ],
    [JSON.stringify(payload([])), /^data must NOT have fewer than 1 items$/],
    [JSON.stringify(payload({})), /^data must be array$/],
  ];
  const answers = await inTurn(cases, async ([body]) => {
    const answer = await fetch(collector.url + TP2, {
      method: "POST",
      body: body,
    });
    return `${answer.status} ${await answer.text()}`;
  });
  answers.push(await fetch(`${collector.url}/i`).then(({ status }) => status));
  assert.deepEqual(answers, [...cases.map(() => "200 ok"), 200]);
  assert.deepEqual(collector.events, []);
  for (const [index, { valid, errors }] of collector.requests.entries()) {
    assert.equal(valid, false);
    assert.equal(errors.length, 1);
    assert.match(errors[0], cases[index]?.[1] ?? /^the query is empty$/);
  }
});

test("gives a network id, unless the request is anonymous", async (t) => {
  const collector = await start(t);
  const headers = [
    {},
    { cookie: "_sp_id.1a2b=x; sp=known" },
    { "sp-anonymous": "*" },
    { "sp-anonymous": "", cookie: "a=b; sp=known" },
  ];
  const got = await inTurn(headers, async (each) => {
    const answer = await ping(collector, "pv", {
      headers: each,
    });
    const cookie = answer.headers.get("set-cookie");
    return cookie?.replace(/[0-9a-f-]{36}/, "<uuid>") ?? null;
  });
  const rest = "SameSite=Lax; HttpOnly";
  assert.deepEqual(got, [
    `sp=<uuid>; Path=/; Max-Age=31536000; ${rest}`,
    `sp=known; Path=/; Max-Age=31536000; ${rest}`,
    null,
    `sp=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${rest}`,
  ]);
});

test("answers a GET with a pixel", async (t) => {
  const collector = await start(t);
  const answer = await ping(collector, "pv");
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.deepEqual(
    [
      answer.status,
      answer.headers.get("content-type"),
      bytes.toString("latin1", 0, 6),
      bytes.readUInt32LE(6),
    ],
    [200, "image/gif", "GIF89a", 0x00_01_00_01],
  );
});

function payload(data) {
  return { schema: `${CORE}/payload_data/jsonschema/1-0-4`, data };
}

/**
 * Puts the decoded JSON columns of a capture back into text and sends it.
 *
 * @param {{ url: string }} collector
 * @param {any} capture
 */
async function send(collector, { method, path, headers, payload: body }) {
  if (method === "OPTIONS") return;
  const anonymous = headers["sp-anonymous"];
  const extra = anonymous ? { "sp-anonymous": anonymous } : {};
  const items = body.data.map((item) =>
    Object.fromEntries(
      Object.entries(item)
        .filter(([key]) => !key.endsWith("_decoded"))
        .map(([key, value]) => {
          const decoded = item[`${key}_decoded`];
          if (decoded)
            return [
              key,
              Buffer.from(JSON.stringify(decoded)).toString("base64url"),
            ];
          return [
            key,
            typeof value === "object" ? JSON.stringify(value) : value,
          ];
        }),
    ),
  );
  if (method === "GET") {
    await fetch(`${collector.url}${path}?${new URLSearchParams(items[0])}`, {
      headers: extra,
    });
  } else {
    await post(
      collector,
      { ...body, data: items },
      { path, headers: { "content-type": headers["content-type"], ...extra } },
    );
  }
}
