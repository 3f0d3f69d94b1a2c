import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist/cdn/", import.meta.url));

/**
 * Serves a small site: `pages` by path, and the built library below `/lib/`. A page is HTML, or `{ html, headers }`.
 *
 * @param {Record<string, string | { html: string, headers?: Record<string, string> }>} pages
 */
export async function startSite(pages) {
  /** @type {string[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    requests.push(pathname);
    const found = pages[pathname];
    if (found !== undefined) {
      const { html, headers = {} } =
        typeof found === "string" ? { html: found } : found;
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        ...headers,
      });
      response.end(html);
      return;
    }
    const file = `${dist}${pathname.replace("/lib/", "")}`;
    if (pathname.startsWith("/lib/") && existsSync(file)) {
      response.writeHead(200, { "content-type": "text/javascript" });
      createReadStream(file).pipe(response);
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    /** Paths asked for, in order. */
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * A page with the drop-in tag. `attributes` go on `<consent-manager>`, `script` loads the library.
 *
 * @param {{ endpoint?: string, attributes?: string, script?: string, head?: string, body?: string }} parts
 */
export function page({
  endpoint = "",
  attributes = "",
  script = `<script type="module" src="/lib/auto.js"></script>`,
  head = "",
  body = "",
}) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    ${head}
    ${script}
  </head>
  <body>
    <consent-manager tracker="mixpanel" token="TOKEN" endpoint="${endpoint}" ${attributes}></consent-manager>
    <h1>A page</h1>
    <a href="/next">Next page</a>
    ${body}
  </body>
</html>`;
}
