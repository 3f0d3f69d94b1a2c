import type { Delivery, Destination, Message } from "./destination.js";
import type { Level } from "./level.js";

/** What a queue needs. */
export interface QueuePorts {
  destination: Destination;
  /** Reads the stored record again and answers whether what was taken at `level` may leave now. Asked right before each request. */
  mayLeave(level: Level): boolean;
  /** Hears of what could not be delivered. */
  report(error: unknown): void;
  fetch: typeof globalThis.fetch;
  clock(): number;
}

/** The queue of messages that may be sent, and the requests under way. */
export interface Queue {
  /** Adds `message`, and sends within `delay` milliseconds, or when a retry is due. */
  add(message: Message, delay: number): void;
  /** Sends now what may be sent. */
  flush(): void;
  /**
   * The page is going away: hands over to the browser what it can carry, without waiting for answers. When it goes for
   * good (`gone`), requests under way would be lost; they are handed over again, with the same ids.
   */
  leave(gone?: boolean): void;
  /** Forgets every message that `keep` does not want, and cuts off requests that carry one. */
  drop(keep: (message: Message) => boolean): void;
}

/** A request that has no answer yet. */
interface Flight {
  readonly messages: readonly Message[];
  readonly abort: AbortController;
  readonly size: number;
}

// Mixpanel's documentation asks for a retry after 2 s, doubling to 60 s, with jitter, and for none after a 400.
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;

/** What all requests that outlive a page may hold together (Fetch standard, keepalive), less a margin for headers. */
const KEEPALIVE_BYTES = 60_000;

/** The longest wait that a receiver may ask for. In milliseconds. */
const LONGEST_WAIT = 86_400_000;

/** Reads a `Retry-After` header (RFC 9110, section 10.2.3), seconds or a date, as milliseconds from `now`. */
function toWait(header: string | null, now: number): number {
  const wait = Number(header) * 1000 || Date.parse(header ?? "") - now;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : 0;
}

/** Makes a queue. It has one request under way at a time, so that the order holds. */
export function createQueue(ports: QueuePorts): Queue {
  const { destination, mayLeave, report, fetch, clock } = ports;
  let queue: Message[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const flights = new Set<Flight>();

  const wake = (delay: number) => {
    timer ??= setTimeout(flush, delay);
  };
  const sleep = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  function flush(): void {
    sleep();
    if (!flights.size) sendNext();
  }

  /**
   * Sends the first messages that may share a request. With `room` the request outlives the page and holds at most so
   * many bytes. Returns its size, 0 when there was nothing to send.
   */
  function sendNext(room = Infinity): number {
    const [first] = queue;
    // Asking may empty the queue: the answer is newer than what this page knew.
    if (!first || !mayLeave(first.level) || !queue[0]) return 0;
    const { batchSize, deliver, complaint } = destination;
    const other = queue.findIndex(
      ({ level, verb }) =>
        level !== first.level || (verb === "set") !== (first.verb === "set"),
    );
    let count = Math.min(batchSize, other < 0 ? queue.length : other);
    let messages: Message[];
    let delivery: Delivery;
    let size: number;
    do {
      messages = queue.slice(0, count);
      try {
        delivery = deliver(messages, clock());
      } catch (error) {
        // What cannot be written must not hold up the rest for ever.
        queue.splice(0, count);
        report(error);
        return sendNext(room);
      }
      // Bodies are ASCII: percent-encoded forms or escaped JSON.
      size = delivery.body.length;
      count >>= 1;
    } while (size > room && count);
    if (size > room) return 0;
    const { url, ...init } = delivery;
    queue.splice(0, messages.length);
    const leaving = room < Infinity;
    const flight = {
      messages,
      abort: new AbortController(),
      // A plain request does not count among those that outlive the page.
      size: leaving ? size : 0,
    };
    flights.add(flight);
    const request = {
      ...init,
      method: "POST",
      signal: flight.abort.signal,
      // Only on leaving: Chromium goes on with a keepalive request that is cut off, and a no must cut off.
      keepalive: leaving,
    };
    // Async, so that a fetch that throws at once is a broken connection like any other.
    (async () => fetch(url, request))()
      .then(async (response) => {
        const { status, headers } = response;
        const answer = await response.text();
        if (status === 429 || status > 499)
          failed(flight, status, toWait(headers.get("retry-after"), clock()));
        else if (flights.delete(flight)) {
          failures = 0;
          const wrong = status > 299 ? `${status}` : complaint(answer);
          if (wrong) report(new Error(`consent-elements: refused: ${wrong}`));
          flush();
        }
      })
      .catch((error: unknown) => failed(flight, error));
    return size;
  }

  /** Puts the messages of `flight` back in front and tries again later. Nothing happens when the flight was cut off. */
  function failed(flight: Flight, reason: unknown, wait = 0): void {
    if (!flights.delete(flight)) return;
    queue.unshift(...flight.messages);
    if (!failures) report(reason);
    const backoff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures++);
    sleep();
    wake(Math.max(wait, backoff * (1 + Math.random() / 2)));
  }

  return {
    add(message, delay) {
      queue.push(message);
      wake(delay);
    },
    flush,
    leave(gone) {
      let room = KEEPALIVE_BYTES;
      if (gone) {
        const again = [...flights];
        flights.clear();
        for (const { abort } of again) abort.abort();
        queue = [...again.flatMap(({ messages }) => messages), ...queue];
      }
      for (const { size } of flights) room -= size;
      for (let size = 1; size; room -= size) size = sendNext(room);
    },
    drop(keep) {
      queue = queue.filter(keep);
      for (const flight of flights)
        if (!flight.messages.every(keep)) {
          flights.delete(flight);
          flight.abort.abort();
        }
      if (!queue[0]) {
        sleep();
        failures = 0;
      }
    },
  };
}
