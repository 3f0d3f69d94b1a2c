import { createServer } from "node:http";
import { extname } from "node:path";
import { brotli } from "./brotli.mjs";
import { collect } from "./collector.mjs";

const TYPES = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".png": "image/png",
  ".woff2": "font/woff2",
};
const KINDS = [
  ["js", /javascript/],
  ["css", /css/],
];

/** Serves prepared answers only. Everything that can be compressed goes out as brotli (quality 11). */
export class Server {
  /** The requests so far: { path, kind, size, at }. */
  log = [];
  /** The number of requests with something to collect. */
  posts = 0;
  #assets = new Map();
  #http = createServer((request, response) => this.#answer(request, response));

  /** Puts `content` at `path`. `size` is what goes over the wire, without headers. */
  add(path, content, { type = TYPES[extname(path)] } = {}) {
    const isPacked = !/^image\/png|^font\/woff2/.test(type);
    const bytes = isPacked ? brotli(content) : Buffer.from(content);
    const kind = KINDS.find(([, pattern]) => pattern.test(type))?.[0];
    const asset = { bytes, size: bytes.length, type, isPacked, kind };
    this.#assets.set(path, asset);
    return asset;
  }

  async start() {
    this.#http.keepAliveTimeout = 60_000;
    await new Promise((done) => this.#http.listen(0, "127.0.0.1", done));
    this.origin = `http://127.0.0.1:${this.#http.address().port}`;
    return this;
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }

  mark() {
    return this.log.length;
  }

  since(mark) {
    return this.log.slice(mark);
  }

  #answer(request, response) {
    const [path] = request.url.split("?");
    // Isolation makes performance.now() precise to 5 microseconds.
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("cache-control", "no-store");
    if (path.startsWith("/collect")) {
      if (request.method === "POST") this.posts++;
      return collect(request, response, path);
    }
    const asset = this.#assets.get(path);
    if (!asset) {
      response.statusCode = 404;
      return response.end();
    }
    const { bytes, size, type, isPacked, kind = "other" } = asset;
    response.setHeader("content-type", type);
    if (isPacked) response.setHeader("content-encoding", "br");
    response.setHeader("content-length", size);
    response.end(bytes);
    this.log.push({ path, kind, size, at: Date.now() });
  }
}
