/**
 * A key-value store that answers when a test says so, as React Native's AsyncStorage answers when it can.
 *
 * @param {Record<string, string>} [entries]
 * @param {{ isOpen?: boolean, hasNames?: boolean }} [options]
 */
export function asyncStore(
  entries = {},
  { isOpen = true, hasNames = true } = {},
) {
  const kept = new Map(Object.entries(entries));
  /** What it was told, in order. */
  const told = [];
  /** @type {(() => void)[]} */
  let waiting = [];
  /** What it refuses: `get`, `set` or `remove`. */
  const refuses = new Set();
  const answer = async (what, work) => {
    if (!isOpen) await new Promise((done) => waiting.push(() => done(0)));
    if (refuses.has(what)) throw new Error(`${what} is refused`);
    return work();
  };
  return {
    kept,
    told,
    refuses,
    /** Answers what waits, and from now on at once. */
    open() {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
    store: {
      getItem: (key) => answer("get", () => kept.get(key) ?? null),
      setItem(key, value) {
        told.push(`set ${key}`);
        return answer("set", () => void kept.set(key, value));
      },
      removeItem(key) {
        told.push(`remove ${key}`);
        return answer("remove", () => void kept.delete(key));
      },
      ...(hasNames && {
        getAllKeys: () => answer("get", () => [...kept.keys()]),
      }),
    },
  };
}
