export interface FakeClock {
  /** The time now, in milliseconds since the epoch. Hand it over as the `clock` option. */
  (): number;
  /** Moves the hands by `milliseconds`; a negative number turns them back. */
  move(milliseconds: number): void;
}

/** A clock that stands still until it is moved. */
export function fakeClock(start = "2026-11-22T10:15:00.000Z"): FakeClock {
  let now = Date.parse(start);
  return Object.assign(() => now, {
    move(milliseconds: number) {
      now += milliseconds;
    },
  });
}
