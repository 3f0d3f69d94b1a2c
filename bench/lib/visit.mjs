import { click, counters, heap, openTab, spent } from "./browser.mjs";

const DESKTOP = { width: 1280, height: 800 };

/** A light profile measures the first visit alone. */
export const PROFILES = {
  d1: {
    id: "d1",
    label: "desktop 1280x800, CPU 1x",
    cpu: 1,
    viewport: DESKTOP,
    quiet: 120,
  },
  d6: {
    id: "d6",
    label: "desktop 1280x800, CPU 6x",
    cpu: 6,
    viewport: DESKTOP,
    quiet: 300,
  },
  m6: {
    id: "m6",
    label: "phone 390x844, CPU 6x, 150 ms RTT, 1.6 Mbit/s",
    cpu: 6,
    viewport: { width: 390, height: 844 },
    isMobile: true,
    light: true,
    net: { rtt: 150, kbps: 1600 },
    quiet: 300,
  },
};

export const pageUrl = (peer, n) => `/p/${peer.id}/${n}/`;

export const newContext = (browser, { viewport, isMobile = false }) =>
  browser.newContext({
    viewport,
    isMobile,
    hasTouch: isMobile,
    locale: "en-US",
  });

/** The bytes of the peer's own files among `requests`; `inline` is what it adds to the page itself. */
function bytes(requests, own, inline) {
  const out = { js: 0, css: 0, other: 0, requests: 0, inline };
  for (const { path, kind, size: sum } of requests) {
    if (!path.startsWith(own) || path === own) continue;
    out.requests++;
    out[kind] += sum;
  }
  return { ...out, total: out.js + out.css + out.other + inline };
}

/**
 * Opens the peer's page and waits until its banner stands (`expect: "banner"`, a first visit) or until it has decided
 * not to show one (a returning visit). Leaves the tab open for interactions.
 */
export async function visit(
  { server, inline },
  context,
  profile,
  { id, ui, done },
  n,
  { expect, timeout = 30_000 },
) {
  const own = pageUrl({ id }, n);
  const tab = await openTab(context, server, profile, {
    n,
    banner: ui?.banner,
    interactive: ui?.interactive,
    done,
    expect: ui ? expect : "none",
    quiet: profile.quiet,
    timeout,
  });
  const mark = server.mark();
  const before = await counters(tab.cdp);
  await tab.page.goto(server.origin + own, {
    waitUntil: "commit",
    timeout: 60_000,
  });
  const { tree, ...state } = await tab.page.evaluate(() =>
    window.probe.result(),
  );
  const cost = spent(before, await counters(tab.cdp), true);
  // What the probe did to find the banner is not the peer's.
  cost.script = Math.max(0, cost.script - state.own);
  const requests = server.since(mark);
  const result = {
    ...cost,
    ...state,
    ...tree,
    ...bytes(requests, own, inline.get(own)),
  };
  if (state.shown) {
    // What had been asked for by the time the banner was painted.
    const end = state.origin + state.shown;
    const early = requests.filter(({ at }) => at <= end);
    result.critical = bytes(early, own, inline.get(own)).total;
  }
  if (tab.errors.length) result.errors = tab.errors.slice();
  return { ...tab, result };
}

/** A real click on `target`, then a wait until `goal` ("open" or "gone") is true of `selector`. */
export async function interact(
  { page, cdp },
  target,
  selector,
  goal,
  { timeout = 20_000 } = {},
) {
  const point = await page.evaluate((s) => window.probe.center(s), target);
  if (!point) return { missing: target };
  await page.evaluate(
    (words) => {
      window.probe.arm(...words);
      return window.probe.frames(2);
    },
    [selector, goal, timeout],
  );
  const before = await counters(cdp);
  await click(cdp, point);
  const times = await page.evaluate(() => window.probe.armed);
  return { ...times, task: spent(before, await counters(cdp)).task };
}

export async function size({ page, cdp }) {
  const tree = await page.evaluate(() => window.probe.tree());
  return { heap: await heap(cdp), ...tree };
}
