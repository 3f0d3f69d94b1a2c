import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { connect } from "node:net";
import test from "node:test";
import { createCollector } from "../../collector/collector.mjs";
import { inTurn } from "./in-turn.mjs";
import { event, post, start } from "./start.mjs";

const names = ({ events }) => events.map(({ name }) => name);

test("describes a request from its arrival to its answer", async (t) => {
  const collector = await start(t);
  await post(collector, [event("A"), {}], { path: "/track/?ip=1" });
  const [{ time, headers, events, ...request }] = collector.requests;
  assert.equal(new Date(time).toISOString(), time);
  assert.equal(headers["content-type"], "application/json");
  assert.deepEqual(events, collector.events);
  assert.deepEqual(request, {
    id: 1,
    method: "POST",
    path: "/track/",
    query: { ip: "1" },
    vendor: "mixpanel",
    kind: "track",
    encoding: "json",
    valid: false,
    errors: [
      "1-2 (no name): must have required property 'event'",
      "1-2 (no name): must have required property 'properties'",
      "1-2 (no name): properties.token is missing or empty",
    ],
    status: 200,
    answer: "ok",
    response: {
      headers: { vary: "origin", "content-type": "text/plain" },
      body: "1",
    },
    aborted: false,
  });
});

test("receives and never answers while hanging, and sees the client go", async (t) => {
  const collector = await start(t);
  const heard = [];
  collector.subscribe(({ request }) =>
    heard.push([request?.status, request?.aborted]),
  );
  collector.answer("hang");
  const controller = new AbortController();
  const sent = post(collector, event("A"), { signal: controller.signal });
  const request = await collector.waitFor(({ requests }) => requests[0]);
  const before = [
    request.status,
    request.answer,
    request.aborted,
    names(request),
  ];

  controller.abort();
  await assert.rejects(sent, { name: "AbortError" });
  await collector.waitFor(() => request.aborted);
  assert.deepEqual(
    {
      before,
      after: [request.status, request.aborted],
      events: collector.events,
      heard,
    },
    {
      before: [0, "hang", false, ["A"]],
      after: [0, true],
      events: [],
      heard: [
        [0, false],
        [0, true],
      ],
    },
  );
});

test("notes a client that goes away before its body is complete", async (t) => {
  const collector = await start(t);
  const socket = connect(collector.port, "127.0.0.1");
  await once(socket, "connect");
  socket.end("POST /track HTTP/1.1\r\nhost: c\r\ncontent-length: 100\r\n\r\n{");
  const { aborted, errors, status } = await collector.waitFor(
    ({ requests }) => requests[0],
  );
  assert.deepEqual([aborted, errors, status], [true, ["the body is cut"], 0]);
});

test("answers with a given status and keeps only what it accepted", async (t) => {
  const collector = await start(t);
  const answers = [];
  const send = async (name) => {
    const answer = await post(collector, event(name));
    answers.push([
      name,
      answer.status,
      answer.headers.get("retry-after"),
      await answer.text(),
    ]);
  };
  collector.answer({
    status: 429,
    headers: { "Retry-After": "6" },
    body: "slow",
    times: 2,
  });
  await send("A");
  await send("B");
  await send("C");
  collector.answer({ status: 503 });
  await send("D");
  collector.answer({ status: 204 });
  await send("E");
  collector.answer("ok");
  await send("F");
  assert.deepEqual(answers, [
    ["A", 429, "6", "slow"],
    ["B", 429, "6", "slow"],
    ["C", 200, null, "1"],
    ["D", 503, null, ""],
    ["E", 204, null, ""],
    ["F", 200, null, "1"],
  ]);
  assert.deepEqual(names(collector), ["C", "E", "F"]);
  assert.deepEqual(
    collector.requests.map((request) => [
      names(request).join(),
      request.answer,
      request.status,
      request.response?.body,
    ]),
    [
      ["A", "status", 429, "slow"],
      ["B", "status", 429, "slow"],
      ["C", "ok", 200, "1"],
      ["D", "status", 503, ""],
      ["E", "status", 204, ""],
      ["F", "ok", 200, "1"],
    ],
  );
});

test("asks a function how to treat each request", async (t) => {
  const collector = await start(t);
  const gate = new EventEmitter();
  collector.answer(async (request) => {
    const [name] = names(request);
    if (name === "held") await once(gate, "open");
    if (name === "broken") throw new Error("no idea");
    return name === "bad" ? { status: 400 } : "ok";
  });
  const first = post(collector, event("held"));
  const request = await collector.waitFor(({ requests }) => requests[0]);
  const before = request.status;
  const others = await inTurn(["good", "bad", "broken"], async (name) => {
    const { status } = await post(collector, event(name));
    return status;
  });
  gate.emit("open");
  const { status } = await first;
  assert.deepEqual(
    {
      before,
      status,
      others,
      events: names(collector),
      errors: collector.requests[3].errors,
    },
    {
      before: 0,
      status: 200,
      others: [200, 400, 500],
      events: ["good", "held"],
      errors: ["answer: Error: no idea"],
    },
  );
});

test("refuses a behaviour that it does not know", () => {
  const { answer } = createCollector();
  const refused = (behaviour) => {
    try {
      answer(behaviour);
      return "taken";
    } catch (error) {
      return error.message;
    }
  };
  assert.deepEqual(
    [
      refused("slow"),
      refused({ status: 99 }),
      refused({ status: 503, time: 2 }),
      refused({ status: 503, times: 0 }),
    ],
    [
      'answer: "slow" was given, "ok", "hang" or { status: 200 to 599 } is needed',
      'answer: {"status":99} was given, "ok", "hang" or { status: 200 to 599 } is needed',
      'answer: unknown option "time", there are status, headers, body and times',
      "times: 0 was given, a whole number above 0 is needed",
    ],
  );
});

