import type { Identity } from "./destination.js";
import { uuid } from "./random.js";
import { isText, isUuid, readStored } from "./stored.js";

/** An identity as it is stored. */
interface KeptIdentity extends Identity {
  /** Names the grant that it was made under. What was taken under another one is not sent. */
  readonly grant: string;
}

/** Keeps the visitor's identity. */
export interface IdentityKeeper {
  /** Whether `get()` answers without touching storage. */
  isKnown(): boolean;
  /** The identity; made, and written, where there is none. `referrer` is where a new visitor came from. */
  get(referrer?: string, deviceId?: string): KeptIdentity;
  update(patch: Partial<Identity>): KeptIdentity;
  /** Whether storage no longer holds the identity that this page knows: it was removed elsewhere, and perhaps made anew. */
  isStale(): boolean;
  /** The grant that is known, where storage took its identity too: what is stored under another one no page would send. */
  storedGrant(): string | undefined;
  /** Makes a fresh identity under the same grant, at the next `get()`. */
  renew(): void;
  /** Removes it from memory. The next `get()` reads storage again. */
  release(): void;
}

/**
 * Keeps the visitor's identity in `storage()` under `key`. Nothing is read, made or written before `get()` is called, and
 * only the `full` level calls it. Where storage is blocked or full the identity lives as long as the page. `permission`
 * names the grant that a new one is made under, where there is a name that every tab knows; otherwise it is a random one.
 */
export function createIdentity(
  storage: () => Pick<Storage, "getItem" | "setItem">,
  key: string,
  permission?: () => string | undefined,
): IdentityKeeper {
  let identity: KeptIdentity | undefined;
  /** Whether storage took an identity of this grant, and whether it is the one that is known. */
  let isStored = true;
  let isKept = true;

  const load = () => readStored(storage, key, isIdentity);

  const keep = (next: KeptIdentity) => {
    try {
      storage().setItem(key, JSON.stringify(next));
      isStored = isKept = true;
    } catch {
      // Blocked or full: it lives as long as the page.
      isStored &&= identity?.grant === next.grant;
      isKept = false;
    }
    return (identity = next);
  };

  const make = (
    grant: string,
    initialReferrer: string,
    deviceId: string = uuid(),
  ) => keep({ grant, deviceId, initialReferrer });

  const get = (referrer = "", deviceId?: string) =>
    (identity ??= load() ?? make(permission?.() ?? uuid(), referrer, deviceId));

  return {
    isKnown: () => !!identity,
    isStale() {
      if (!identity || !isStored) return false;
      const kept = load();
      if (kept?.grant !== identity.grant) return true;
      // Another tab has forgotten the visitor, under the same grant: this one follows.
      if (isKept) identity = kept;
      return false;
    },
    storedGrant: () => (isStored ? identity?.grant : undefined),
    get,
    update: (patch) => keep({ ...((isKept && load()) || get()), ...patch }),
    renew() {
      make(get().grant, "");
    },
    release() {
      identity = undefined;
      isStored = isKept = true;
    },
  };
}

function isIdentity(kept: unknown): kept is KeptIdentity {
  const { grant, deviceId, userId, initialReferrer, registered } = Object(kept);
  return (
    isText(grant, /^[\w:.-]+$/) &&
    isUuid(deviceId) &&
    (userId === undefined || isText(userId, /[^]/)) &&
    (initialReferrer === undefined || isText(initialReferrer)) &&
    (registered === undefined ||
      (Object(registered) === registered && !Array.isArray(registered)))
  );
}
