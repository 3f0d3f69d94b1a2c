/** One tab's way to a lock that several share. */
export interface LockUser {
  /** What a tracker takes as `inTurn`. */
  inTurn(this: void, name: string, work: () => Promise<void>): Promise<void>;
  /** The tab is gone: what it holds or waits for is let go of. */
  die(): void;
}

/** Locks as browsers have them: the first who asks comes first, and a lock falls free when its tab dies. */
export function fakeLocks(): {
  /** The way of one more tab. */
  user(): LockUser;
  /** How many pieces of work ran at the same time, at most. */
  readonly most: number;
} {
  let running = 0;
  let most = 0;
  const tails = new Map<string, Promise<void>>();
  return {
    get most() {
      return most;
    },
    user() {
      let isDead = false;
      let die!: () => void;
      const death = new Promise<void>((done) => {
        die = () => {
          isDead = true;
          done();
        };
      });
      return {
        die,
        async inTurn(name, work) {
          const run = async () => {
            if (isDead) return;
            most = Math.max(most, ++running);
            await Promise.race([work(), death]);
            running--;
          };
          const turn = (tails.get(name) ?? Promise.resolve()).then(run, run);
          tails.set(name, turn);
          await turn;
        },
      };
    },
  };
}
