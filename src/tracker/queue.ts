import type { Delivery, Destination, Item } from "./destination.js";
import type { Outbox, Taken } from "./outbox.js";
import { isPassing, pauseAfter, refusal, toWait } from "./retry.js";
import type { Terms } from "./terms.js";

/** What a queue needs. */
export interface QueuePorts {
  destination: Destination;
  /** On what terms its items were taken. */
  terms: Terms;
  outbox: Outbox;
  /** Reads the stored record again and answers whether what was taken on these terms may leave now. Asked right before each request. */
  mayLeave(): boolean;
  /** Runs `work` when no other tab does the same. Where nobody can tell, with the time that another tab's request may take. */
  inTurn(work: (more?: number) => Promise<void>): Promise<void>;
  /** Hears of what could not be delivered. */
  report(error: unknown): void;
  fetch: typeof globalThis.fetch;
  clock(): number;
  /** How long an answer may take, in milliseconds. */
  requestTimeout: number;
  /** What requests that outlive the page may still hold, those of all queues together. */
  readonly room: { bytes: number };
}

/** The queue of what may be sent on the same terms, and the requests under way. */
export interface Queue {
  /** Adds `item`, and sends within `delay` milliseconds, or when a retry is due. */
  add(item: Item, delay: number): void;
  /** Sends now what may be sent. */
  flush(): void;
  /** Sends now, although a retry is not due yet: the network is back. */
  retry(): void;
  /**
   * The page is going away: hands over to the browser what it has room for, without waiting for answers. When it goes for
   * good (`gone`), plain requests under way would be lost; they are handed over again, with the same ids.
   */
  leave(gone?: boolean): void;
  /** Forgets everything and cuts off what is under way. */
  stop(): void;
}

/** In bytes, because both are ASCII. Where there is no body, the address carries it all. */
const sizeOf = ({ url, body = "" }: Delivery) => url.length + body.length;

/** A request under way. One with `keepalive` outlives the page. */
interface Flight {
  readonly abort: AbortController;
  readonly keepalive: boolean;
}

