import assert from "node:assert/strict";
import test from "node:test";
import { ping, start } from "./start.mjs";

test("streams the history, then what happens", async (t) => {
  const collector = await start(t);
  await ping(collector, "A");
  const messages = await listen(collector);
  const heard = [await messages.next()];

  await ping(collector, "B");
  heard.push(await messages.next());

  await fetch(`${collector.url}/__collector/clear`, { method: "POST" });
  heard.push(await messages.next());

  collector.answer("hang");
  const controller = new AbortController();
  const sent = ping(collector, "C", { signal: controller.signal });
  heard.push(await messages.next());
  controller.abort();
  await assert.rejects(sent);
  heard.push(await messages.next());

  assert.deepEqual(
    heard.map(({ value: [type, request] }) => [
      type,
      request && [
        request.id,
        request.status,
        request.aborted,
        request.events[0].name,
      ],
    ]),
    [
      ["request", [1, 200, false, "A"]],
      ["request", [2, 200, false, "B"]],
      ["clear", null],
      ["request", [3, 0, false, "C"]],
      ["request", [3, 0, true, "C"]],
    ],
  );
});

test("lists the requests and forgets them on demand", async (t) => {
  const collector = await start(t);
  await ping(collector, "A");
  const url = `${collector.url}/__collector`;
  const list = async () => (await fetch(`${url}/requests`)).json();
  const kept = JSON.parse(JSON.stringify(collector.requests));
  const before = await list();
  const { status } = await fetch(`${url}/clear`, { method: "POST" });
  assert.equal(before.length, 1);
  assert.deepEqual([before, status, await list()], [kept, 204, []]);
});

test("stays readable after a body that nests too deep to be shown", async (t) => {
  const collector = await start(t);
  const body = `{"$token":${"[".repeat(1e5)}${"]".repeat(1e5)}}`;
  await fetch(`${collector.url}/track`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  await ping(collector, "A");
  const { body: stream } = await fetch(`${collector.url}/__collector/stream`);
  await stream.cancel();
  const list = await (
    await fetch(`${collector.url}/__collector/requests`)
  ).json();
  assert.deepEqual(
    list.map(({ kind, events, errors }) => [
      kind,
      events.length,
      errors.at(-1)?.slice(0, 9),
    ]),
    [
      ["track", 0, "not shown"],
      ["i", 1, undefined],
    ],
  );
});

test("shows nothing to a page of another origin", async (t) => {
  const collector = await start(t);
  const { headers } = await fetch(`${collector.url}/__collector/requests`, {
    headers: { origin: "https://elsewhere.test" },
  });
  assert.equal(headers.get("access-control-allow-origin"), null);
});

test("keeps a quiet stream alive", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const collector = await start(t);
  const { body } = await fetch(`${collector.url}/__collector/stream`);
  const chunks = body.pipeThrough(new TextDecoderStream()).values();
  const heard = [(await chunks.next()).value];
  t.mock.timers.tick(15_000);
  heard.push((await chunks.next()).value);
  assert.deepEqual(heard, [": open\n\n", ": keep-alive\n\n"]);
});

test("ends its streams when the collector closes", async (t) => {
  const collector = await start(t);
  const messages = await listen(collector);
  const next = messages.next();
  await collector.close();
  assert.equal((await next).done, true);
});

/**
 * The messages of the stream, as pairs of event name and data.
 *
 * @param {{ url: string }} collector
 */
async function listen({ url }) {
  const { body } = await fetch(`${url}/__collector/stream`);
  return (async function* () {
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) {
        const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
        if (type) yield [type, JSON.parse(data)];
      }
    }
  })();
}
