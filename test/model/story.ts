import * as fc from "fast-check";
import { Oracle } from "./oracle.js";
import { type Rules } from "./truth.js";
import { TABS, WEATHER, World, type TabName, type Weather } from "./world.js";

/** What may happen. Plain data, so that a story can be printed, shrunk and told again. */
export type Step =
  | { readonly do: (typeof ACTS)[number]; readonly tab: TabName }
  | { readonly do: "network" | "answer"; readonly weather: Weather }
  | { readonly do: "storage"; readonly state: (typeof STORAGE)[number] }
  | { readonly do: "messages"; readonly state: (typeof MESSAGES)[number] }
  | { readonly do: "record"; readonly state: (typeof RECORD)[number] }
  | { readonly do: "wait" | "clock"; readonly seconds: number }
  | { readonly do: "sleep"; readonly days: number };

const ACTS = [
  "tracks",
  "tracks and flushes",
  "grants",
  "denies",
  "answers anonymous",
  "forgets the answer",
  "answers on marketing",
  "opts out and has the profile deleted",
  "identifies",
  "resets",
  "flushes",
  "is loaded again",
  "crashes",
  "is frozen",
  "thaws",
] as const;
const STORAGE = ["works", "is full", "is blocked"] as const;
const MESSAGES = ["arrive", "wait", "are lost"] as const;
const RECORD = [
  "is damaged",
  "is dated an hour ahead",
  "gets an older duplicate",
  "gets a duplicate of the same time that says yes",
  "gets a duplicate of the same time that says no",
] as const;

const act = (...acts: (typeof ACTS)[number][]) =>
  fc.record({ do: fc.constantFrom(...acts), tab: fc.constantFrom(...TABS) });

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: act("tracks") },
  { weight: 8, arbitrary: act("grants", "denies") },
  {
    weight: 3,
    arbitrary: act(
      "answers anonymous",
      "forgets the answer",
      "answers on marketing",
      "opts out and has the profile deleted",
    ),
  },
  {
    weight: 3,
    arbitrary: act("identifies", "resets", "flushes", "tracks and flushes"),
  },
  { weight: 3, arbitrary: act("is loaded again", "crashes") },
  { weight: 3, arbitrary: act("is frozen", "thaws") },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("network" as const, "answer" as const),
      weather: fc.constantFrom(...WEATHER),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("storage" as const),
      state: fc.constantFrom(...STORAGE),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("messages" as const),
      state: fc.constantFrom(...MESSAGES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("record" as const),
      state: fc.constantFrom(...RECORD),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      seconds: fc.constantFrom(0.5, 1, 3, 12, 40, 120),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("clock" as const),
      seconds: fc.constantFrom(-3600, -60, -37.7, -5, 5, 3600),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("sleep" as const),
      days: fc.constantFrom(0.01, 1, 100, 179),
    }),
  },
);

export const anyRules: fc.Arbitrary<Rules> = fc.record({
  mode: fc.constantFrom("opt-in", "opt-in", "opt-in", "opt-out"),
  beforeChoice: fc.constantFrom("hold", "hold", "hold", "drop", "anonymous"),
  whenDenied: fc.constantFrom("off", "off", "anonymous"),
  anonymousLevel: fc.constantFrom("anonymous", "session"),
  hasSessions: fc.boolean(),
});

/** Says what happens, as a line of the story. */
export function say(step: Step): string {
  switch (step.do) {
    case "network":
      return `the network ${step.weather}`;
    case "answer":
      return `what waits for an answer: the network ${step.weather}`;
    case "storage":
      return `storage ${step.state}`;
    case "messages":
      return `messages between tabs ${step.state}`;
    case "record":
      return `the stored record ${step.state}`;
    case "wait":
      return `${step.seconds} s pass`;
    case "clock":
      return `the clock is set ${step.seconds < 0 ? "back" : "forward"} by ${Math.abs(step.seconds)} s`;
    case "sleep":
      return `the computer sleeps for ${step.days} days`;
    default:
      return `tab ${step.tab} ${step.do}`;
  }
}

