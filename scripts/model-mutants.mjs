// Takes guards out of a copy of the tree, one at a time, and tells how many stories of the model (test/model) it takes
// to miss each: `node scripts/model-mutants.mjs [runs] [seed] [part of a name]`. Ends badly where one is not missed.
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel } from "../test/model/load.mjs";

const [runs = "20000", seed = "1", part = ""] = process.argv.slice(2);
const root = fileURLToPath(new URL("..", import.meta.url));

/** What is taken out: a name, a file of `src/`, the text there, and what stands in its place. */
const GUARDS = [
  // Not here: a queue's own guard against what is added after it stopped. A lane forgets such a queue, so no story reaches
  // it; test/tracker/queue.test.ts does.
  [
    "each request asks at the door",
    "tracker/queue.ts",
    "if (!mayLeave() || isStopped) return;",
    "if (isStopped) return;",
  ],
  [
    "looking reads the stored record again",
    "tracker/engine.ts",
    "            consent.refresh();\n",
    "",
  ],
  [
    "a refusal removes what is stored",
    "tracker/engine.ts",
    "for (const key of entries(area) ?? []) area().removeItem(key);",
    "void area;",
  ],
  [
    "the outbox is written when that is allowed",
    "tracker/outbox.ts",
    "if (storage && fresh[0] && !mayKeep()) fresh = [];",
    "",
  ],
  [
    "a queue that stops cuts off its requests",
    "tracker/queue.ts",
    "        abort.abort();\n",
    "",
  ],
  [
    "a queue that stops ends its timer",
    "tracker/queue.ts",
    "      isStopped = true;\n      sleep();",
    "      isStopped = true;",
  ],
  [
    "the identity is let go of at a refusal",
    "tracker/sender.ts",
    "      identity.release();\n",
    "",
  ],
  [
    "a grant that was slept through is noticed",
    "tracker/sender.ts",
    'const isStale = level() === "full" && identity.isStale();',
    "const isStale = false;",
  ],
  [
    "what is held is dropped at a refusal",
    "tracker/engine.ts",
    '(level === "hold" && next !== "off"),',
    'level === "hold",',
  ],
  [
    "what waits for code rises above no answer",
    "tracker/engine.ts",
    "for (const call of waiting.held) call.least = next;",
    "void next;",
  ],
  [
    "a storage that was blocked at news is not used",
    "tracker/sender.ts",
    "(waiting.isBlind ? undefined : area())!",
    "area()",
  ],
  [
    "what a task calls is looked at before it is taken",
    "tracker/sender.ts",
    "        if (isDue) look();\n",
    "",
  ],
  [
    "a session is read while that is allowed",
    "tracker/sender.ts",
    'if (terms.level === "session") sessions.session.look();',
    "",
  ],
  [
    "a decision is never dated too late",
    "consent/store.ts",
    "last + +(last !== clock() + SKEW) || 0",
    "last + 1 || 0",
  ],
  [
    "$opt_in comes from where it was decided",
    "tracker/engine.ts",
    'if (source && source !== "tab" &&',
    "if (source &&",
  ],
  [
    "$opt_in is told of a new yes alone",
    "tracker/engine.ts",
    'const title = isIn && !wasIn ? optInEvent : "";',
    'const title = isIn ? optInEvent : "";',
  ],
  [
    "$opt_in goes before what was held",
    "tracker/engine.ts",
    '[title ? "unshift" : "push"]',
    '["push"]',
  ],
  [
    "what is acknowledged is removed",
    "tracker/queue.ts",
    "        outbox.remove(taken);\n        const wrong",
    "        const wrong",
  ],
  [
    "nothing is removed before it is acknowledged",
    "tracker/queue.ts",
    "    flights.set(taken, { abort, keepalive });",
    "    flights.set(taken, { abort, keepalive });\n    outbox.remove(taken);",
  ],
  [
    "what did not arrive is given back",
    "tracker/queue.ts",
    "    outbox.giveBack(taken);\n    if (!failures)",
    "    if (!failures)",
  ],
  [
    "what did not arrive is tried again",
    "tracker/queue.ts",
    "    wake(pauseAfter(failures, wait));\n",
    "",
  ],
  [
    "an answer must come in time",
    "tracker/queue.ts",
    'abort.abort(new Error("consent-elements: no answer in time"))',
    "undefined",
  ],
  [
    "a lane has one level",
    "tracker/lanes.ts",
    "lane.level === level && lane.serverAnonymity === serverAnonymity",
    "lane.level !== undefined",
  ],
  [
    "below full no credentials go along",
    "tracker/queue.ts",
    '(isFull && credentials) || "omit"',
    '"include"',
  ],
  [
    "an id of one level never appears in another",
    "tracker/sender.ts",
    "    nobody = undefined;\n    view = uuid();",
    "    nobody ??= undefined;",
  ],
  [
    "a session ends with its level",
    "tracker/sender.ts",
    "    sessions.session.forget();\n    sessions.full.forget();\n  };",
    "  };",
  ],
  [
    "a session is written when that is allowed",
    "tracker/session.ts",
    "if (mayKeep() && session)",
    "if (session)",
  ],
  [
    "an identity is made when that is allowed",
    "tracker/sender.ts",
    'if (!(isEvent && identity.isKnown()) && look() !== "full") return;',
    "",
  ],
  [
    "what an earlier page left is looked for",
    "tracker/outbox.ts",
    "            keys.push(key);\n        }",
    "            void key;\n        }",
  ],
  [
    "two tabs take turns",
    "tracker/lanes.ts",
    "inTurn: storage ? inTurn : (work) => work(),",
    "inTurn: (work) => work(),",
  ],
  [
    "nothing is stored for an identity that is not",
    "tracker/lanes.ts",
    "        if (!grant)\n",
    "        if (!level)\n",
  ],
  [
    "a refusal lasts as long as a grant",
    "consent/store.ts",
    "Date.parse(time) + rules.maxAge;",
    'Date.parse(time) + rules.maxAge / (choices["analytics"] === "denied" ? 4 : 1);',
    ["({ time }: ConsentRecord)", "({ time, choices }: ConsentRecord)"],
  ],
  [
    "the newer record counts",
    "consent/record.ts",
    "(a && a.time > b.time)",
    "(a && a.time < b.time)",
  ],
  [
    "a no wins a tie",
    "consent/record.ts",
    "      Math.max(\n",
    "      Math.min(\n",
  ],
  [
    "a record from the future does not count",
    "consent/record.ts",
    "at <= now + SKEW &&",
    "at &&",
  ],
  [
    "a decision reads the record again first",
    "consent/store.ts",
    "    refresh();\n    return decide({ ...allStanding(), ...choices }, details);",
    "    return decide({ ...allStanding(), ...choices }, details);",
  ],
];

