const KEEP_ALIVE = 15_000;

/**
 * The routes under `/__collector/` that a live list reads.
 *
 * They carry no CORS headers on purpose: a foreign site open in a developer's browser may post events, as on the
 * web, but not read what others posted.
 *
 * @param {ReturnType<typeof import("./journal.mjs").createJournal>} journal
 */
export function createView(journal) {
  /** @type {Set<() => void>} */
  const streams = new Set();

  return {
    /**
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:http").ServerResponse} res
     * @param {string} path
     * @returns {boolean} Whether it was one of these routes.
     */
    handle(req, res, path) {
      const route = `${req.method} ${path}`;
      if (route === "GET /__collector/requests") {
        res.writeHead(200, { "content-type": "application/json" });
        res.end(`[${journal.requests.map(jsonOf).join()}]`);
      } else if (route === "POST /__collector/clear") {
        journal.clear();
        res.writeHead(204).end();
      } else if (route === "GET /__collector/stream") {
        stream(res);
      } else {
        return false;
      }
      return true;
    },

    close() {
      for (const end of streams) end();
    },
  };

  /** @param {import("node:http").ServerResponse} res */
  function stream(res) {
    res.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    const send = (/** @type {string} */ event, /** @type {string} */ data) =>
      res.write(`event: ${event}\ndata: ${data}\n\n`);

    // Sent at once, or the headers would wait for the first request.
    res.write(": open\n\n");
    for (const request of journal.requests) send("request", jsonOf(request));
    const undo = journal.subscribe((news) => {
      if (news.type === "request") send("request", jsonOf(news.request));
      else send("clear", "null");
    });
    const timer = setInterval(() => res.write(": keep-alive\n\n"), KEEP_ALIVE);
    timer.unref();

    const end = () => {
      undo();
      clearInterval(timer);
      streams.delete(end);
      res.end();
    };
    streams.add(end);
    res.on("close", end);
  }
}

/** @param {import("./entry.mjs").RequestEntry} request */
function jsonOf(request) {
  try {
    return JSON.stringify(request);
  } catch (error) {
    // JSON.parse reads deeper nestings than JSON.stringify writes; the other entries must stay readable.
    const errors = [...request.errors, `not shown: ${error}`];
    return JSON.stringify({ ...request, events: [], errors });
  }
}
