import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

const { nodeHandler, receiptsHandler, recordHandler } =
  await loadSource("server/index.ts");

/** @type {unknown[]} */
const saved = [];
const handlers =
  /** @type {Record<string, (request: any, response: any) => void>} */ ({
    "/consent": nodeHandler(recordHandler()),
    "/consent-receipts": nodeHandler(
      receiptsHandler({
        save: (/** @type {unknown} */ given) => saved.push(given),
      }),
    ),
    "/two": nodeHandler(async () => {
      const headers = new Headers({ "x-name": "value" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      return new Response("héllo", { headers });
    }),
  });
const server = createServer((incoming, outgoing) =>
  handlers[incoming.url ?? ""]?.(incoming, outgoing),
);
await new Promise((done) => {
  server.listen(0, "127.0.0.1", () => done(undefined));
});
after(() => server.close());
const { port } = /** @type {import("node:net").AddressInfo} */ (
  server.address()
);

/**
 * Makes a request as it is written here: `fetch` would not send such headers.
 *
 * @param {string} path
 * @param {Record<string, string>} headers
 * @param {string} [body]
 */
function ask(path, headers = {}, body, method = "POST") {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        hostname: "127.0.0.1",
        port,
        path,
        method,
        headers: { origin: `http://127.0.0.1:${port}`, ...headers },
      },
      async (answer) => {
        let text = "";
        for await (const part of answer.setEncoding("utf8")) text += part;
        const { statusCode: status, headers: given } = answer;
        resolve({ status, headers: given, text });
      },
    );
    asking.on("error", reject);
    asking.end(body);
  });
}

const record = () =>
  `analytics=denied&revision=1&time=${new Date().toISOString()}&source=user&action=deny-all`;

describe("a handler in Node", () => {
  it("sets the record's cookie over a real connection", async () => {
    const text = record();
    const { status, headers } = await ask("/consent", {}, text);
    assert.equal(status, 204);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    assert.ok(cookie.startsWith(`consent=${text}; Max-Age=155`), cookie);
    assert.ok(cookie.endsWith("; Path=/; SameSite=Lax"), cookie);
  });

  it("hears who asks", async () => {
    const answers = [
      await ask("/consent", { origin: "http://elsewhere.test" }, record()),
      await ask("/consent", { "sec-fetch-site": "cross-site" }, record()),
      await ask("/consent", { "sec-fetch-site": "same-origin" }, record()),
      await ask("/consent", {}, undefined, "GET"),
      await ask("/consent", { host: "no host" }, record()),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [403, 403, 204, 405, 400],
    );
  });

  it("reads no more than it needs, and ends the connection then", async () => {
    const { status, headers } = await ask(
      "/consent-receipts",
      {},
      "x".repeat(20_000),
    );
    assert.deepEqual([status, headers.connection, saved], [413, "close", []]);
  });

  it("hands several cookies and a body on", async () => {
    const { headers, text } = await ask("/two");
    assert.deepEqual(
      [headers["set-cookie"], headers["x-name"], text],
      [["a=1", "b=2"], "value", "héllo"],
    );
  });
});
