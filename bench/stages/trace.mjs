// One traced load per peer: where the main thread's CPU time goes. CPU time, so a busy machine makes no long tasks.
import { analyse } from "../lib/kinds.mjs";
import { shuffled } from "../lib/shuffle.mjs";
import { PROFILES, newContext, pageUrl, visit } from "../lib/visit.mjs";

const profile = PROFILES.d1;

const CONFIG = {
  recordMode: "recordUntilFull",
  traceBufferSizeInKb: 400_000,
  includedCategories: [
    "devtools.timeline",
    "v8",
    "disabled-by-default-devtools.timeline",
  ],
  excludedCategories: ["*"],
};

/** What the browser recorded while `play` went on. */
async function record(browser, play) {
  const cdp = await browser.newBrowserCDPSession();
  const events = [];
  cdp.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value)
      if (event.ph === "X" || event.name === "CommitLoad") events.push(event);
  });
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: CONFIG,
  });
  await play();
  const complete = new Promise((done) =>
    cdp.once("Tracing.tracingComplete", done),
  );
  await cdp.send("Tracing.end");
  await complete;
  await cdp.detach();
  return events;
}

/** Rounds of all peers, by peer, while there is time. Starting a recording takes seconds, so there is one a round. */
export async function measureTrace(bench, peers, deadline) {
  const { site, browser, log, random } = bench;
  const data = Object.fromEntries(peers.map(({ id }) => [id, []]));
  for (const peer of peers) await site.prepare(peer, 3);
  for (let round = 0; !round || Date.now() < deadline; round++) {
    const events = await record(browser, async () => {
      for (const peer of shuffled(peers, random)) {
        const context = await newContext(browser, profile);
        try {
          await visit(site, context, profile, peer, 3, { expect: "banner" });
        } catch {
          // Shows as a missing row.
        }
        await context.close();
      }
    });
    for (const peer of peers)
      data[peer.id].push(analyse(events, pageUrl(peer, 3)));
    log(`trace, round ${round + 1}`);
  }
  return data;
}
