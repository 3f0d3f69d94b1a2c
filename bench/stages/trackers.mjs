// Trackers: bytes, start, the cost of a call, the memory of a long queue, and what withdrawing consent costs and leaves.
import { bundle } from "../lib/build.mjs";
import { counters, heap, openTab, spent } from "../lib/browser.mjs";
import { limit } from "../lib/limit.mjs";
import { brotli } from "../lib/brotli.mjs";
import { shuffled } from "../lib/shuffle.mjs";
import { stored } from "../lib/stored.mjs";
import { PROFILES, newContext } from "../lib/visit.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><title>tracker</title><link rel="icon" href="data:,"><p>tracker</p>
<script>window.P=(i)=>({index:i,list:'recommended',path:'/articles/a-sample-article',value:12.5,signedIn:false,tags:'news,culture'})</script>`;

/** One step of a tracker that needs more than this is its last. In milliseconds. */
const TOO_LONG = 5000;

/** A tracker that needs more than this for one sample is looked at once. In milliseconds. */
const ONE_LOOK = 12_000;

/** Waits until the main thread has next to nothing to do: less than 3 ms of work in 150 ms. */
async function idle({ page, cdp }, ms = 4000) {
  const end = Date.now() + ms;
  let last = await counters(cdp);
  while (Date.now() < end) {
    await page.waitForTimeout(150);
    const now = await counters(cdp);
    if (spent(last, now).task < 3) return now;
    last = now;
  }
  return last;
}

/** Evaluates the tracker's code, starts it, and makes a first call. */
const start = (page, script, collector) =>
  page.evaluate(
    async ([src, url]) => {
      const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
      const code = await (await fetch(src)).text();
      await sleep(50);
      const element = document.createElement("script");
      element.textContent = code;
      const t0 = performance.now();
      document.head.append(element);
      const t1 = performance.now();
      window.T.prepare?.();
      const t2 = performance.now();
      const ready = window.T.init(url);
      const t3 = performance.now();
      await Promise.race([ready, sleep(3000)]);
      await sleep(100);
      const t4 = performance.now();
      window.T.track(0);
      const t5 = performance.now();
      return { evaluate: t1 - t0, init: t3 - t2, firstCall: t5 - t4 };
    },
    [script, collector],
  );

/** Sends events in slices of 100 with a task in between, so that a library may do its own work. */
const burst = (page, from, to) =>
  page.evaluate(
    async ([first, end, ms]) => {
      const turn = () =>
        new Promise((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(0);
        });
      const begin = performance.now();
      let sum = 0;
      let i = first;
      while (i < end && performance.now() - begin < ms) {
        const stop = Math.min(end, i + 100);
        const t0 = performance.now();
        for (; i < stop; i++) window.T.track(i);
        sum += performance.now() - t0;
        await turn();
      }
      await window.T.drain?.();
      return { calls: i - first, ns: (sum / (i - first)) * 1e6 };
    },
    [from, to, TOO_LONG],
  );

/** A burst, and the thread time of everything until the page has come to rest. */
async function work(tab, from, to) {
  const before = await counters(tab.cdp);
  const begin = Date.now();
  const { calls, ns } = await limit(30_000, burst(tab.page, from, to));
  const after = await idle(tab, TOO_LONG);
  const { task } = spent(before, after);
  return { calls, ns, task, wall: Date.now() - begin };
}

/** Withdraws consent: until the call returns, and until what it returned has settled. In milliseconds. */
const optOut = (page) =>
  page.evaluate(async () => {
    const t0 = performance.now();
    const done = window.T.optOut();
    const t1 = performance.now();
    await Promise.race([done, new Promise((late) => setTimeout(late, 3000))]);
    return { optOut: t1 - t0, optOutDone: performance.now() - t0 };
  });

/** Nanoseconds per call that consent forbids: the median of ten lots of 200, of fewer when they take long. */
const blocked = (page) =>
  page.evaluate(() => {
    const lots = [];
    const begin = performance.now();
    while (lots.length < 10 && performance.now() - begin < 3000) {
      const t0 = performance.now();
      for (let i = 0; i < 200; i++) window.T.track(i);
      lots.push(((performance.now() - t0) / 200) * 1e6);
    }
    return lots.toSorted((a, b) => a - b)[lots.length >> 1];
  });

async function measure(site, tab, tracker, steps, out) {
  const { page, cdp } = tab;
  const { server } = site;
  const queued = () => page.evaluate(() => window.T.queued());
  await page.goto(`${server.origin}/t/`, { waitUntil: "load" });
  const posts = server.posts;
  const collector = `${server.origin}/collect/${tracker.collector ?? tracker.id}`;
  Object.assign(out, await start(page, `/t/${tracker.id}.js`, collector));
  await idle(tab);
  const heapBefore = await heap(cdp);
  // What looking costs is not the tracker's.
  const looking = (await work(tab, 0, 0)).task;
  let sent = 1;
  for (const n of steps) {
    const { calls, ns, task, wall } = await work(tab, sent, n);
    sent += calls;
    out[n] = { ns, cpuNs: ((task - looking) / calls) * 1e6, wall, calls };
    if (wall > TOO_LONG || sent < n) break;
  }
  out.calls = sent;
  // With few events the library's own code and caches would count as events.
  if (sent >= 500) out.heapPerEvent = ((await heap(cdp)) - heapBefore) / sent;
  out.queued = await queued();
  const held = await stored(page);
  Object.assign(out, { storedKeys: held.keys, stored: held.characters });
  out.posts = server.posts - posts;

  Object.assign(out, await optOut(page));
  const postsAtOptOut = server.posts;
  await idle(tab);
  out.blockedNs = await blocked(page);
  // Nothing may come of it, so nothing is waited for.
  await page.evaluate(() => void window.T.flush?.());
  await idle(tab);
  out.queuedAfter = await queued();
  const left = await stored(page);
  Object.assign(out, {
    storedKeysAfter: left.keys,
    storedAfter: left.characters,
    cookiesAfter: left.cookies,
  });
  out.postsAfter = server.posts - postsAtOptOut;
  out.heapAfter = (await heap(cdp)) - heapBefore;
}

async function sample({ site, browser }, tracker, steps) {
  const out = {};
  const begin = Date.now();
  const context = await newContext(browser, PROFILES.d1);
  try {
    const tab = await openTab(context, site.server, PROFILES.d1);
    await limit(90_000, measure(site, tab, tracker, steps, out));
    if (tab.errors.length) out.errors = tab.errors.slice(0, 3);
  } catch (error) {
    out.error = error.message.split("\n")[0];
  }
  await limit(5000, context.close()).catch(() => {
    // A tab that hangs goes with the browser.
  });
  out.wall = Date.now() - begin;
  return out;
}

/** Rounds of all trackers, by tracker, while there is time for one more; and the bytes of each. */
export async function measureTrackers(bench, trackers, steps, deadline) {
  const { server } = bench.site;
  server.add("/t/", PAGE, { type: "text/html; charset=utf-8" });
  const data = {};
  const bytes = {};
  for (const { id, source, bytes: core, dir } of trackers) {
    const build = { loader: "ts", dir };
    server.add(`/t/${id}.js`, await bundle(source, build));
    const code = await bundle(core, build);
    bytes[id] = { raw: code.length, br: brotli(code).length };
    data[id] = [];
  }
  let took = 0;
  for (let round = 0; !round || Date.now() + took < deadline; round++) {
    const begin = Date.now();
    for (const tracker of shuffled(trackers, bench.random)) {
      const samples = data[tracker.id];
      if (samples.some(({ wall }) => wall > ONE_LOOK)) continue;
      samples.push(await sample(bench, tracker, steps));
    }
    // Later rounds leave out the slow ones.
    took = (Date.now() - begin) * 0.8;
    bench.log(`trackers, round ${round + 1}`);
  }
  return { bytes, data };
}
