import { chromium } from "playwright-core";
import { chromePath } from "../../scripts/chrome.mjs";
import { installProbe } from "./probe.mjs";

/** Starts the browser with a new, empty profile folder, which goes when it is closed. */
export const launch = async () =>
  chromium.launch({
    executablePath: await chromePath(),
    headless: true,
    args: [
      ...(process.platform === "linux" ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export async function counters(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/**
 * Main-thread milliseconds between two readings. A navigation starts the counters of a document afresh, while the task
 * clock of the thread runs on.
 */
export function spent(before, after, navigated = false) {
  const part = (key) => (after[key] - (navigated ? 0 : before[key])) * 1000;
  return {
    script: part("ScriptDuration"),
    style: part("RecalcStyleDuration"),
    layout: part("LayoutDuration"),
    task: (after.TaskDuration - before.TaskDuration) * 1000,
  };
}

/** Bytes of the JavaScript heap in use, after a collection of garbage. */
export async function heap(cdp) {
  // What the first finds unused may hold on to more.
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  return (await counters(cdp)).JSHeapUsedSize;
}

/**
 * A tab, with the probe when there is something for it to look at. It is warmed up on an empty page of the same
 * origin, so that the start of a process is part of no number; caches stay off.
 */
export async function openTab(context, server, profile, probed) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  // Thread time, not wall time: what other processes of a busy machine do does not count.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  if (probed) await page.addInitScript(installProbe, probed);
  await page.goto(`${server.origin}/blank`, { waitUntil: "load" });
  if (profile.cpu > 1)
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: profile.cpu });
  if (profile.net)
    await cdp.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: profile.net.rtt,
      downloadThroughput: (profile.net.kbps * 1000) / 8,
      uploadThroughput: (profile.net.kbps * 500) / 8,
    });
  return { page, cdp, errors };
}

/**
 * A real mouse click through the input pipeline, so that event timing sees it. There is no hover before it, as with a
 * finger, so what a library does on hover is part of the interaction.
 */
export function click(cdp, { x, y }) {
  const event = { x, y, button: "left", clickCount: 1 };
  const send = (type, buttons) =>
    cdp.send("Input.dispatchMouseEvent", { ...event, type, buttons });
  return Promise.all([send("mousePressed", 1), send("mouseReleased", 0)]);
}
