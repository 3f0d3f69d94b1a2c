// A quick look: screenshots of every peer's banner and panel, and one set of raw numbers.
// node smoke.mjs [id,id] [services]
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "./lib/prepare.mjs";

prepare();
const { launch } = await import("./lib/browser.mjs");
const { loadModules, makeSite } = await import("./lib/site.mjs");
const { PROFILES, interact, newContext, size, visit } =
  await import("./lib/visit.mjs");

const [ids, services = 3] = process.argv.slice(2);
const n = Number(services);
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const site = await makeSite();
const browser = await launch();
const say = (what, value) => console.log(`  ${what}`, JSON.stringify(value));

async function look(peer) {
  const { ui } = peer;
  const context = await newContext(browser, PROFILES.d1);
  const go = (expect) =>
    visit(site, context, PROFILES.d1, peer, n, { expect, timeout: 15_000 });
  const shot = (tab, name) =>
    tab.page.screenshot({ path: join(folder, `${peer.id}-${n}-${name}.png`) });
  try {
    const first = await go("banner");
    await shot(first, "banner");
    say("first visit", first.result);
    say("size", await size(first));
    say("open", await interact(first, ui.prefs, ui.panel, "open"));
    await shot(first, "panel");
    await first.page.close();
    const second = await go("banner");
    say("accept", await interact(second, ui.accept, ui.banner, "gone"));
    await second.page.close();
    const back = await go("none");
    await shot(back, "returning");
    say("returning", back.result);
  } catch (error) {
    say("failed", error.message.split("\n")[0]);
  }
  await context.close();
}

for (const peer of await loadModules("peers", ids?.split(","))) {
  const fits = n === 3 ? !peer.scaleOnly : peer.scale;
  if (!peer.ui || !fits) continue;
  console.log(peer.id);
  await site.prepare(peer, n);
  await look(peer);
}
await browser.close();
await site.server.stop();
console.log(`Pictures are in ${folder}`);
