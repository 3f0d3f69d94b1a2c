import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/**
 * A small site whose pages import the library as it is written now: `import { newTracker } from "/lib/snowplow.js"`.
 * Every path that is no file of the library is a page with `html`. Its pages are on `www.shop.test`.
 *
 * @param {string} html
 * @param {Record<string, string>} entries Files of `src/` by the names that pages import.
 */
export async function startSourceSite(html, entries) {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: {
        formats: ["es"],
        entry: Object.fromEntries(
          Object.entries(entries).map(([name, file]) => [name, src + file]),
        ),
      },
    },
  });
  const files = new Map(
    [built]
      .flat()
      .flatMap((part) => ("output" in part ? part.output : []))
      .map((file) => [
        `/lib/${file.fileName}`,
        "code" in file ? file.code : "",
      ]),
  );
  const server = createServer((request, response) => {
    const code = files.get(request.url ?? "");
    response
      .writeHead(200, {
        "content-type": `text/${code === undefined ? "html" : "javascript"}; charset=utf-8`,
        // A document without an origin imports too.
        "access-control-allow-origin": "*",
      })
      .end(code ?? html);
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    url: `http://www.shop.test:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}
