import type { Destination } from "./destination.js";
import type { Level } from "./level.js";
import { createOutbox } from "./outbox.js";
import { createQueue, type Queue, type QueuePorts } from "./queue.js";
import { uuid } from "./random.js";
import { keysOf } from "./stored.js";
import { mayLeave, type Terms } from "./terms.js";

/** What lanes need. */
export interface LanePorts extends Pick<
  QueuePorts,
  "report" | "fetch" | "clock" | "requestTimeout"
> {
  destination: Destination;
  name: string;
  /** Where what was taken at the level `full` outlives the page. May throw. */
  outbox(): Storage;
  /** The terms now, as far as this page knows. */
  terms(): Terms;
  /** Reads the stored record again and returns the level that it allows. */
  look(): Level;
  /** Runs `work` when no other tab runs work of that name. */
  inTurn(name: string, work: () => Promise<void>): Promise<void>;
}

/** Queues side by side, one for what was taken on the same terms: a request never mixes them, and none waits for another's receiver. */
export interface Lanes {
  /** The queue for `terms`. `grant` names the permission that an outbox belongs to; without one nothing outlives the page. */
  open(terms: Terms, grant?: string): Queue;
  /** Drops what may not leave on the terms that hold now, and with `isStale` what was taken under another grant. */
  follow(isStale: boolean): void;
  flush(): void;
  retry(): void;
  /** The page is going away, for good when `gone`. */
  leave(gone?: boolean): void;
}

interface Lane extends Terms {
  readonly queue: Queue;
}

/** What all requests that outlive a page may hold together (Fetch standard, keepalive), less a margin for headers. */
const KEEPALIVE_BYTES = 60_000;

export function createLanes(ports: LanePorts): Lanes {
  const { name, look, clock, report } = ports;
  const tab = uuid().slice(0, 8);
  const room = { bytes: KEEPALIVE_BYTES };
  let lanes: Lane[] = [];

  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    let isRunning = false;
    const run = () => {
      isRunning = true;
      return work();
    };
    try {
      await ports.inTurn(name, run);
    } catch {
      // No locks here. What keeps tabs apart then is that a page leaves the young entries of another alone.
      if (!isRunning) await work();
    }
  };

  /** The storage of the outbox, without what belongs to a grant that is over. */
  const storageFor = (prefix: string): Storage | undefined => {
    try {
      const storage = ports.outbox();
      for (const key of keysOf(storage))
        if (key.startsWith(`${name}/out/`) && !key.startsWith(prefix))
          storage.removeItem(key);
      return storage;
    } catch (error) {
      // Blocked: everything waits in memory, and will not outlive the page.
      report(error);
      return;
    }
  };

  return {
    open(terms, grant) {
      const { level, serverAnonymity } = terms;
      const found = lanes.find(
        (lane) =>
          lane.level === level && lane.serverAnonymity === serverAnonymity,
      );
      if (found) return found.queue;
      const isFull = level === "full";
      const prefix = `${name}/out/${grant}`;
      const storage = isFull && grant ? storageFor(prefix) : undefined;
      if (isFull && !grant)
        report(new Error("consent-elements: storage took no identity"));
      const queue = createQueue({
        ...ports,
        terms,
        room,
        outbox: createOutbox({
          storage,
          clock,
          report,
          prefix: `${prefix}${serverAnonymity ? "*" : ""}/`,
          tab,
          batchSize: ports.destination.batchSize,
          mayKeep: () => look() === "full",
        }),
        mayLeave() {
          // Looking may bring news of other terms. Where it brings none, what was seen counts all the same.
          const seen = look();
          return mayLeave(terms, { ...ports.terms(), level: seen });
        },
        inTurn: storage ? inTurn : (work) => work(),
      });
      lanes.push({ level, serverAnonymity, queue });
      return queue;
    },
    follow(isStale) {
      const now = ports.terms();
      lanes = lanes.filter((lane) => {
        const stays =
          mayLeave(lane, now) && !(isStale && lane.level === "full");
        if (!stays) lane.queue.stop();
        // What was taken before goes first.
        else if (lane.level !== now.level) lane.queue.flush();
        return stays;
      });
    },
    flush() {
      for (const { queue } of lanes) queue.flush();
    },
    retry() {
      for (const { queue } of lanes) queue.retry();
    },
    leave(gone) {
      for (const { queue } of lanes) queue.leave(gone);
    },
  };
}
