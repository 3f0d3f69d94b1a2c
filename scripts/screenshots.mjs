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

/**
 * The pages that are opened for each story, and the pictures that are taken of each: what their names end with, and what
 * the browser is like meanwhile.
 *
 * @type {{ query: string, pictures: { name: string, scheme: "light" | "dark", viewport: typeof WIDE }[] }[]}
 */
const PAGES = [
  {
    query: "",
    pictures: [
      { name: "light", scheme: "light", viewport: WIDE },
      { name: "dark", scheme: "dark", viewport: WIDE },
      { name: "narrow", scheme: "light", viewport: NARROW },
    ],
  },
  {
    query: "&dir=rtl&lang=ar",
    pictures: [{ name: "rtl", scheme: "light", viewport: WIDE }],
  },
];

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

  const work = stories.flatMap(({ id, narrow }) =>
    PAGES.map(({ query, pictures }) => ({ id, narrow, query, pictures })),
  );
  const one = async () => {
    const page = await browser.newPage({ reducedMotion: "reduce" });
    for (let each = work.shift(); each; each = work.shift()) {
      const { id, narrow, query, pictures } = each;
      try {
        await page.setViewportSize(narrow ? NARROW : WIDE);
        await page.goto(`${address}?story=${id}${query}`);
        await page.waitForSelector("html[data-shown]", {
          state: "attached",
          timeout: 10_000,
        });
        for (const { name, scheme, viewport } of pictures) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize(narrow ? NARROW : viewport);
          await page.screenshot({
            path: join(folder, `${id.replace("/", ".")}.${name}.png`),
          });
          count++;
        }
      } catch (error) {
        failed.push(`${id}${query}: ${String(error).split("\n", 1)[0]}`);
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
