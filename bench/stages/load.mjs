// Page loads and the two interactions, peers interleaved within each round.
import { shuffled } from "../lib/shuffle.mjs";
import { interact, newContext, size, visit } from "../lib/visit.mjs";

/** The price of a click that changes nothing, for comparison. */
const idleClick = (tab) => interact(tab, "h1", "h1", "open");

/** One peer in one round: a first visit that opens the preferences, one that accepts, and a returning visit. */
async function sample({ site, browser }, profile, peer) {
  const out = { first: [], returning: null };
  const context = await newContext(browser, profile);
  const go = (expect) => visit(site, context, profile, peer, 3, { expect });
  // What throttling does not change is measured once, without it.
  const calm = profile.cpu === 1;
  try {
    const first = await go("banner");
    out.first.push(first.result);
    if (profile.light) return out;
    if (calm) first.result.heap = (await size(first)).heap;
    if (peer.ui) {
      const mark = site.server.mark();
      out.open = await interact(first, peer.ui.prefs, peer.ui.panel, "open");
      out.open.bytes = site.server
        .since(mark)
        .reduce((sum, request) => sum + request.size, 0);
      if (calm) out.open.nodes = (await size(first)).nodes;
      await first.page.close();
      const second = await go("banner");
      out.first.push(second.result);
      out.accept = await interact(
        second,
        peer.ui.accept,
        peer.ui.banner,
        "gone",
      );
      await second.page.close();
    } else {
      out.open = await idleClick(first);
      out.accept = await idleClick(first);
      await first.page.close();
    }
    const back = await go("none");
    out.returning = back.result;
    if (calm && peer.ui) out.returning.heap = (await size(back)).heap;
  } catch (error) {
    out.error = error.message.split("\n")[0];
  } finally {
    await context.close();
  }
  return out;
}

/** Rounds of all peers, by peer, while there is time for one more. */
export async function measureLoad(bench, profile, peers, deadline) {
  const data = Object.fromEntries(peers.map(({ id }) => [id, []]));
  for (const peer of peers) await bench.site.prepare(peer, 3);
  let took = 0;
  for (let round = 0; !round || Date.now() + took < deadline; round++) {
    const begin = Date.now();
    for (const peer of shuffled(peers, bench.random))
      data[peer.id][round] = await sample(bench, profile, peer);
    took = Date.now() - begin;
    bench.log(`load ${profile.id}, round ${round + 1}`);
  }
  return data;
}
