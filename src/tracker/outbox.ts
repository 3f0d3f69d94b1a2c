import type { Item } from "./destination.js";
import { keysOf } from "./stored.js";

/** What an outbox needs. */
export interface OutboxPorts {
  /** Where it outlives the page; `undefined`: it is this page's memory alone. Its methods may throw. */
  storage:
    | Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">
    | undefined;
  /** What the names of its entries begin with. */
  prefix: string;
  /** This page's part in those names. */
  tab: string;
  /** The most items that are taken at once. What one task brings is written in entries of so many, which then go as a whole. */
  batchSize: number;
  clock(): number;
  /** Reads the stored record again and answers whether something may be stored now. */
  mayKeep(): boolean;
  /** Hears of what could not be kept. */
  report(error: unknown): void;
}

/** Items that are on their way, and how to speak of them afterwards. */
export interface Taken {
  readonly route: string;
  readonly texts: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Where items wait until the receiver has acknowledged them. With a storage they survive the page: those of one task
 * are written together, at the end of it, so that the work for each item stays the same however many wait.
 */
export interface Outbox {
  add(item: Item): void;
  /**
   * Looks for what pages that are gone have left; with `more` it must be older by so much. Returns how long to wait for what
   * is too young, 0 when there is nothing. In milliseconds.
   */
  scan(more?: number): number;
  /** The first items of one route, at most `count`, that are not under way. They are under way from now on. With `own` none that another page wrote. */
  take(count: number, own?: boolean): Taken | undefined;
  /** These were acknowledged, or refused for good. */
  remove(taken: Taken): void;
  /** These did not arrive: they wait again, in their old place. */
  giveBack(taken: Taken): void;
  /** Forgets what this page knows. What is stored is removed by who knows all of its names. */
  clear(): void;
}

/** An entry grows while it is so young, and no longer than this. */
const GROWING = 1_000;
const ENTRY = 4_096;
/** Another page's entry is taken over at this age, when that page cannot be writing it any more. In milliseconds. */
const LEFT = 3_000;
/**
 * What the outbox takes of the room that a site's localStorage has (5 million characters in Chromium); the rest waits in
 * memory. A refusal removes all of it before it returns.
 */
const STORED = 1_000_000;
/** The most that waits in all; the oldest goes first. In characters. */
const WAITING = 20_000_000;

/** No entry grows. */
const NONE = { key: "", text: "" };

/** Time and number in names that sort as they were made. */
const inOrder = (time: number, count: number) =>
  `${time.toString(36).padStart(9, "0")}${count.toString(36).padStart(6, "0")}`;
const born = (key: string, prefix: string) =>
  parseInt(key.slice(prefix.length, prefix.length + 9), 36);

export function createOutbox(ports: OutboxPorts): Outbox {
  const { storage, prefix, tab, batchSize, clock, mayKeep, report } = ports;
  /** Names of the stored entries that are ours to send, the oldest first. */
  let keys: string[] = [];
  /** Lines that are in no storage: it refused them, or has no room. */
  let loose: string[] = [];
  /** Lines of this task, not yet written. */
  let fresh: string[] = [];
  const underWay = new Set<string>();
  /** The entry that may still grow. */
  let open = NONE;
  let count = 0;
  /** Characters that wait in all, and those of them that are stored, as far as this page knows. */
  let waiting = 0;
  let stored = 0;
  let isRefused = false;

  /** The lines of an entry: none when it is gone, `undefined` when nobody can tell now. */
  const read = (key: string): string[] | undefined => {
    try {
      return storage!.getItem(key)?.split("\n") ?? [];
    } catch {
      return;
    }
  };

  /** Tells, once, that what comes now will not outlive the page. Returns false. */
  const complain = (error: unknown): false => {
    if (!isRefused) report(error);
    isRefused = true;
    return false;
  };

  const write = (key: string, text: string): boolean => {
    try {
      storage!.setItem(key, text);
      return true;
    } catch (error) {
      return complain(error);
    }
  };

  const erase = (key: string): void => {
    try {
      storage!.removeItem(key);
    } catch {
      // What refuses removal refused writing.
    }
  };

  /** Leaves `lines` of an entry. Where storage refuses that, they wait in memory: what went must not be sent again. Returns whether the entry stays. */
  const shorten = (key: string, lines: string[]): boolean => {
    if (lines[0] && write(key, lines.join("\n"))) return true;
    erase(key);
    loose.unshift(...lines);
    return false;
  };

  /** Puts lines into the growing entry, a new one, or, where storage has no room, into memory. */
  const put = (lines: readonly string[]): void => {
    const text = lines.join("\n");
    const age = clock() - born(open.key, prefix);
    // An entry from the future is from before the clock was set back: another page takes it over at once.
    const isYoung = age >= 0 && age < GROWING;
    const grows = isYoung && open.text.length + text.length < ENTRY;
    const next = grows
      ? { key: open.key, text: `${open.text}\n${text}` }
      : { key: `${prefix}${inOrder(clock(), count++)}-${tab}`, text };
    if (
      storage &&
      // Nothing overtakes what had no room.
      !loose[0] &&
      (stored + text.length < STORED ||
        complain(
          new RangeError(
            "consent-elements: too much waits; the rest is kept in this page alone",
          ),
        )) &&
      write(next.key, next.text)
    ) {
      if (!grows) keys.push(next.key);
      open = next;
      stored += text.length;
    } else loose.push(...lines);
  };

  /** Keeps what this task brought. */
  const save = (): void => {
    // Asking may bring the news of a refusal, which clears what is fresh, or of another grant, which does so too.
    if (storage && fresh[0] && !mayKeep()) fresh = [];
    // One at least, whatever a destination of the site's own says.
    while (fresh[0]) put([fresh.shift()!, ...fresh.splice(0, batchSize - 1)]);
    let lost = 0;
    for (let taken; waiting > WAITING && (taken = pickUp(1));) {
      lost += taken.lines.length;
      remove(taken);
    }
    if (lost)
      report(new Error(`consent-elements: ${lost} unsent events were dropped`));
  };

  /** Takes from what is kept. */
  function pickUp(most: number, own?: boolean): Taken | undefined {
    let route: string | undefined;
    const lines: string[] = [];
    const texts: string[] = [];
    /** Takes a line if it may go along. Returns whether the next one may be looked at. */
    const pick = (line: string): boolean => {
      if (underWay.has(line)) return true;
      const end = line.indexOf("\t");
      const to = line.slice(0, end);
      if (lines.length === most || (route ?? to) !== to) return false;
      route = to;
      lines.push(line);
      texts.push(line.slice(end + 1));
      return true;
    };
    let isDone = false;
    keys = keys.filter((key) => {
      if (isDone || (own && !key.endsWith(`-${tab}`))) return true;
      const found = read(key);
      isDone = found?.every(pick) === false;
      // An entry that is gone was sent by another page.
      return !found || !!found[0];
    });
    if (!isDone) loose.every(pick);
    // What is under way must not grow: what came later would be removed with it.
    open = NONE;
    if (route === undefined) {
      if (!underWay.size) waiting = stored = 0;
      return;
    }
    for (const line of lines) underWay.add(line);
    return { route, texts, lines };
  }

  function remove({ lines }: Taken): void {
    // Two calls may make the same line: each goes once. They are in order, so looking for one takes no time.
    const gone = [...lines];
    const stays = (line: string) => {
      const at = gone.indexOf(line);
      if (at >= 0) gone.splice(at, 1);
      return at < 0;
    };
    for (const line of lines) {
      underWay.delete(line);
      waiting -= line.length;
      stored = Math.max(0, stored - line.length);
    }
    keys = keys.filter((key) => {
      if (!gone[0]) return true;
      const before = read(key);
      if (!before) return true;
      const after = before.filter(stays);
      return after.length === before.length ? !!before[0] : shorten(key, after);
    });
    if (gone[0]) loose = loose.filter(stays);
  }

  return {
    add({ route, text }) {
      const line = `${route}\t${text}`;
      waiting += line.length;
      if (fresh.push(line) === 1) queueMicrotask(save);
    },
    scan(more = 0) {
      let wait = 0;
      const left = LEFT + more;
      try {
        const known = new Set(keys);
        for (const key of keysOf(storage!)) {
          if (!key.startsWith(prefix) || known.has(key)) continue;
          const age = clock() - born(key, prefix);
          // A name from the future is from before the clock was set back.
          if (age >= 0 && age <= left) {
            wait = Math.max(wait, left + 1 - age);
            continue;
          }
          const found = read(key);
          // It may be whole: another look will tell.
          if (!found) continue;
          // What is no item is not ours: forged or damaged, it must not leave and must not hold up the rest.
          const items = found.filter(isItem);
          for (const { length } of items) {
            waiting += length;
            // What it takes of the site's room, whoever wrote it.
            stored += length;
          }
          if (
            (items[0] && items.length === found.length) ||
            shorten(key, items)
          )
            keys.push(key);
        }
        keys.sort();
      } catch {
        // None, or blocked: there is nothing to find.
      }
      return wait;
    },
    take(most, own) {
      save();
      return pickUp(most, own);
    },
    remove,
    giveBack({ lines }) {
      for (const line of lines) underWay.delete(line);
    },
    clear() {
      keys = [];
      loose = [];
      fresh = [];
      underWay.clear();
      waiting = stored = 0;
      open = NONE;
    },
  };
}

/** Whether a stored line is a route and a JSON object that says something. Half a surrogate pair is not ours: JSON escapes it, and some encodings throw at it. */
function isItem(line: string): boolean {
  try {
    const [, text] = /^[^\t]*\t(\{\s*"\P{Cs}*)$/u.exec(line)!;
    return !!JSON.parse(text!);
  } catch {
    return false;
  }
}
