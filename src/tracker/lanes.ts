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

/** What is left of that, for each way to the network: the trackers of a page share it. */
const rooms = new WeakMap<typeof fetch, QueuePorts["room"]>();

function roomFor(way: typeof fetch): QueuePorts["room"] {
  const room = rooms.get(way) ?? { bytes: KEEPALIVE_BYTES };
  rooms.set(way, room);
  return room;
}

export function createLanes(ports: LanePorts): Lanes {
  const { name, look, clock, report } = ports;
  const tab = uuid().slice(0, 8);
  const room = roomFor(ports.fetch);
  let lanes: Lane[] = [];

  const inTurn: QueuePorts["inTurn"] = async (work) => {
    let running: Promise<void> | undefined;
    try {
      await ports.inTurn(name, () => (running = work()));
    } catch {
      // No locks here. What keeps tabs apart then is that a page leaves the young entries of another alone.
      // Or the lock was lost in the middle: what runs goes on, and must not begin a second time beside itself.
      await (running ?? work(ports.requestTimeout));
    }
  };

  /**
   * Removes from `storage` what may not leave any more: what belongs to a grant that is over, and what was taken without
   * server anonymity where that is asked for now. Returns whether there is something that was taken with it.
   */
  const tidy = (
    storage: Storage,
    prefix: string,
    tell: (trouble: unknown) => void,
  ): boolean => {
    const { serverAnonymity } = ports.terms();
    let hasMasked = false;
    for (const key of keysOf(storage)) {
      if (!key.startsWith(`${name}/out/`)) continue;
      const isOurs = key.startsWith(prefix);
      if (isOurs && key[prefix.length] === "*") hasMasked = true;
      else if (serverAnonymity || !isOurs) {
        storage.removeItem(key);
        if (isOurs)
          tell(
            new Error(
              "consent-elements: unsent events were dropped for server anonymity",
            ),
          );
      }
    }
    return hasMasked;
  };

  const open: Lanes["open"] = (terms, grant) => {
    const { level, serverAnonymity } = terms;
    const known = lanes.find(
      (lane) =>
        lane.level === level && lane.serverAnonymity === serverAnonymity,
    );
    if (known) return known.queue;
    const prefix = `${name}/out/${grant}`;
    let storage: Storage | undefined;
    let hasMasked = false;
    let trouble: unknown;
    try {
      if (level === "full") {
        if (!grant)
          throw new Error("consent-elements: storage took no identity");
        const area = ports.outbox();
        hasMasked = tidy(area, prefix, (error) => (trouble = error));
        storage = area;
      }
    } catch (error) {
      // Blocked: everything waits in memory, and will not outlive the page.
      trouble = error;
    }
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
    // Only now: who hears of it may say no, and that must reach this lane too.
    if (trouble) report(trouble);
    // What an earlier page left on stricter terms leaves on those.
    if (hasMasked && !serverAnonymity)
      open({ level, serverAnonymity: true }, grant).flush();
    return queue;
  };

  return {
    open,
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
