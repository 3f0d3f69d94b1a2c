// Writes a picture of every story, in light, dark, right to left and on a narrow screen: `npm run screenshots [folder]`.
// Nothing is built: the stories are served as they are written, by the page that shows all of them (stories/all.html).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { chromePath } from "./chrome.mjs";

const folder = process.argv[2] ?? "screenshots";
const root = fileURLToPath(new URL("..", import.meta.url));

const WIDE = { width: 1024, height: 720 };
const NARROW = { width: 320, height: 640 };

/** What a picture's name ends with, and what its page is like. */
const MODES = {
  light: { viewport: WIDE, query: "" },
  dark: { viewport: WIDE, query: "&scheme=dark" },
  rtl: { viewport: WIDE, query: "&dir=rtl&lang=ar" },
  narrow: { viewport: NARROW, query: "" },
};

mkdirSync(folder, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  logLevel: "error",
  server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
});
await server.listen();
const [url] = server.resolvedUrls?.local ?? [];
const address = `${url}stories/all.html`;
const browser = await chromium.launch({
  executablePath: await chromePath(),
  args: process.platform === "linux" ? ["--no-sandbox"] : [],
});

/** @type {string[]} */
const failed = [];
let count = 0;
try {
  const gallery = await browser.newPage();
  await gallery.goto(address);
  const frames = gallery.locator("[data-story]");
  await frames.first().waitFor({ state: "attached" });
  const stories = await frames.evaluateAll((all) =>
    all.map((each) => ({
      id: each.getAttribute("data-story") ?? "",
      narrow: each.hasAttribute("data-narrow"),
    })),
  );
  await gallery.close();

  const work = Object.entries(MODES).flatMap(([mode, { viewport, query }]) =>
    stories.map(({ id, narrow }) => ({
      id,
      mode,
      query,
      viewport: narrow ? NARROW : viewport,
    })),
  );
  const one = async () => {
    const page = await browser.newPage({
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    for (let each = work.shift(); each; each = work.shift()) {
      const { id, mode, query, viewport } = each;
      try {
        await page.setViewportSize(viewport);
        await page.goto(`${address}?story=${id}${query}`);
        await page.waitForSelector("html[data-shown]", {
          state: "attached",
          timeout: 10_000,
        });
        await page.screenshot({
          path: join(folder, `${id.replace("/", ".")}.${mode}.png`),
        });
        count++;
      } catch (error) {
        failed.push(`${id} ${mode}: ${String(error).split("\n", 1)[0]}`);
      }
    }
  };
  await Promise.all([one(), one()]);
} finally {
  await browser.close();
  await server.close();
}
console.log(`${count} pictures in ${folder}`);
for (const each of failed) console.error(each);
process.exitCode = failed.length ? 1 : 0;
