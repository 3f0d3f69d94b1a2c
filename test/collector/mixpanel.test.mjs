import assert from "node:assert/strict";
import test from "node:test";
import { readCaptures } from "./captures.mjs";
import { inTurn } from "./in-turn.mjs";
import { event, post, start } from "./start.mjs";

const captures = readCaptures("mixpanel-wire").flatMap(({ file, requests }) =>
  requests.map((request, index) => ({
    ...request,
    title: `${file} ${index + 1} ${request.method} ${request.path}`,
  })),
);

// A property_blacklist that names `token` takes it from the events: a fault of that page, and no valid body.
const TOKENLESS = "31-property-blacklist 1 POST /track/";

test("accepts every captured body of mixpanel-browser in its own encoding", async (t) => {
  const collector = await start(t);
  const answers = await inTurn(captures, async (capture) => {
    const answer = await send(collector, capture);
    return `${answer.status} ${await answer.text()}`;
  });
  const expected = captures.map(({ title, query, encoding, body }) => {
    const error =
      title === TOKENLESS ? "properties.token is missing or empty" : null;
    const verbose = JSON.stringify({ status: error ? 0 : 1, error });
    return {
      title,
      encoding,
      names: [body].flat().map(nameOf),
      errors: error ? [error, error] : [],
      answer: `200 ${query.verbose === "1" ? verbose : 1}`,
    };
  });
  const got = collector.requests.map((request, index) => ({
    title: captures[index].title,
    encoding: request.encoding,
    names: request.events.map(({ name }) => name),
    errors: request.events.flatMap(({ errors }) => errors),
    answer: answers[index],
  }));
  assert.deepEqual(got, expected);
});

test("flags every captured body once a field is broken", async (t) => {
  const collector = await start(t);
  const faults = {
    track: (item) => {
      item.properties.time = "yesterday";
    },
    engage: (item) => {
      delete item.$distinct_id;
    },
    groups: (item) => {
      item.$group_id = 1;
    },
  };
  await inTurn(captures, (capture) => {
    const body = structuredClone(capture.body);
    const kind = capture.path.replaceAll("/", "");
    faults[kind]([body].flat()[0]);
    return send(collector, { ...capture, body });
  });
  const passed = collector.requests.filter(({ valid }) => valid);
  const firsts = new Set(
    collector.requests.map(({ kind, events }) =>
      [kind, ...events[0].errors].join(": "),
    ),
  );
  assert.deepEqual(passed, []);
  assert.deepEqual(
    firsts,
    new Set([
      "track: properties.time must be number",
      "track: properties.time must be number: properties.token is missing or empty",
      "engage: must have required property '$distinct_id'",
      "groups: $group_id must be string",
    ]),
  );
});

test("names what is wrong with an event or an update", async (t) => {
  const collector = await start(t);
  const update = { $token: "t", $distinct_id: "u" };
  const cases = [
    ["/track", event("A"), []],
    ["/track", event("A", { distinct_id: "" }), []],
    [
      "/track",
      { event: "A", properties: {} },
      ["properties.token is missing or empty"],
    ],
    [
      "/track",
      event("A", { token: "" }),
      ["properties.token is missing or empty"],
    ],
    [
      "/track",
      event("A", { distinct_id: "undefined" }),
      ['properties.distinct_id must not be "undefined"'],
    ],
    [
      "/track",
      event("A", { $insert_id: "null" }),
      ['properties.$insert_id must not be "null"'],
    ],
    ["/track", event("A", { $insert_id: "x".repeat(36) }), []],
    [
      "/track",
      event("A", { $insert_id: "x".repeat(37) }),
      ["properties.$insert_id must be 1 to 36 letters, digits or hyphens"],
    ],
    [
      "/track",
      event("A", { $insert_id: "a_b" }),
      ["properties.$insert_id must be 1 to 36 letters, digits or hyphens"],
    ],
    [
      "/track",
      { ...event("A"), at: 1 },
      ["must NOT have additional properties (at)"],
    ],
    [
      "/track",
      { event: { toString: 1 }, properties: { token: "t" } },
      ["event must be string"],
    ],
    [
      "/track",
      [null],
      ["must be object", "properties.token is missing or empty"],
    ],
    ["/engage", { ...update, $set: {} }, []],
    ["/engage", { ...update, $delete: null, $ignore_alias: true }, []],
    ["/engage", { ...update, $add: { n: "1" } }, ["$add.n must be number"]],
    [
      "/engage",
      { ...update, $unset: [] },
      ["$unset must NOT have fewer than 1 items"],
    ],
    [
      "/engage",
      { ...update, $set: {}, $distinct_id: "anon" },
      ['$distinct_id must not be "anon"'],
    ],
    [
      "/engage",
      { $set: {}, $add: {} },
      [
        "must have required property '$token'",
        "must have required property '$distinct_id'",
        "$token is missing or empty",
      ],
    ],
    [
      "/engage",
      update,
      [
        "no operation: one of $set, $set_once, $add, $union, $append, $remove, $unset, $delete is needed",
      ],
    ],
    [
      "/groups",
      { $token: "t", $group_key: "k", $group_id: "g", $add: { n: 1 } },
      [
        "no operation: one of $set, $set_once, $unset, $remove, $union, $delete is needed",
      ],
    ],
  ];
  await inTurn(cases, ([path, body]) => post(collector, body, { path }));
  assert.deepEqual(
    collector.requests.map(({ path, events }) => [
      path,
      events[0].data,
      events[0].errors,
    ]),
    cases.map(([path, body, errors]) => [path, [body].flat()[0], errors]),
  );
});