/** Plays a story. Throws at the first promise that is not kept; `lines` gets what has happened until then. */
export async function play(
  rules: Rules,
  steps: readonly Step[],
  lines: string[] = [],
): Promise<void> {
  let oracle!: Oracle;
  const world = new World(rules, (of) => (oracle = new Oracle(of)));
  const undo = hush();
  let count = 0;
  const older: string[] = [];
  const check = () => {
    if (oracle.broken[0]) throw new Error(oracle.broken[0]);
  };

  const doIt = async (step: Step): Promise<boolean> => {
    switch (step.do) {
      case "network":
        world.weather = step.weather;
        return false;
      case "answer":
        world.answer(step.weather);
        return false;
      case "storage":
        world.storage(step.state);
        return false;
      case "messages":
        world.messagesNow(step.state);
        return false;
      case "wait":
        await world.wait(step.seconds * 1000);
        return false;
      case "clock":
        world.skew += step.seconds * 1000;
        world.hadJump = true;
        return false;
      case "sleep":
        world.elapsed += step.days * 86_400_000;
        await world.wait(0);
        return false;
      case "record": {
        const [text] = world.record();
        const expires = world.clock() + 180 * 86_400_000;
        const replace = (next: string) =>
          (world.texts = [{ text: next, expires }]);
        if (step.state === "is damaged") replace("analytics=granted&time");
        else if (step.state === "is dated an hour ahead")
          replace(
            `analytics=granted&revision=1&time=${new Date(world.clock() + 3_600_000).toISOString()}&source=user&action=set`,
          );
        else if (step.state === "gets an older duplicate") {
          if (older[0]) world.texts.unshift({ text: older[0], expires });
        } else if (text)
          world.texts.push({
            text: text.replace(
              /^analytics=\w+/,
              `analytics=${step.state.endsWith("no") ? "denied" : "granted"}`,
            ),
            expires,
          });
        return false;
      }
      default:
    }
    const { tab } = step;
    if (step.do === "is loaded again" || !world.pages[tab]) {
      world.load(tab);
      if (!step.do.startsWith("tracks")) return false;
    }
    const page = world.pages[tab]!;
    if (step.do === "thaws") {
      if (page.isFrozen) world.thaw(page);
      return false;
    }
    if (page.isFrozen && step.do !== "crashes") return false;
    const { consent, tracker } = page;
    const decide = (
      choice: "granted" | "denied" | "anonymous" | undefined,
      work: () => void,
    ) => {
      const was = oracle.truth;
      older.push(...world.record());
      world.as(page, work);
      oracle.decided(page, choice, was);
      if (choice === "granted" && was.choice !== "granted")
        oracle.granted(page);
    };
    switch (step.do) {
      case "tracks":
      case "tracks and flushes": {
        const name = `${tab.toLowerCase()}${++count}`;
        if (oracle.levelOf(page) !== "off") oracle.tell(page, name);
        world.as(page, () => {
          tracker.track(name);
          if (step.do === "tracks and flushes") tracker.flush();
        });
        return false;
      }
      case "grants":
        // Grants are known by their time.
        world.elapsed += 10;
        decide("granted", () => tracker.optIn());
        return true;
      case "denies":
        decide("denied", () => consent.denyAll());
        return true;
      case "answers anonymous":
        decide("anonymous", () => consent.set({ analytics: "anonymous" }));
        return true;
      case "forgets the answer":
        decide(undefined, () => tracker.clearOptInOut());
        return true;
      case "answers on marketing":
        world.as(page, () => consent.set({ marketing: "denied" }));
        return true;
      case "opts out and has the profile deleted":
        oracle.erasing(page);
        decide("denied", () => {
          void tracker.optOut({ deleteUser: true }).catch(() => {});
        });
        return true;
      case "identifies": {
        const name = `u${++count}`;
        if (oracle.levelOf(page) !== "off")
          oracle.tell(page, name, { isWanted: false });
        world.as(page, () => tracker.identify(name));
        return false;
      }
      case "resets":
        world.as(page, () => tracker.reset());
        return false;
      case "flushes":
        world.as(page, () => tracker.flush());
        return false;
      case "crashes":
        world.crash(tab);
        return false;
      case "is frozen":
        world.freeze(page);
        return false;
      default:
        return false;
    }
  };

  const take = async (step: Step) => {
    lines.push(say(step));
    const isDecision = await doIt(step);
    check();
    await world.settle();
    oracle.afterStep(isDecision);
    check();
  };

  try {
    for (const tab of TABS) world.load(tab);
    await world.settle();
    oracle.afterStep(false);
    check();
    for (const step of steps) await take(step);
    for (const tab of TABS) await take({ do: "thaws", tab });
    for (const step of FAIR) await take(step);
    oracle.atTheEnd(false);
    check();
    for (const step of AGAIN) await take(step);
    oracle.atTheEnd(true);
    check();
  } finally {
    world.end();
    undo();
  }
}

/** After every story the weather is fair for long enough, and then the visitor comes again. */
const FAIR: readonly Step[] = [
  { do: "storage", state: "works" },
  { do: "messages", state: "arrive" },
  { do: "network", weather: "answers 200" },
  { do: "wait", seconds: 120 },
];
const AGAIN: readonly Step[] = [
  { do: "tracks", tab: "A" },
  { do: "tracks", tab: "B" },
  { do: "flushes", tab: "A" },
  { do: "flushes", tab: "B" },
  { do: "wait", seconds: 120 },
  { do: "is loaded again", tab: "A" },
  { do: "wait", seconds: 12 },
];

/** Nothing is said on the console while a story runs. */
function hush(): () => void {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  return () => Object.assign(console, { error, warn });
}

/** Tells stories until one breaks a promise. Returns how many were told, and the shortest that broke one. */
export async function tell({
  runs,
  seed,
  length = 30,
  shrink = true,
}: {
  runs: number;
  seed: number;
  length?: number;
  shrink?: boolean;
}): Promise<{ runs: number; story?: string }> {
  const steps = fc.array(anyStep, { maxLength: length, size: "max" });
  const found = await fc.check(
    fc.asyncProperty(anyRules, steps, (rules, some) => play(rules, some)),
    { numRuns: runs, seed, endOnFailure: !shrink },
  );
  if (!found.failed) return { runs: found.numRuns };
  const [rules, some] = found.counterexample!;
  const lines: string[] = [];
  const broken = await play(rules, some, lines).then(
    () => "it broke once and not again",
    (error: Error) =>
      /^P\d/.test(error.message) ? error.message : error.stack,
  );
  return {
    runs: found.numRuns,
    story: `${broken}\n  (seed ${seed}, story ${found.numRuns}, path ${found.counterexamplePath})\n  a site with ${JSON.stringify(rules)}\n${lines.map((line, i) => `  ${i + 1}. ${line}`).join("\n")}`,
  };
}
