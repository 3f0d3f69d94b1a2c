import type { Identity } from "./destination.js";
import { uuid } from "./random.js";

/** Keeps the visitor's identity. */
export interface IdentityKeeper {
  /** Whether `get()` answers without touching storage. */
  isKnown(): boolean;
  /** The identity; made, and written, where there is none. `referrer` is where a new visitor came from. */
  get(referrer?: string): Identity;
  update(patch: Partial<Identity>): Identity;
  /** Whether storage no longer holds the identity that this page knows: another tab has removed it since. */
  isStale(): boolean;
  /** Removes it from memory. The next `get()` reads storage again. */
  release(): void;
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
  /** Whether storage took it. */
  let isKept = true;

  const load = (): Identity | undefined => {
    try {
      const kept = JSON.parse(localStorage.getItem(key)!);
      return isIdentity(kept) ? kept : undefined;
    } catch {
      return;
    }
  };

  const keep = (next: Identity) => {
    identity = next;
    try {
      localStorage.setItem(key, JSON.stringify(next));
      isKept = true;
    } catch {
      // Blocked or full: it lives as long as the page.
      isKept = false;
    }
    return next;
  };

  const get = (initialReferrer = "") =>
    (identity ??= load() ?? keep({ deviceId: uuid(), initialReferrer }));

  return {
    isKnown: () => !!identity,
    isStale: () =>
      !!identity && isKept && load()?.deviceId !== identity.deviceId,
    get,
    update: (patch) => keep({ ...get(), ...patch }),
    release() {
      identity = undefined;
    },
    forget() {
      identity = undefined;
      remove();
    },
  };
}

/** Another shape is not ours: forged or damaged, it must not be adopted. */
function isIdentity(kept: unknown): kept is Identity {
  const { deviceId, userId, initialReferrer, registered } = Object(kept);
  return (
    typeof deviceId === "string" &&
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(deviceId) &&
    (userId === undefined || (typeof userId === "string" && !!userId)) &&
    (initialReferrer === undefined || typeof initialReferrer === "string") &&
    (registered === undefined ||
      (typeof registered === "object" &&
        registered !== null &&
        !Array.isArray(registered)))
  );
}
