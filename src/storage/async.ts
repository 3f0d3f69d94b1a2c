import type { RecordStorage } from "../consent/ports.js";
import { refuse } from "../consent/refuse.js";

/** A key-value store that answers late, such as React Native's AsyncStorage. */
export interface AsyncStore {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
  /** Without it, the names of the entries are kept in an entry of their own. */
  getAllKeys?(): Promise<readonly string[]>;
}

/** What {@link asyncStorage} may be told. */
export interface AsyncStorageOptions {
  /** What the names of all entries begin with in the store. Default: `"consent-elements/"`. */
  prefix?: string;
  /** Hears what the store refused. Default: nobody. */
  report?: (error: unknown) => void;
}

/** What stands between code that asks at once and a store that answers late. */
export interface AsyncStorageView extends Storage {
  /** Resolves once the store has answered, or has refused to. */
  readonly ready: Promise<void>;
  /** A storage for a consent store: `createConsent({ storage: view.records("consent") })`. */
  records(name: string): RecordStorage;
  /** Resolves once everything that was written before has arrived, or has been refused. */
  settled(): Promise<void>;
}

/**
 * A synchronous view on a store that answers late. It reads the store once, and from then on is the truth: what is
 * written here is read back at once, and is passed on in the background.
 *
 * - What was written or removed here before the store has answered wins over what the store then says.
 * - A decision is passed on before everything else, then removals, and of several writes of one entry only the last one:
 *   an app that is killed after a no begins with it, and nothing that it removes is written once more. A removal that the store
 *   refuses is tried again with the next change and at `settled()`; where it refuses a decision, the one before it is removed.
 * - Where the store cannot be read, `records(…).ready` rejects, and the decision lives as long as the app runs.
 *
 * Nothing else in the store is read: the view sees only the names that begin with `prefix`. Throws a `TypeError` for a
 * store without `getItem`, `setItem` and `removeItem`.
 */
export function asyncStorage(
  store: AsyncStore,
  { prefix = "consent-elements/", report }: AsyncStorageOptions = {},
): AsyncStorageView {
  for (const name of ["getItem", "setItem", "removeItem"] as const)
    if (typeof Object(store)[name] !== "function")
      refuse("the store", [store], "one with getItem, setItem and removeItem");
  const names = `${prefix}names`;
  const known = new Map<string, string>();
  /** What this side has changed, and so knows better than the store's first answer. */
  const touched = new Set<string>();
  /** What the store is still to be told: a text, or `null` for a removal. */
  const wanted = new Map<string, string | null>();
  /** Names of the entries that are records. */
  const decisions = new Set<string>();
  /** Removals that the store has refused. */
  const refused = new Set<string>();
  let isAnswered = false;
  let work: Promise<void> | undefined;

  const load = async (): Promise<void> => {
    const all = store.getAllKeys
      ? await store.getAllKeys()
      : (JSON.parse((await store.getItem(names)) ?? "[]") as string[]);
    await Promise.all(
      all.map(async (name) => {
        if (!name.startsWith(prefix) || name === names) return;
        const value = await store.getItem(name);
        const key = name.slice(prefix.length);
        if (value !== null && !touched.has(key)) known.set(key, value);
      }),
    );
  };

  /** The next thing to tell: a decision if there is one, then a removal. */
  const next = (): [string, string | null] | undefined => {
    const all = [...wanted];
    return (
      all.find(([key]) => decisions.has(key)) ??
      all.find(([, value]) => value === null) ??
      all[0]
    );
  };

  const pass = async (): Promise<void> => {
    // In a task of its own: of what one task writes, only the last counts.
    await undefined;
    for (let found; (found = next());) {
      const [key, value] = found;
      wanted.delete(key);
      try {
        await (value === null
          ? store.removeItem(prefix + key)
          : store.setItem(prefix + key, value));
      } catch (error) {
        if (value === null && !wanted.has(key)) refused.add(key);
        // An older grant must not outlive a refusal that could not be written.
        if (value !== null && decisions.has(key) && !wanted.has(key))
          wanted.set(key, null);
        report?.(error);
      }
    }
    if (!store.getAllKeys && isAnswered)
      try {
        await store.setItem(
          names,
          JSON.stringify([...known.keys()].map((key) => prefix + key)),
        );
      } catch (error) {
        report?.(error);
      }
    work = undefined;
    if (next()) start();
  };

  const start = (): void => {
    work ??= pass();
  };

  const tell = (key: string, value: string | null): void => {
    touched.add(key);
    for (const again of refused) wanted.set(again, null);
    refused.clear();
    wanted.set(key, value);
    start();
  };

  const loaded = load().then(
    () => {
      isAnswered = true;
      // What was written before the names were known.
      if (!store.getAllKeys && touched.size) start();
    },
    (error: unknown) => {
      isAnswered = true;
      report?.(error);
      throw error;
    },
  );
  const ready = loaded.catch(() => {});

  return {
    ready,
    get length() {
      return known.size;
    },
    key: (index: number) => [...known.keys()][index] ?? null,
    getItem: (key: string) => known.get(key) ?? null,
    setItem(key: string, value: string) {
      if (known.get(key) === value) return;
      known.set(key, `${value}`);
      tell(key, `${value}`);
    },
    removeItem(key: string) {
      // Before the store has answered nobody knows whether it is there.
      if (known.delete(key) || !isAnswered) tell(key, null);
    },
    clear() {
      for (const key of known.keys()) this.removeItem(key);
    },
    records(name: string): RecordStorage {
      decisions.add(name);
      return {
        ready: loaded,
        read() {
          const text = known.get(name);
          return text === undefined ? [] : [text];
        },
        write(text) {
          if (text) {
            if (known.get(name) === text) return;
            known.set(name, text);
            tell(name, text);
          } else {
            known.delete(name);
            tell(name, null);
          }
        },
      };
    },
    async settled() {
      await ready;
      for (const again of refused) wanted.set(again, null);
      refused.clear();
      if (next()) start();
      for (let now = work; now; now = work) await now;
    },
  };
}