/** Makes a queue. It has one request under way at a time, so that the order holds. */
export function createQueue(ports: QueuePorts): Queue {
  const { destination, terms, outbox, mayLeave, report, clock, room } = ports;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  let failures = 0;
  /** Until when the receiver has asked to be left alone. */
  let quiet = 0;
  /** The most items in a request; fewer where the receiver found one too large. */
  let most = destination.batchSize;
  let isSending = false;
  /** Whether no other tab is sending. */
  let isOurTurn = false;
  /** Whether it was told to send after it had looked for the last time in this turn. */
  let isLate = false;
  let isStopped = false;
  const flights = new Map<Taken, Flight>();

  const sleep = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const wake = (delay: number) => {
    if (isStopped) return;
    const at = clock() + delay;
    // What is in a hurry does not wait for what is not; but nothing is so urgent that it may break into a back-off.
    if (timer && (at >= due || failures)) return;
    sleep();
    due = at;
    timer = setTimeout(flush, delay);
  };

  /** The request for what may leave now. */
  const next = (
    count: number,
    own?: boolean,
  ): { taken: Taken; delivery: Delivery } | undefined => {
    // Asking may bring the news that stops this queue.
    if (!mayLeave() || isStopped) return;
    for (let taken; (taken = outbox.take(count, own));)
      try {
        const { route, texts } = taken;
        const delivery = destination.deliver({
          ...terms,
          route,
          texts,
          now: clock(),
        });
        // A destination of the site's own may say no here.
        return isStopped ? undefined : { taken, delivery };
      } catch (error) {
        // What cannot be written must not hold up the rest for ever, nor take along what stands beside it.
        if (count > 1) {
          count >>= 1;
          outbox.giveBack(taken);
        } else {
          outbox.remove(taken);
          report(error);
        }
      }
    return;
  };

  /** Makes a request and deals with the answer. Resolves to whether to go on. */
  const post = async (
    taken: Taken,
    delivery: Delivery,
    keepalive: boolean,
  ): Promise<boolean> => {
    const { url, body, headers = {}, method = "POST", credentials } = delivery;
    const abort = new AbortController();
    flights.set(taken, { abort, keepalive });
    const size = keepalive ? sizeOf(delivery) : 0;
    room.bytes -= size;
    // Also for one that outlives the page: where the page lives on, what it holds must come back.
    const alarm = setTimeout(
      () => abort.abort(new Error("consent-elements: no answer in time")),
      ports.requestTimeout,
    );
    const isFull = terms.level === "full";
    let reason: unknown;
    let wait = 0;
    try {
      const response = await ports.fetch(url, {
        method,
        headers,
        body: body ?? null,
        signal: abort.signal,
        // Only on leaving: Chromium goes on with a keepalive request that is cut off, and a no must cut off.
        keepalive,
        credentials: (isFull && credentials) || "omit",
        // A receiver on the site's own origin would be told the whole address, with its query.
        ...(!isFull && { referrerPolicy: "origin" }),
      });
      const { status, headers: answer } = response;
      const text = await response.text();
      if (isPassing(status)) {
        reason = new Error(`consent-elements: the receiver answered ${status}`);
        wait = toWait(answer.get("retry-after"), clock());
      } else if (flights.delete(taken)) {
        failures = 0;
        if (status === 413 && taken.lines.length > 1) {
          most = taken.lines.length >> 1;
          outbox.giveBack(taken);
          // Nobody goes on after what was handed over.
          if (keepalive) wake(0);
          return true;
        }
        outbox.remove(taken);
        const wrong = refusal(destination, status, text);
        if (wrong) report(new Error(`consent-elements: refused: ${wrong}`));
        return true;
      }
    } catch (error) {
      reason = abort.signal.aborted ? abort.signal.reason : error;
    } finally {
      clearTimeout(alarm);
      room.bytes += size;
    }
    // Cut off on purpose: nobody waits for it any more.
    if (!flights.delete(taken)) return false;
    outbox.giveBack(taken);
    if (!failures) report(reason);
    quiet = clock() + wait;
    sleep();
    wake(pauseAfter(failures, wait));
    failures++;
    return false;
  };

  async function flush(): Promise<void> {
    sleep();
    if (isSending) {
      isLate = true;
      return;
    }
    isSending = true;
    await ports.inTurn(async (more) => {
      isOurTurn = true;
      const wait = isStopped ? 0 : outbox.scan(more);
      for (;;) {
        isLate = false;
        const found = next(most);
        if (!found || !(await post(found.taken, found.delivery, false))) break;
      }
      isOurTurn = false;
      if (wait) wake(wait);
    });
    isSending = false;
    // Giving the turn back takes time. In a back-off there is a timer, and what is late waits for it.
    if (isLate) wake(0);
  }

  /** Cuts off what is under way, and with `isPlain` only what would not outlive the page. */
  const cutOff = (isPlain?: boolean) => {
    for (const [taken, { abort, keepalive }] of flights)
      if (!(isPlain && keepalive)) {
        flights.delete(taken);
        abort.abort();
        outbox.giveBack(taken);
      }
  };

  return {
    add(item, delay) {
      outbox.add(item);
      wake(delay);
    },
    flush() {
      void flush();
    },
    retry() {
      failures = 0;
      void flush();
    },
    leave(gone) {
      // Its own pause it may cut short, the receiver's not.
      if (failures && clock() < quiet) return;
      if (gone) cutOff(true);
      for (let count = most; count;) {
        // What another page has written another tab may be sending, and leaving does not wait for a turn.
        const found = next(count, !isOurTurn);
        if (!found) break;
        const { taken, delivery } = found;
        if (sizeOf(delivery) > room.bytes) {
          outbox.giveBack(taken);
          // What was cut off has no timer, and the page may come back.
          wake(pauseAfter(0));
          count = Math.min(count, taken.lines.length) >> 1;
        } else void post(taken, delivery, true);
      }
    },
    stop() {
      isStopped = true;
      sleep();
      cutOff();
      outbox.clear();
    },
  };
}
