import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import { collectorPlugin } from "../../collector/vite.mjs";
import { ping } from "./start.mjs";

test("takes collector routes in a server of Vite's and passes the others on", async (t) => {
  const server = await serve(t, "configureServer");
  const answers = [
    (await ping(server, "A")).headers.get("content-type"),
    await (await fetch(`${server.url}/index.html`)).text(),
    (await (await fetch(`${server.url}/__collector/requests`)).json()).length,
  ];
  assert.deepEqual(answers, ["image/gif", "passed on", 1]);
});

test("answers preflights of its routes before Vite does", async (t) => {
  const server = await serve(t, "configureServer");
  const origin = "https://shop.test";
  const seen = await Promise.all(
    ["/track/", "/index.html"].map(async (path) => {
      const init = { method: "OPTIONS", headers: { origin } };
      const { headers } = await fetch(server.url + path, init);
      return headers.get("access-control-allow-origin");
    }),
  );
  assert.deepEqual(seen, [origin, null]);
});

test("gives each server a collector of its own", async (t) => {
  const dev = await serve(t, "configureServer");
  const preview = await serve(t, "configurePreviewServer");
  await ping(dev, "A");
  const counts = await Promise.all(
    [dev, preview].map(
      async ({ url }) =>
        (await (await fetch(`${url}/__collector/requests`)).json()).length,
    ),
  );
  assert.deepEqual(counts, [1, 0]);
});

test("ends its streams with the server", async (t) => {
  const server = await serve(t, "configureServer");
  const stream = await fetch(`${server.url}/__collector/stream`);
  server.httpServer.emit("close");
  assert.equal(await stream.text(), ": open\n\n");
});

/**
 * A stand-in for Vite's server: a layer of its own that answers preflights, then the plugin's, then the rest.
 *
 * @param {import("node:test").TestContext} t
 * @param {"configureServer" | "configurePreviewServer"} hook
 */
async function serve(t, hook) {
  const stack = [];
  const use = (handle) => void stack.push({ route: "", handle });
  use((req, res, next) => (req.method === "OPTIONS" ? res.end() : next()));
  const httpServer = new EventEmitter();
  collectorPlugin()[hook]({ middlewares: { stack, use }, httpServer });
  use((req, res) => res.end("passed on"));

  const server = createServer((req, res) => {
    const run = (at) => stack[at].handle(req, res, () => run(at + 1));
    run(0);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    httpServer.emit("close");
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  return { httpServer, url: `http://127.0.0.1:${port}` };
}
