// Many services: the cost of the page, of opening the panel, of switching everything on, of storing it; and whether the
// stored choice is still there on the next visit.
import { counters, heap, spent } from "../lib/browser.mjs";
import { limit } from "../lib/limit.mjs";
import { shuffled } from "../lib/shuffle.mjs";
import { PROFILES, interact, newContext, size, visit } from "../lib/visit.mjs";

const profile = PROFILES.d1;

/** Who needed more than this for one sample is not asked again for that size. In milliseconds. */
const TOO_LONG = 10_000;

/** Clicks on all of `selectors`, and waits until the page's expression `goal` is true. */
async function press(tab, selectors, goal, ms) {
  const before = await counters(tab.cdp);
  const times = await tab.page.evaluate(
    (words) => window.probe.toggle(...words),
    [selectors, goal, ms],
  );
  return { ...times, task: spent(before, await counters(tab.cdp)).task };
}

async function walk({ site }, context, peer, n, out) {
  const { ui, scale } = peer;
  const tab = await visit(site, context, profile, peer, n, {
    expect: "banner",
    timeout: 40_000,
  });
  out.load = tab.result;
  if (tab.result.shown === null) throw new Error("no banner");
  out.load.heap = await heap(tab.cdp);
  out.open = await interact(tab, ui.prefs, ui.panel, "open", {
    timeout: 40_000,
  });
  const { nodes, heap: bytes } = await size(tab);
  Object.assign(out.open, { nodes, heap: bytes });
  out.switches = await tab.page.evaluate(
    (selector) => window.probe.all(selector).length,
    scale.toggles,
  );
  out.toggle = await press(tab, scale.toggleAll, scale.toggled, 40_000);
  out.save = await press(
    tab,
    [scale.save],
    `!P.shown(P.find(${JSON.stringify(ui.panel)}))`,
    10_000,
  );
  await tab.page.waitForTimeout(100);
  if (tab.errors.length) out.error = tab.errors[0];
  out.cookie = await tab.page.evaluate(() => document.cookie.length);
  await tab.page.close();
  const back = await visit(site, context, profile, peer, n, {
    expect: "none",
    timeout: 3000,
  });
  await back.page.waitForTimeout(100);
  out.returning = back.result;
  out.kept = !(await back.page.evaluate(
    (selector) => window.probe.shown(window.probe.find(selector)),
    ui.banner,
  ));
}

async function sample(bench, peer, n) {
  const out = {};
  const begin = Date.now();
  const context = await newContext(bench.browser, profile);
  try {
    await limit(90_000, walk(bench, context, peer, n, out));
  } catch (error) {
    out.error = error.message.split("\n")[0];
  }
  await limit(5000, context.close()).catch(() => {
    // A tab that hangs goes with the browser.
  });
  out.wall = Date.now() - begin;
  return out;
}

/** Rounds of all sizes and peers, by peer and size, while there is time for one more. */
export async function measureScale(bench, peers, sizes, deadline) {
  const data = {};
  for (const peer of peers) {
    data[peer.id] = Object.fromEntries(sizes.map((n) => [n, []]));
    for (const n of sizes) await bench.site.prepare(peer, n);
  }
  let took = 0;
  for (let round = 0; !round || Date.now() + took < deadline; round++) {
    const begin = Date.now();
    for (const n of sizes) {
      for (const peer of shuffled(peers, bench.random)) {
        const list = data[peer.id][n];
        const isSlow = list.some((s) => s?.wall > TOO_LONG);
        list.push(isSlow ? null : await sample(bench, peer, n));
      }
      bench.log(`scale, round ${round + 1}, ${n} services`);
    }
    // Later rounds leave out the slow ones.
    took = (Date.now() - begin) * 0.8;
  }
  return data;
}
