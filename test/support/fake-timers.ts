import { stubProperty } from "./stub-property.js";
import { turn } from "./turn.js";

/** The time a test starts at. In milliseconds since the epoch. */
export const START = Date.UTC(2026, 10, 22, 10, 15);

/** Time that moves only when a test says so. */
export interface FakeTimers {
  /** The time now, in milliseconds since the epoch; a `clock` for what is tested. */
  now(): number;
  /** How long each timer that is set still has to run, the next one first. In milliseconds. */
  readonly waiting: number[];
  /** Runs the timers of the next `ms` milliseconds in order, and what they set off. */
  advance(ms: number): Promise<void>;
}

/** Replaces `setTimeout` and `clearTimeout` until the test is over. */
export function fakeTimers(): FakeTimers {
  let now = START;
  let count = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  const next = () =>
    [...timers].toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0];

  const set = (run: () => void, delay?: number) => {
    // As browsers do it: a 32-bit number, so that NaN and what is too large mean "at once".
    timers.set(++count, { at: now + Math.max(0, (delay ?? 0) | 0), run });
    return count;
  };
  const clear = (id: number) => timers.delete(id);
  stubProperty(globalThis, "setTimeout", () => set);
  stubProperty(globalThis, "clearTimeout", () => clear);

  return {
    now: () => now,
    get waiting() {
      return [...timers.values()]
        .map(({ at }) => at - now)
        .toSorted((a, b) => a - b);
    },
    async advance(ms) {
      const end = now + ms;
      // A loop of timers without a pause must fail the test, not hang it.
      for (let runs = 0; runs < 500; runs++) {
        const [id, timer] = next() ?? [];
        if (!id || !timer || timer.at > end) break;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.run();
        await turn();
      }
      now = end;
      await turn();
    },
  };
}
