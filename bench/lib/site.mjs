import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { article } from "./article.mjs";
import { makeModel } from "./model.mjs";
import { BENCH } from "./paths.mjs";
import { heroPng } from "./png.mjs";
import { brotli } from "./brotli.mjs";
import { Server } from "./server.mjs";
import { pageUrl } from "./visit.mjs";

const HTML = { type: "text/html; charset=utf-8" };

/** The library's own module of each kind. */
const OURS = {
  peers: "ours/perf-peer.mjs",
  trackers: "ours/perf-tracker.mjs",
};

/** The peers or trackers that take part, in the order of the tables. The bare page always does. */
export async function loadModules(folder, only) {
  const files = readdirSync(join(BENCH, folder))
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => join(folder, file));
  const out = [];
  for (const file of [...files, OURS[folder]]) {
    const module = await import(pathToFileURL(join(BENCH, file)));
    out.push(...[module.default].flat());
  }
  return out
    .filter(({ id }) => !only || only.includes(id) || id === "bare")
    .toSorted((a, b) => a.order - b.order);
}

/** The site that all of them are put on, and what is known of its pages. */
export async function makeSite() {
  const server = await new Server().start();
  server.add(
    "/blank",
    '<!doctype html><meta charset="utf-8"><title>blank</title><link rel="icon" href="data:,"><p>blank</p>',
    HTML,
  );
  server.add("/hero.png", heroPng(), { type: "image/png" });
  const bare = brotli(article()).length;
  const inline = new Map();
  return {
    server,
    /** What a peer adds to the page itself, in bytes, by the page's path. */
    inline,
    /** Makes the page of one peer with `n` services, once. */
    async prepare(peer, n) {
      const url = pageUrl(peer, n);
      if (inline.has(url)) return;
      const { head, body, files } = await peer.build(makeModel(n), url);
      for (const [name, content] of Object.entries(files))
        server.add(url + name, content);
      const html = server.add(url, article({ head, body }), HTML);
      inline.set(url, html.size - bare);
    },
  };
}