test("answers as Mixpanel does", async (t) => {
  const collector = await start(t);
  const good = JSON.stringify(event("A"));
  const bad = JSON.stringify({ event: "A" });
  const utf8 = Buffer.from(JSON.stringify(event("Ж"))).toString("base64url");
  const latin1 = Buffer.from(JSON.stringify(event("é")), "latin1").toString(
    "base64",
  );
  const form = "application/x-www-form-urlencoded";
  const ok = '200 {"status":1,"error":null}';
  const cases = [
    ["POST", "/track", "application/json", good, "200 1", "json"],
    [
      "POST",
      "/track?verbose=1",
      "application/json",
      `[${good},${bad}]`,
      ok,
      "json",
    ],
    ["POST", "/track", "application/json", bad, "200 0", "json"],
    [
      "POST",
      "/track?verbose=1",
      "application/json",
      bad,
      `200 {"status":0,"error":"must have required property 'properties'"}`,
      "json",
    ],
    [
      "POST",
      "/track?verbose=1",
      "application/json",
      "[]",
      '200 {"status":0,"error":"the batch is empty"}',
      "json",
    ],
    ["POST", "/track", "text/plain", good, "200 1", "json"],
    ["POST", "/track", "text/plain", `data=${utf8}`, "200 1", "base64"],
    [
      "POST",
      "/track",
      form,
      `data=${encodeURIComponent(good)}`,
      "200 1",
      "json",
    ],
    ["POST", "/track", form, good, "400 0", null],
    ["POST", "/track", form, "data=", "400 0", null],
    ["POST", "/track", form, "data=***", "400 0", null],
    [
      "POST",
      "/track",
      form,
      `data=${encodeURIComponent(latin1)}`,
      "400 0",
      null,
    ],
    ["POST", "/track", "application/json", '{"event":', "400 0", null],
    [
      "POST",
      "/track",
      "application/json",
      Buffer.from([0x22, 0xff, 0x22]),
      "400 0",
      null,
    ],
    ["POST", "/track", "application/json", "5", "200 0", "json"],
    ["GET", `/track?data=${utf8}`, null, undefined, "200 1", "base64"],
    ["GET", "/engage/", null, undefined, "400 0", null],
  ];
  const got = await inTurn(cases, async ([method, path, type, body]) => {
    const headers = type ? { "content-type": type } : {};
    const init = { method, headers, body };
    const answer = await fetch(collector.url + path, init);
    return `${answer.status} ${await answer.text()}`;
  });
  assert.deepEqual(
    got.map((answer, index) => [answer, collector.requests[index].encoding]),
    cases.map(([, , , , answer, encoding]) => [answer, encoding]),
  );
});

test("flags a batch above Mixpanel's 2000", async (t) => {
  const collector = await start(t);
  await post(
    collector,
    Array.from({ length: 2001 }, () => event("A")),
  );
  const [{ valid, errors }] = collector.requests;
  assert.deepEqual(
    [valid, errors],
    [false, ["2001 in one batch, 2000 are allowed"]],
  );
});

/**
 * @param {{ url: string }} collector
 * @param {any} capture
 */
function send(
  { url },
  { method, path, query, headers, encoding, body: payload },
) {
  const json = JSON.stringify(payload);
  const data =
    encoding === "json" ? json : Buffer.from(json).toString("base64");
  const address = (search) =>
    `${url}${path}?${new URLSearchParams({ ...search })}`;
  if (method === "GET") return fetch(address({ ...query, data }));
  const body = `data=${encodeURIComponent(data)}`;
  const type = { "content-type": headers["content-type"] };
  return fetch(address(query), { method: "POST", headers: type, body });
}

function nameOf(item) {
  const operation = Object.keys(item).find((key) =>
    /^\$(?!token|distinct_id|device_id|user_id|group)/.test(key),
  );
  return item.event ?? operation;
}
