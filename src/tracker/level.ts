import type { Choice, Mode } from "../consent/choice.js";

/**
 * What the tracker may do. `off`: nothing. `hold`: keep events in memory until there is a choice. `anonymous`: send,
 * without any identifier that lives longer than the page. `session`: send, with an identifier that lives as long as
 * the visit in this tab. `full`: send, with the visitor's identity.
 */
export type Level = "off" | "hold" | "anonymous" | "session" | "full";

/** What a visitor's third choice, `anonymous`, may mean. */
export const ANONYMOUS_LEVELS = ["anonymous", "session"] as const;
export type AnonymousLevel = (typeof ANONYMOUS_LEVELS)[number];

/** What happens to events before there is a choice. */
export const BEFORE_CHOICE = ["hold", "drop", "anonymous"] as const;
export type BeforeChoice = (typeof BEFORE_CHOICE)[number];

/** What happens to events after a refusal. */
export const WHEN_DENIED = ["off", "anonymous"] as const;
export type WhenDenied = (typeof WHEN_DENIED)[number];

/** The site's rules by which a choice becomes a level. */
export interface LevelRules {
  beforeChoice: BeforeChoice;
  whenDenied: WhenDenied;
  anonymousLevel: AnonymousLevel;
}

export function toLevel(
  choice: Choice | undefined,
  mode: Mode,
  { beforeChoice, whenDenied, anonymousLevel }: LevelRules,
): Level {
  if (choice === "granted" || (!choice && mode !== "opt-in")) return "full";
  const level = choice
    ? choice === "denied"
      ? whenDenied
      : choice
    : beforeChoice;
  return level === "anonymous"
    ? anonymousLevel
    : level === "drop"
      ? "off"
      : level;
}
