import type { Findings } from "./leak.js";
import { RULES, type Level } from "./level.js";

/** What is wrong with findings, one line a kind of leak. Empty when the capture is as anonymous as `level` asks. */
export function faultsOf(
  { events, leaks }: Findings,
  level: Level,
): readonly string[] {
  const kinds = new Map<string, { count: number; first: string }>();
  for (const { where, what, request } of leaks) {
    const kind = `${where}: ${what}`;
    const { count, first } = kinds.get(kind) ?? { count: 0, first: request };
    kinds.set(kind, { count: count + 1, first });
  }
  const lines = [...kinds].map(([kind, { count, first }]) =>
    count === 1
      ? `${kind} (${first})`
      : `${kind} (${count} times, first in ${first})`,
  );
  if (events === 0 && RULES[level].vendor)
    lines.unshift(
      "no events: nothing was sent, or nothing was captured, and that proves nothing",
    );
  return lines;
}
