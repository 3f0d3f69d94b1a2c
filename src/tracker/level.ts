import type { Choice, Mode } from "../consent/choice.js";

/**
 * What the tracker may do. `off`: nothing. `hold`: keep events in memory until there is a choice. `anonymous`: send,
 * without any identifier that lives longer than the page. `full`: send, with the visitor's identity.
 */
export type Level = "off" | "hold" | "anonymous" | "full";

/** What happens to events before there is a choice. */
export const BEFORE_CHOICE = ["hold", "drop", "anonymous"] as const;
export type BeforeChoice = (typeof BEFORE_CHOICE)[number];

/** What happens to events after a refusal. */
export const WHEN_DENIED = ["off", "anonymous"] as const;
export type WhenDenied = (typeof WHEN_DENIED)[number];

/** The rules by which a choice becomes a level. */
export interface LevelRules {
  mode: Mode;
  beforeChoice: BeforeChoice;
  whenDenied: WhenDenied;
}

export function toLevel(choice: Choice | undefined, rules: LevelRules): Level {
  const { mode, beforeChoice, whenDenied } = rules;
  if (choice === "denied") return whenDenied;
  if (choice) return choice === "granted" ? "full" : choice;
  if (mode !== "opt-in") return "full";
  return beforeChoice === "drop" ? "off" : beforeChoice;
}

/** Whether what was taken at level `taken` may leave at level `now`. What was taken anonymously may leave after a grant too. */
export function mayLeave(taken: Level, now: Level): boolean {
  return now === "full" || (now === "anonymous" && taken === now);
}
