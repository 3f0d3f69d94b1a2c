// One run: the stages in turn, then the report.
import { writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { page, write } from "../report/page.mjs";
import { ratios } from "../report/ratios.mjs";
import { summarizeLoad } from "../report/load.mjs";
import { summarizeScale } from "../report/scale.mjs";
import { summarizeTrace } from "../report/trace.mjs";
import { summarizeTrackers } from "../report/trackers.mjs";
import { measureLoad } from "../stages/load.mjs";
import { measureScale } from "../stages/scale.mjs";
import { measureTrace } from "../stages/trace.mjs";
import { measureTrackers } from "../stages/trackers.mjs";
import { launch } from "./browser.mjs";
import { loadModules, makeSite } from "./site.mjs";
import { rng } from "./shuffle.mjs";
import { PROFILES } from "./visit.mjs";

const load = () => loadavg()[0].toFixed(1);

export async function run(options) {
  const begin = Date.now();
  const log = (words) =>
    console.error(`[${Math.round((Date.now() - begin) / 1000)} s] ${words}`);
  // A hard stop, in case the browser hangs.
  setTimeout(
    () => {
      log("gave up");
      process.exit(3);
    },
    (options.budget * 4 + 600) * 1000,
  ).unref();

  const { stages, sizes, steps } = options;
  const peers = await loadModules("peers", options.only);
  const trackers = stages.includes("trackers")
    ? await loadModules("trackers", options.only)
    : [];
  const pagePeers = peers.filter(({ scaleOnly }) => !scaleOnly);
  const site = await makeSite();
  const browser = await launch();
  const bench = { site, browser, log, random: rng(options.seed) };

  // Shares add up in the order of the stages, so that time that one did not need goes to the next.
  const shares = Object.entries(options.shares).filter(([name]) =>
    stages.includes(name.split(".")[0]),
  );
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  let given = 0;
  const deadline = (name) => {
    given += options.shares[name] / whole;
    return begin + options.budget * 1000 * given;
  };

  const results = {
    date: new Date(begin).toISOString(),
    mode: options.mode,
    machine: {
      browser: `Chromium ${browser.version()}`,
      node: process.version,
      cores: cpus().length,
      arch: process.arch,
      platform: process.platform,
      memory: Math.round(totalmem() / 2 ** 30),
      load: [load()],
    },
    versions: Object.fromEntries(
      [...peers, ...trackers].map(({ id, version }) => [id, version]),
    ),
    sizes,
    steps,
    rounds: {},
    load: {},
    ratios: {},
  };
  const raw = {};
  const keep = (name, data, samples = data) => {
    raw[name] = data;
    results.rounds[name] = Math.max(
      0,
      ...Object.values(samples).map(({ length }) => length),
    );
    return data;
  };

  const references = [...new Set([options.reference, "floor", "lit"])];
  for (const profile of Object.values(PROFILES)) {
    const name = `load.${profile.id}`;
    if (!stages.includes("load") || !options.shares[name]) continue;
    const data = await measureLoad(bench, profile, pagePeers, deadline(name));
    const { series, summaries } = summarizeLoad(keep(name, data));
    results.load[profile.id] = summaries;
    results.ratios[profile.id] = Object.fromEntries(
      references
        .filter((id) => series[id])
        .map((id) => [id, ratios(series, id)]),
    );
  }
  if (stages.includes("trace")) {
    const data = await measureTrace(bench, pagePeers, deadline("trace"));
    results.trace = summarizeTrace(keep("trace", data));
  }
  if (stages.includes("scale")) {
    const able = peers.filter(({ scale }) => scale);
    const data = await measureScale(bench, able, sizes, deadline("scale"));
    for (const n of sizes)
      keep(
        `scale.${n}`,
        data,
        Object.values(data).map((own) => own[n]),
      );
    results.scale = summarizeScale(data);
  }
  if (stages.includes("trackers")) {
    const measured = await measureTrackers(
      bench,
      trackers,
      steps,
      deadline("trackers"),
    );
    keep("trackers", measured, measured.data);
    results.trackers = summarizeTrackers({ ...measured, steps });
  }
  await browser.close();
  await site.server.stop();

  results.seconds = (Date.now() - begin) / 1000;
  results.machine.load.push(load());
  const text = page(results, peers, trackers);
  console.log(text);
  if (options.write) {
    await write(text);
    log("wrote bench/RESULTS.md");
  }
  if (options.out)
    writeFileSync(
      options.out,
      JSON.stringify(options.raw ? { ...results, raw } : results, null, 1),
    );
  // A tab that hangs must not keep the run alive.
  process.exit(0);
}
