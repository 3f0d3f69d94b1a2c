/**
 * What has arrived, and who wants to hear of it.
 *
 * @typedef {import("./entry.mjs").RequestEntry} RequestEntry
 * @typedef {import("./entry.mjs").EventEntry} EventEntry
 * @typedef {{ type: "request", request: RequestEntry } | { type: "clear" }} News
 */

/** @param {number} limit How many requests are kept; with the oldest go its events. */
export function createJournal(limit) {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(
      `limit: ${limit} was given, a whole number above 0 is needed`,
    );
  }
  // The same two arrays for ever, so that whoever holds one sees what comes later.
  /** @type {RequestEntry[]} */
  const requests = [];
  /** @type {EventEntry[]} */
  const events = [];
  /** @type {Set<(news: News) => void>} */
  const listeners = new Set();
  /** @type {Set<(reason: Error) => void>} */
  const waiters = new Set();

  /** @param {News} news */
  function tell(news) {
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (error) {
        // The other listeners still hear the news, and so does the console.
        console.error(error);
      }
    }
  }

  /** @param {RequestEntry} request */
  function drop(request) {
    for (let i = events.length - 1; i >= 0; i--) {
      if (events[i]?.requestId === request.id) events.splice(i, 1);
    }
  }

  /** @param {(news: News) => void} listener */
  function subscribe(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return {
    requests,
    events,
    subscribe,

    /**
     * Notes a request. Nobody hears of it before `changed`.
     *
     * @param {RequestEntry} request
     */
    add(request) {
      requests.push(request);
      for (const old of requests.splice(0, requests.length - limit)) drop(old);
    },

    /**
     * Keeps the events of a request that was answered with a yes.
     *
     * @param {RequestEntry} request
     */
    accept(request) {
      if (!requests.includes(request)) return;
      // One by one: a spread of a huge batch overflows the stack.
      for (const event of request.events) events.push(event);
    },

    /** @param {RequestEntry} request */
    changed(request) {
      // One that was cleared meanwhile must not come back into a live view.
      if (requests.includes(request)) tell({ type: "request", request });
    },

    clear() {
      requests.length = 0;
      events.length = 0;
      tell({ type: "clear" });
    },

    /**
     * Resolves with the first truthy answer of `predicate`, asked now and after each change.
     *
     * @template T
     * @param {(kept: { requests: RequestEntry[], events: EventEntry[] }) => T} predicate
     * @param {{ timeout?: number }} [options] `timeout` in milliseconds.
     * @returns {Promise<NonNullable<T>>}
     */
    waitFor(predicate, { timeout = 5000 } = {}) {
      return new Promise((resolve, reject) => {
        const fail = (/** @type {unknown} */ reason) => {
          stop();
          reject(reason);
        };
        const ask = () => {
          try {
            const answer = predicate({ requests, events });
            if (!answer) return;
            stop();
            resolve(answer);
          } catch (error) {
            fail(error);
          }
        };
        const timer = setTimeout(
          () => fail(new Error(`waited ${timeout} ms in vain; ${summary()}`)),
          timeout,
        );
        const undo = subscribe(ask);
        waiters.add(fail);
        const stop = () => {
          clearTimeout(timer);
          undo();
          waiters.delete(fail);
        };
        ask();
      });
    },

    close() {
      for (const fail of waiters) fail(new Error("the collector was closed"));
      listeners.clear();
    },
  };

  function summary() {
    const list = requests
      .slice(-10)
      .map(
        ({ method, path, status, events: { length } }) =>
          `${method} ${path} ${status} (${length})`,
      );
    return `${requests.length} requests, ${events.length} events kept; last requests, with status and number of events: ${list.join(", ") || "none"}`;
  }
}
