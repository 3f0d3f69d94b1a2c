import type { Identity } from "./destination.js";
import { uuid } from "./random.js";

/** Keeps the visitor's identity. */
export interface IdentityKeeper {
  /** Whether `get()` answers without touching storage. */
  isKnown(): boolean;
  /** The identity; made, and written, where there is none. `referrer` is where a new visitor came from. */
  get(referrer?: string): Identity;
  update(patch: Partial<Identity>): Identity;
  /** Removes it from memory and storage. The next `get()` makes a fresh one. */
  forget(): void;
}

/**
 * Keeps the visitor's identity in localStorage under `key`; `remove` takes it out of there. Nothing is read, made or written before `get()` is
 * called, and only the `full` level calls it. Where storage is blocked or full the identity lives as long as the page.
 */
export function createIdentity(
  key: string,
  remove: () => void,
): IdentityKeeper {
  let identity: Identity | undefined;

  const load = (): Identity | undefined => {
    try {
      const kept = JSON.parse(localStorage.getItem(key)!);
      // Another shape is not ours: forged or damaged, it must not be adopted.
      return /^[\da-f-]{36}$/.test(kept?.deviceId) ? kept : undefined;
    } catch {
      return;
    }
  };

  const keep = (next: Identity) => {
    identity = next;
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Blocked or full: it lives as long as the page.
    }
    return next;
  };

  const get = (initialReferrer = "") =>
    (identity ??= load() ?? keep({ deviceId: uuid(), initialReferrer }));

  return {
    isKnown: () => !!identity,
    get,
    update: (patch) => keep({ ...get(), ...patch }),
    forget() {
      identity = undefined;
      remove();
    },
  };
}
