import type { Level } from "./level.js";

/** What may leave, and how: a level, and beside it whether the receiver is asked to forget the network address. */
export interface Terms {
  readonly level: Level;
  readonly serverAnonymity: boolean;
}

/** The levels at which something may leave, from the strictest. */
const LADDER: readonly Level[] = ["anonymous", "session", "full"];

/** Whether what was taken on terms `taken` may leave on terms `now`: never on stricter ones. */
export function mayLeave(taken: Terms, now: Terms): boolean {
  const step = LADDER.indexOf(taken.level);
  return (
    step >= 0 &&
    step <= LADDER.indexOf(now.level) &&
    (taken.serverAnonymity || !now.serverAnonymity)
  );
}
