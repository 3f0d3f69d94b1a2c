import type { Choice, Mode } from "../../src/consent/choice.js";
import type {
  AnonymousLevel,
  BeforeChoice,
  Level,
  WhenDenied,
} from "../../src/tracker/level.js";

/** What the site has chosen. */
export interface Rules {
  readonly mode: Mode;
  readonly beforeChoice: BeforeChoice;
  readonly whenDenied: WhenDenied;
  readonly anonymousLevel: AnonymousLevel;
  /** Whether the destination counts in sessions. */
  readonly hasSessions: boolean;
}

const DAY = 86_400_000;
const STRICTER = ["denied", "anonymous", "", "granted"];

/**
 * What stored records mean, said a second time and in other words than in `src/`: damaged, future and old ones do not
 * count, the newest does, and of two of one time the stricter.
 */
export function choiceIn(
  texts: readonly string[],
  now: number,
): Choice | undefined {
  const found = texts.flatMap((text) => {
    const fields = new URLSearchParams(text);
    const time = Date.parse(fields.get("time") ?? "");
    const choice = fields.get("analytics") ?? "";
    return fields.get("source") && time <= now + 60_000
      ? [{ time, choice }]
      : [];
  });
  const newest = Math.max(...found.map(({ time }) => time));
  if (!(newest + 180 * DAY > now)) return;
  const choices = new Set(
    found.filter(({ time }) => time === newest).map(({ choice }) => choice),
  );
  return (STRICTER.find((choice) => choices.has(choice)) || undefined) as
    Choice | undefined;
}

/** What a choice permits under `rules`. */
export function levelFor(choice: Choice | undefined, rules: Rules): Level {
  const { mode, beforeChoice, whenDenied, anonymousLevel } = rules;
  switch (choice) {
    case "granted":
      return "full";
    case "anonymous":
      return anonymousLevel;
    case "denied":
      return whenDenied === "off" ? "off" : anonymousLevel;
    default:
      if (mode !== "opt-in") return "full";
      if (beforeChoice === "hold") return "hold";
      return beforeChoice === "drop" ? "off" : anonymousLevel;
  }
}

/** How much a level permits to leave. */
export const height = (level: Level): number =>
  ["anonymous", "session", "full"].indexOf(level);