const rows = [];
for (const [name, file, text, instead, ...more] of GUARDS) {
  if (!name.includes(part)) continue;
  const copy = mkdtempSync(join(tmpdir(), "mutant-"));
  try {
    for (const each of [
      "src",
      "test/model",
      "test/support",
      "package.json",
      "tsconfig.json",
    ])
      cpSync(join(root, each), join(copy, each), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const path = join(copy, "src", file);
    let source = readFileSync(path, "utf8");
    for (const [from, to] of [[text, instead], ...more]) {
      if (source.split(from).length !== 2)
        throw new Error(`${file} does not have "${from}" once`);
      source = source.replace(from, () => to);
    }
    writeFileSync(path, source);
    const { tell } = await loadModel(copy);
    const { runs: after, story } = await tell({
      runs: Number(runs),
      seed: Number(seed),
      shrink: false,
    });
    rows.push([
      name,
      story ? after : "-",
      story?.split("\n")[0] ?? "NOT MISSED",
    ]);
  } catch (error) {
    rows.push([name, "-", `NOT TAKEN OUT: ${error.message}`]);
  } finally {
    rmSync(copy, { recursive: true });
  }
  console.log(`| ${rows.at(-1).join(" | ")} |`);
}
const missed = rows.filter(([, after]) => after !== "-").length;
console.log(`${missed} of ${rows.length} missed`);
process.exitCode = missed === rows.length ? 0 : 1;
