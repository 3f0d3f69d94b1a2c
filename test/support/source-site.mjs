import { createServer as createHttp } from "node:http";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/**
 * A small site whose pages import the library as it is written: `import { newTracker } from "/src/dialects/snowplow.ts"`.
 * Every path that is no file is a page with `html`.
 *
 * @param {string} html
 */
export async function startSourceSite(html) {
  const vite = await createServer({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: null,
      allowedHosts: true,
      // A document without an origin imports too.
      cors: true,
    },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  const server = createHttp((request, response) => {
    if (/^\/(src|node_modules|@)/.test(request.url ?? ""))
      vite.middlewares(request, response, () => response.writeHead(404).end());
    else
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end(html);
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    url: `http://www.shop.test:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await vite.close();
    },
  };
}
