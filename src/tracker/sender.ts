import type { Call, DestinationInput, Identity } from "./destination.js";
import { createIdentity } from "./identity.js";
import type { Level } from "./level.js";
import { createQueue, type QueuePorts } from "./queue.js";
import { uuid } from "./random.js";

/** What a sender needs from the world and from the tracker. */
export interface SenderPorts extends Omit<QueuePorts, "destination"> {
  destination: DestinationInput;
  /** The identity's entry in localStorage. */
  name: string;
  /** Removes that entry. */
  forget(): void;
}

/** Makes messages out of calls, with the identity that the level allows, and sends them. */
export interface Sender {
  /** Takes a call at `level`, to be sent within `delay` milliseconds. */
  send(call: Call, level: Level, delay: number): void;
  /** Keeps only what was taken at a level that `mayStay`. Requests that carry anything else are cut off. */
  limit(mayStay: (level: Level) => boolean): void;
  /** Sends now what may be sent. */
  flush(): void;
  /** The page is going away, for good when `gone`: hands over to the browser what it can carry. */
  leave(gone?: boolean): void;
}

/** Makes a sender. The tracker fetches this code when there is something that may be sent, and not before. */
export async function createSender(ports: SenderPorts): Promise<Sender> {
  const { destination } = ports;
  const { flush, leave, add, drop } = createQueue({
    ...ports,
    destination:
      typeof destination === "function" ? await destination() : destination,
  });
  const identity = createIdentity(ports.name, ports.forget);
  /** Calls of `set()` that wait for `identify()`. */
  let unnamed: Call[] = [];
  /** Who an anonymous event is about: someone who exists for this page alone. */
  let nobody: Identity | undefined;

  const send = (call: Call, level: Level, delay: number): void => {
    const { verb, name, properties, page } = call;
    const post = (who: Identity, before?: string) =>
      add({ ...call, id: uuid(), level, who, before }, delay);
    if (level !== "full") {
      if (verb === "track" || verb === "page")
        post((nobody ??= { deviceId: uuid() }));
      return;
    }
    if (verb === "reset") {
      unnamed = [];
      return identity.forget();
    }
    // What writes an identifier looks at the stored record first: another tab may have said no.
    if ((verb !== "track" || !identity.isKnown()) && !ports.mayLeave(level))
      return;
    const who = identity.get(page?.referrer);
    const { userId, deviceId, registered } = who;
    if (verb === "register")
      identity.update({ registered: { ...registered, ...properties } });
    else if (verb === "set" && !userId) unnamed.push(call);
    else if (verb !== "identify") post(who);
    else if (userId !== name) {
      post(identity.update({ userId: name }), userId ?? `$device:${deviceId}`);
      for (const waiting of unnamed.splice(0)) send(waiting, level, delay);
    }
  };

  return {
    send,
    limit(mayStay) {
      nobody = undefined;
      const isOver = !mayStay("full");
      // A refusal and a new grant that this page has slept through: what it knows is from before.
      const isStale = !isOver && identity.isStale();
      drop(({ level }) => mayStay(level) && !(isStale && level === "full"));
      if (isOver || isStale) unnamed = [];
      if (isOver) identity.forget();
      else if (isStale) identity.release();
    },
    flush,
    leave,
  };
}