test("lets a page of any origin in and lists no preflight", async (t) => {
  const collector = await start(t);
  const origin = "https://shop.test";
  const json = { "content-type": "application/json" };
  const steps = [
    () => preflight("/track/"),
    () => preflight("/com.snowplowanalytics.snowplow/tp2"),
    () => preflight("/i?e=pv"),
    () => post(collector, event("A"), { headers: { ...json, origin } }),
    () => post(collector, event("A"), { headers: { ...json, origin: "null" } }),
    () => post(collector, event("A")),
  ];
  collector.answer((request) =>
    request.headers.origin === "null" ? { status: 503 } : "ok",
  );
  const seen = await inTurn(steps, async (step) => {
    const { status, headers } = await step();
    const allowed = ["origin", "credentials", "methods", "headers"].map(
      (name) => headers.get(`access-control-allow-${name}`),
    );
    return [status, ...allowed];
  });
  const permit = [
    204,
    origin,
    "true",
    "GET, POST, OPTIONS",
    "content-type, sp-anonymous",
  ];
  assert.deepEqual(seen, [
    permit,
    permit,
    permit,
    [200, origin, "true", null, null],
    [503, "null", "true", null, null],
    [200, null, null, null, null],
  ]);
  assert.equal(collector.requests.length, 3);

  function preflight(path) {
    const headers = { origin, "access-control-request-method": "POST" };
    return fetch(collector.url + path, { method: "OPTIONS", headers });
  }
});

test("leaves other routes alone", async (t) => {
  const collector = await start(t);
  const routes = [
    ["GET", "/"],
    ["POST", "/import"],
    ["PUT", "/track"],
    ["POST", "/i"],
    ["GET", "/tracker"],
    ["GET", "//"],
    ["OPTIONS", "/"],
  ];
  const got = await inTurn(routes, async ([method, path]) => {
    const { status } = await fetch(collector.url + path, { method });
    return status;
  });
  assert.deepEqual([got, collector.requests], [routes.map(() => 404), []]);
});

test("refuses a body above 10 MB", async (t) => {
  const collector = await start(t);
  const pad = "x".repeat(10 * 1024 * 1024);
  const { status } = await post(collector, event("A", { pad }));
  const [{ errors }] = collector.requests;
  assert.deepEqual(
    [status, errors, collector.events],
    [413, ["the body is too large"], []],
  );
});

test("keeps the newest requests and their events", async (t) => {
  const collector = await start(t, { limit: 2 });
  const { requests, events } = collector;
  await post(collector, [event("A"), event("B")]);
  await post(collector, event("C"));
  await post(collector, event("D"));
  const kept = [requests.map(({ id }) => id), names({ events })];
  collector.clear();
  await post(collector, event("E"));
  assert.deepEqual(
    [kept, requests.map(({ id }) => id), names({ events })],
    [
      [
        [2, 3],
        ["C", "D"],
      ],
      [4],
      ["E"],
    ],
  );
  assert.throws(() => createCollector({ limit: 0 }), RangeError);
});

test("keeps out of sight what was cleared while it hung", async (t) => {
  const collector = await start(t);
  const gate = new EventEmitter();
  collector.answer(async () => {
    await once(gate, "open");
    return "ok";
  });
  const sent = post(collector, event("A"));
  await collector.waitFor(({ requests }) => requests[0]);
  collector.clear();
  const heard = [];
  collector.subscribe((news) => heard.push(news));
  gate.emit("open");
  await sent;
  assert.deepEqual([heard, collector.requests, collector.events], [[], [], []]);
});

test("tells all subscribers, also after one that fails, until they leave", async (t) => {
  const collector = await start(t);
  const complaint = t.mock.method(console, "error", () => {});
  const heard = [];
  collector.subscribe(() => {
    throw new Error("mine");
  });
  const undo = collector.subscribe((news) =>
    heard.push(news.type === "request" ? names(news.request) : news.type),
  );
  await post(collector, event("A"));
  collector.clear();
  undo();
  await post(collector, event("B"));
  assert.deepEqual([heard, complaint.mock.callCount()], [[["A"], "clear"], 3]);
});

test("waits for what a test wants to see, or says what came instead", async (t) => {
  const collector = await start(t);
  const wanted = collector.waitFor(
    ({ events }) => events.length === 2 && names({ events }),
  );
  await post(collector, event("A"));
  await post(collector, event("B"));
  assert.deepEqual(await wanted, ["A", "B"]);
  await assert.rejects(
    collector.waitFor(({ events }) => events[2], { timeout: 1 }),
    {
      message:
        "waited 1 ms in vain; 2 requests, 2 events kept; last requests, with status and number of events: POST /track/ 200 (1), POST /track/ 200 (1)",
    },
  );
  await assert.rejects(
    collector.waitFor(() => assert.fail("no")),
    { message: "no" },
  );
});

test("ends what hangs when it closes, and blames no client for it", async (t) => {
  const collector = await start(t);
  collector.answer("hang");
  const sent = assert.rejects(post(collector, event("A")), TypeError);
  const waiting = assert.rejects(
    collector.waitFor(() => false),
    { message: "the collector was closed" },
  );
  const request = await collector.waitFor(({ requests }) => requests[0]);
  await Promise.all([collector.close(), collector.close(), sent, waiting]);
  assert.deepEqual([request.status, request.aborted], [0, false]);
});
