/** An event in Snowplow's wire format: short names and their values. */
export type Payload = Record<string, unknown>;

/** One event as the SDK hands it over: `svrAnon` marks it as tracked without a name. */
interface Entry {
  payload: Payload;
  svrAnon?: boolean;
}

/** Where `@snowplow/browser-tracker` keeps events until they are sent, as its option `eventStore` describes it. */
export interface EventStore {
  count(): Promise<number>;
  add(entry: Entry): Promise<number>;
  removeHead(count: number): Promise<void>;
  iterator(): { next(): Promise<{ value: Entry | undefined; done: boolean }> };
  getAll(): Promise<readonly Entry[]>;
  getAllPayloads(): Promise<readonly Payload[]>;

  /** Forgets every event, the kept ones too. */
  clear(): void;
  /** Removes the kept ones. */
  removeKept(): void;
  /** Leaves what waits for the next page: this one may not come back. */
  handOver(): void;
  /** Takes what an earlier page has left of `device`. What is another's is of before a no, and goes. */
  takeBack(device: string | undefined): void;
}

/** What {@link eventStore} takes. */
interface EventStoreOptions {
  /** Names the entry in localStorage. */
  name: string;
  /** Says at which level an event may be kept now; `undefined`: not at all. */
  admit(): "anonymous" | "full" | undefined;
  /** Whether events may outlive the page. */
  isKept: boolean;
  /** Whether the level is `full` now. */
  isFull(): boolean;
  report(error: unknown): void;
}

/** The most events that wait; the oldest go first. As many as the SDK's own store keeps. */
const LIMIT = 1000;

/**
 * A store that a refusal empties. Events wait in memory, and under a grant in localStorage while the page is away: one
 * page takes them, so two tabs do not send the same. No batch mixes events with a name and without.
 */
export function eventStore(options: EventStoreOptions): EventStore {
  const { name, admit, isKept, isFull, report } = options;
  let entries: Entry[] = [];
  /** What the last iterator gave out: that, and not what came since, is what `removeHead` means. */
  let batch: Entry[] = [];
  /** What another page may take: it has been left in localStorage. */
  let left: readonly Entry[] = [];

  const read = (): Entry[] => {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      // Only what could have been written here: events with a name, and each with its id.
      return Array.isArray(found)
        ? found.filter(
            (entry) =>
              typeof entry?.payload?.eid === "string" &&
              entry.svrAnon === false,
          )
        : [];
    } catch {
      return [];
    }
  };

  /** Whether `kept` is now what is stored. */
  const write = (kept: readonly Entry[]) => {
    try {
      if (kept.length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
      return true;
    } catch (error) {
      if (kept.length) report(error);
      return false;
    }
  };

  const without = (some: readonly Entry[], others: readonly Entry[]) => {
    const ids = new Set(others.map(({ payload }) => payload.eid));
    return some.filter(({ payload }) => !ids.has(payload.eid));
  };

  const removeKept = () => void write([]);

  /** What was left and is gone has been taken by another page: it is not this one's any more. */
  const giveUpTaken = () => {
    if (!left.length) return;
    const taken = without(left, read());
    entries = without(entries, taken);
    left = without(left, taken);
  };

  return {
    count: async () => entries.length,
    add: async (entry) => {
      const level = admit();
      // Tracked at one level and met by another: the answer came in between.
      if (level && (level === "anonymous") === !!entry.svrAnon)
        entries.push({ ...entry, svrAnon: !!entry.svrAnon });
      if (entries.length > LIMIT) entries.shift();
      return level ? entries.length : 0;
    },
    async removeHead(count) {
      const sent = batch.slice(0, count);
      entries = without(entries, sent);
      if (left.length) write(without(read(), sent));
    },
    iterator() {
      giveUpTaken();
      // Those of the level of today first: a collector that refuses the others must not hold these up.
      const anonymous = !isFull();
      const first =
        entries.find(({ svrAnon }) => svrAnon === anonymous) ?? entries[0];
      const offered = entries.filter(
        ({ svrAnon }) => svrAnon === first?.svrAnon,
      );
      batch = [];
      return {
        async next() {
          const value = offered[batch.length];
          if (value && entries.includes(value)) {
            batch.push(value);
            return { value, done: false };
          }
          return { value: undefined, done: true };
        },
      };
    },
    getAll: async () => entries,
    getAllPayloads: async () => entries.map(({ payload }) => payload),
    clear() {
      entries = [];
      batch = [];
      left = [];
      removeKept();
    },
    removeKept,
    handOver() {
      if (!isKept || !isFull()) return;
      const named = entries.filter(({ svrAnon }) => !svrAnon);
      if (!named.length) return;
      // Where there is no room it stays here: nothing can have been taken.
      left = write([...without(read(), named), ...named]) ? named : [];
    },
    takeBack(device) {
      if (!isKept) return;
      const kept = read().filter(({ payload }) => payload.duid === device);
      const own = without(entries, left);
      entries = [...without(kept, own), ...own];
      left = [];
      write([]);
    },
  };
}
