import { fromText } from "../consent/record.js";
import {
  cookies,
  entries,
  removeCookie,
  removeEntries,
  type Entry,
  type StorageName,
} from "../storage/entries.js";

/** Where names are kept that a page's scripts can see. Late ones reject where the browser blocks the place or has none. */
interface Shelf<Names, Gone> {
  /** The names that are there now. */
  names(): Names;
  /** Removes what is called so. Returns whether it is gone. */
  remove(name: string): Gone;
}

type PromptShelf = Shelf<readonly string[], boolean>;
type LateShelf = Shelf<Promise<readonly string[]>, Promise<boolean>>;

/** A shelf that answers at once. What holds a visitor's decision, under whatever name, is not seen. */
const shelf = (
  list: () => readonly Entry[],
  remove: (name: string) => void,
): PromptShelf => {
  const names = () => {
    const all = list();
    // However far ahead it is dated: another page's clock may have made it.
    const isRecord = ([, text]: Entry) => fromText(text, Infinity);
    const records = new Set(all.filter(isRecord).map(([name]) => name));
    return [...new Set(all.map(([name]) => name))].filter(
      (name) => name && !records.has(name),
    );
  };
  return {
    names,
    remove(name) {
      remove(name);
      return !names().includes(name);
    },
  };
};

const storage = (kind: StorageName): PromptShelf =>
  shelf(
    () => entries(kind),
    (name) => removeEntries(kind, [name]),
  );

/** Databases whose removal waits until a page closes them. Another try would only wait behind the first. */
const waiting = new Set<string>();

const databases: LateShelf = {
  names: async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? ""),
  remove: (name) =>
    new Promise((resolve) => {
      if (waiting.has(name)) return resolve(false);
      const settle = (isGone: boolean) => {
        waiting.delete(name);
        resolve(isGone);
      };
      const request = indexedDB.deleteDatabase(name);
      request.addEventListener("success", () => settle(true));
      request.addEventListener("error", () => settle(false));
      request.addEventListener("blocked", () => {
        waiting.add(name);
        resolve(false);
      });
    }),
};

/** The places that answer at once. */
export const PROMPT: Readonly<
  Record<"cookies" | "local" | "session", PromptShelf>
> = {
  cookies: shelf(cookies, removeCookie),
  local: storage("localStorage"),
  session: storage("sessionStorage"),
};

/** Those that answer later. */
export const LATE: Readonly<Record<"databases" | "caches", LateShelf>> = {
  databases,
  caches: {
    names: async () => caches.keys(),
    remove: async (name) => caches.delete(name),
  },
};
