import { parseArgs } from "node:util";

// The floors, ours, and the best peers of each kind.
const QUICK =
  "bare,floor,lit,split,ours,vcc,orejime,ours-denied,snowplow,amplitude";

// A stage makes at least one round, and more while its share of the time lasts.
const SHARES = {
  "load.d1": 0.22,
  "load.d6": 0.2,
  "load.m6": 0.13,
  trace: 0.03,
  scale: 0.2,
  trackers: 0.22,
};

const MODES = {
  quick: {
    budget: 50,
    only: QUICK,
    steps: "100",
    stages: "load,trackers",
    shares: { "load.d1": 0.6, trackers: 0.4 },
  },
  default: { budget: 480, shares: SHARES },
  full: { budget: 1700, shares: SHARES },
};

const words = { type: "string" };
const yes = { type: "boolean", default: false };

/** Reads the command line. An unknown option throws. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: yes,
      full: yes,
      write: yes,
      raw: yes,
      budget: words,
      stages: words,
      only: words,
      ref: words,
      sizes: words,
      steps: words,
      seed: words,
      out: words,
    },
  });
  const mode = values.quick ? "quick" : values.full ? "full" : "default";
  const preset = MODES[mode];
  const list = (name, fallback) =>
    (values[name] ?? preset[name] ?? fallback)?.split(",");
  return {
    mode,
    shares: preset.shares,
    budget: Number(values.budget ?? preset.budget),
    stages: list("stages", "load,trace,scale,trackers"),
    /** The ids that take part; all when undefined. */
    only: list("only"),
    /** Numbers of services in the scale stage. */
    sizes: list("sizes", "3,30,300,1000").map(Number),
    /** Numbers of events in the trackers stage. */
    steps: list("steps", "100,1000,10000").map(Number),
    seed: Number(values.seed ?? 1),
    /** The peer that quotients refer to. */
    reference: values.ref ?? "vcc",
    write: values.write,
    out: values.out,
    raw: values.raw,
  };
}
