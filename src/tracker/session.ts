import type { Session } from "./destination.js";
import { uuid } from "./random.js";
import { isText, isUuid, readStored } from "./stored.js";

/** A session as it is stored: with the time of its last event, in milliseconds since the epoch. */
interface KeptSession extends Session {
  readonly last: number;
}

/** Counts visits. */
export interface Sessions {
  /** Reads what is stored, for the next event, while that is allowed. */
  look(): void;
  /** The session that the event `id` at `time` belongs to, with that event counted. */
  next(id: string, time: number): Session;
  /** Ends the session: the next event begins another, which remembers this one where sessions are linked. */
  end(): void;
  /** Removes it from memory and storage: the next event begins the first one. */
  forget(): void;
  /** The session now, to be handed to another keeper, or taken over from one. */
  kept(): KeptSession | undefined;
  adopt(kept: KeptSession | undefined): void;
}

/** What sessions need. */
export interface SessionPorts {
  storage(): Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** The name of the entry. */
  key: string;
  /** Whether sessions remember the one before. Not below the level `full`. */
  isLinked: boolean;
  /** Reads the stored record again and answers whether something may be stored now. */
  mayKeep(): boolean;
}

/** A session ends after so long without an event, as everywhere in the field. In milliseconds. */
const TIMEOUT = 1_800_000;

/** Keeps the session in `storage()` under `key`. Where that is blocked it lives as long as the page. */
export function createSessions(ports: SessionPorts): Sessions {
  const { key, isLinked, mayKeep } = ports;
  let session: KeptSession | undefined;
  let isSaved = true;
  /** Whether what is stored was read for the next event. */
  let isFresh = false;

  const load = () => readStored(ports.storage, key, isSession);

  /** Writes what this task has counted. */
  const save = () => {
    isSaved = true;
    try {
      // Asking may bring the news that this session is over.
      if (mayKeep() && session)
        ports.storage().setItem(key, JSON.stringify(session));
    } catch {
      // Blocked or full: it lives as long as the page.
    }
  };
  const keep = (next: KeptSession) => {
    session = next;
    if (isSaved) queueMicrotask(save);
    isSaved = false;
    return next;
  };

  /** Within a task this page knows best; after it another tab may have counted on. */
  const newest = () => (isSaved && !isFresh ? (load() ?? session) : session);

  return {
    look() {
      isFresh = false;
      session = newest();
      isFresh = true;
    },
    next(id, time) {
      const known = newest();
      isFresh = false;
      const isOver = !known || !(Math.abs(time - known.last) < TIMEOUT);
      return keep(
        isOver
          ? {
              id: uuid(),
              index: isLinked ? (known?.index ?? 0) + 1 : 1,
              previousId: (isLinked && known?.id) || null,
              firstEventId: id,
              firstEventTime: new Date(time).toISOString(),
              eventIndex: 1,
              last: time,
            }
          : {
              ...known,
              eventIndex: known.eventIndex + 1,
              last: Math.max(time, known.last),
            },
      );
    },
    end() {
      const kept = load() ?? session;
      if (kept) keep({ ...kept, last: 1 });
    },
    forget() {
      // What this page has not written is not its to remove: at an anonymous level no storage is touched.
      if (!session) return;
      session = undefined;
      try {
        ports.storage().removeItem(key);
      } catch {
        // What refuses removal refused writing.
      }
    },
    kept: newest,
    adopt(kept) {
      if (kept) keep(isLinked ? kept : { ...kept, index: 1, previousId: null });
    },
  };
}

function isSession(kept: unknown): kept is KeptSession {
  const {
    id,
    previousId,
    index,
    eventIndex,
    firstEventId,
    firstEventTime,
    last,
  } = Object(kept);
  return (
    isUuid(id) &&
    isUuid(firstEventId) &&
    (previousId === null || isUuid(previousId)) &&
    isText(firstEventTime) &&
    Date.parse(firstEventTime) > 0 &&
    [index, eventIndex, last].every(
      (value) => typeof value === "number" && value > 0,
    )
  );
}
