import { keysOf } from "../../tracker/stored.js";
import { cookiesOf } from "./cookies.js";
import type { Settled } from "./options.js";
import { memoryStorage } from "../shared/areas.js";

/** Where an instance keeps what it knows of a visitor: for the next page, or in this page's memory. */
export interface Places {
  /** The identity with its super properties, what waits to be sent, and what lasts as long as the visit. */
  state: () => Storage;
  outbox: () => Storage;
  session: () => Storage;
  /**
   * Keeps for the next page from now on where `isWanted` and the config lets it. What is being kept stays kept: the SDK's
   * `enable_persistence: false` switches nothing off, and a running sender must find what it has stored. `isFull` tells
   * whether something may be stored now.
   */
  keep(isWanted: boolean, isFull: boolean): void;
  /** Removes what pages have kept, whatever this page was told to keep; with `visit` also what lasts as long as that. */
  clean(visit: boolean): void;
}

/** Makes the places of the instance that keeps things as `name`. Nothing is touched before it is needed. */
export function createPlaces(
  name: string,
  settings: Settled,
  report: (error: unknown) => void,
): Places {
  const mayPersist = !(settings.disable_persistence || settings.disable_cookie);
  let persists = mayPersist;
  const jar = cookiesOf(name, settings);
  const local = () => localStorage;
  const visit = () => sessionStorage;

  /** One storage for all of the page's life: what it stands on may change under a running sender. */
  const place = (lasting: () => Storage) => {
    const memory = memoryStorage();
    const now = () => (persists ? lasting() : memory);
    const storage: Storage = {
      get length() {
        return now().length;
      },
      key: (index) => now().key(index),
      getItem: (key) => now().getItem(key),
      setItem: (key, value) => now().setItem(key, value),
      removeItem: (key) => now().removeItem(key),
      clear: () => now().clear(),
    };
    return { memory, lasting, get: () => storage };
  };
  const state = place(
    settings.persistence === "localStorage" ? local : () => jar,
  );
  const outbox = place(local);
  const session = place(visit);
  const all = [state, outbox, session];

  /** Copies what memory holds to where it lasts. Returns whether all of it is there: half a grant would be another one. */
  const move = (): boolean => {
    const undo: (() => void)[] = [];
    try {
      // Another page has an identity there, and events of that one wait. The next page takes it over.
      if (state.lasting().getItem(name) !== null) return false;
      for (const { memory, lasting } of all)
        for (const key of keysOf(memory)) {
          lasting().setItem(key, memory.getItem(key)!);
          undo.push(() => lasting().removeItem(key));
        }
      return true;
    } catch (error) {
      // Blocked or full: what this page knows lives as long as the page.
      report(error);
      for (const step of undo) step();
      return false;
    }
  };

  return {
    state: state.get,
    outbox: outbox.get,
    session: session.get,
    keep(isWanted, isFull) {
      const next = mayPersist && (isWanted || (persists && isFull));
      if (next && !persists) {
        if (isFull && !move()) return;
        for (const { memory } of all) memory.clear();
      }
      persists = next;
    },
    clean(isVisit) {
      for (const area of [() => jar, local, ...(isVisit ? [visit] : [])])
        try {
          for (const key of keysOf(area()))
            if (`${key}/`.startsWith(`${name}/`)) area().removeItem(key);
        } catch {
          // Blocked: there is nothing.
        }
    },
  };
}
