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
  /** Changes it, from what storage holds now: another tab may have learned something meanwhile. */
  update(change: (known: Identity) => Partial<Identity>): void;
  /** Takes over what another tab has written under the same grant: an id that it named, or a visitor that it forgot. */
  look(): void;
  /** Whether storage no longer holds the identity that this page knows: it was removed elsewhere, and perhaps made anew. Looks first. */
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
 * `toStore` leaves out what must not be stored.
 */
export function createIdentity(
  storage: () => Pick<Storage, "getItem" | "setItem">,
  key: string,
  permission?: () => string | undefined,
  toStore: (identity: KeptIdentity) => Identity = (all) => all,
): IdentityKeeper {
  let identity: KeptIdentity | undefined;
  /** Whether storage took an identity of this grant, and whether it is the one that is known. */
  let isStored = true;
  let isKept = true;

  const load = () => readStored(storage, key, isIdentity);

  /** Whether storage can tell that there is none. */
  const isEmpty = () => {
    try {
      return storage().getItem(key) === null;
    } catch {
      return false;
    }
  };

  const keep = (whole: KeptIdentity) => {
    const next = { ...toStore(whole), grant: whole.grant };
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

  /** Whether what is stored is of another grant. Where it is not, this page follows it. */
  const isStale = () => {
    if (!identity || !isStored) return false;
    const kept = load();
    if (kept?.grant !== identity.grant) {
      const isForgotten =
        isKept && isEmpty() && identity.grant === permission?.();
      // Nobody has decided anew: the site has emptied the storage, or the visitor. Nothing old comes back.
      if (isForgotten) make(identity.grant, "");
      return !isForgotten;
    }
    if (isKept) identity = kept;
    return false;
  };

  return {
    isKnown: () => !!identity,
    look: isStale,
    isStale,
    storedGrant: () => (isStored ? identity?.grant : undefined),
    get,
    update(change) {
      const known = (isKept && load()) || get();
      keep({ ...known, ...change(known) });
    },
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
