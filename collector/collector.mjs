import { once } from "node:events";
import { createServer } from "node:http";
import { createBehaviour } from "./behaviour.mjs";
import { readBody } from "./body.mjs";
import { corsHeaders, preflightHeaders } from "./cors.mjs";
import { createEntry, fillEntry, unreadable } from "./entry.mjs";
import { createJournal } from "./journal.mjs";
import { mixpanel } from "./mixpanel.mjs";
import { snowplow } from "./snowplow.mjs";
import { createView } from "./view.mjs";

/**
 * @typedef {import("node:http").IncomingMessage} IncomingMessage
 * @typedef {import("node:http").ServerResponse} ServerResponse
 * @typedef {import("./entry.mjs").RequestEntry} RequestEntry
 * @typedef {import("./entry.mjs").EventEntry} EventEntry
 */

const VENDORS = [mixpanel, snowplow];

/**
 * A collector without a server of its own, to be mounted in one.
 *
 * @param {{ limit?: number }} [options] `limit`: how many requests are kept.
 */
export function createCollector({ limit = 500 } = {}) {
  const journal = createJournal(limit);
  const behaviour = createBehaviour();
  const view = createView(journal);
  /** @type {Set<ServerResponse>} */
  const unanswered = new Set();
  let closed = false;
  let count = 0;

  return {
    requests: journal.requests,
    events: journal.events,
    answer: behaviour.set,
    clear: journal.clear,
    subscribe: journal.subscribe,
    waitFor: journal.waitFor,
    handle,

    /** Ends streams, hanging requests and waiting tests. */
    close() {
      closed = true;
      view.close();
      for (const res of unanswered) res.destroy();
      journal.close();
    },
  };

  /**
   * Takes a request if it is for a collector.
   *
   * @param {IncomingMessage} req
   * @param {ServerResponse} res
   * @returns {Promise<boolean>} False for somebody else's route, which is left untouched.
   */
  async function handle(req, res) {
    const url = urlOf(req);
    if (!url) return false;
    try {
      if (view.handle(req, res, url.pathname)) return true;
      const { method = "GET", headers } = req;
      const route = routeOf(url.pathname);
      if (route && method === "OPTIONS") {
        res.writeHead(204, preflightHeaders(req)).end();
        return true;
      }
      if (!route?.methods.includes(method)) return false;
      const id = ++count;
      const { vendor, kind } = route;
      const names = { vendor: vendor.name, kind };
      await take(
        req,
        res,
        vendor,
        createEntry({ id, method, url, headers, ...names }),
      );
      return true;
    } catch (error) {
      // A fault of this collector must neither stop a dev server nor leave a client waiting.
      console.error(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
      return true;
    }
  }

  /**
   * @param {IncomingMessage} req
   * @param {ServerResponse} res
   * @param {import("./entry.mjs").Vendor} vendor
   * @param {RequestEntry} entry
   */
  async function take(req, res, vendor, entry) {
    unanswered.add(res);
    res.on("close", () => {
      unanswered.delete(res);
      if (entry.status !== 0 || closed) return;
      entry.aborted = true;
      journal.changed(entry);
    });

    const body = await readBody(req);
    const { fault } = body;
    const reading = fault
      ? unreadable(`the body is ${fault}`)
      : read(vendor, { ...entry, body: body.text });
    fillEntry(entry, reading);
    journal.add(entry);
    if (fault === "cut") {
      // The connection's end may have been told before the entry was listed.
      entry.aborted = !closed;
      journal.changed(entry);
      return;
    }
    if (fault === "too large") {
      respond(req, res, entry, { status: 413, headers: {}, body: "" });
      return;
    }

    const treatment = await choose(entry);
    if (treatment === "hang") {
      entry.answer = "hang";
      journal.changed(entry);
    } else if (treatment === "ok") {
      entry.answer = "ok";
      respond(
        req,
        res,
        entry,
        vendor.reply({ ...entry, readable: reading.readable }),
      );
    } else {
      entry.answer = "status";
      respond(req, res, entry, { headers: {}, body: "", ...treatment });
    }
  }

  /**
   * @param {RequestEntry} entry
   * @returns {Promise<import("./behaviour.mjs").Treatment>}
   */
  async function choose(entry) {
    try {
      const treatment = behaviour.next(entry);
      // A test that holds the answer back wants to see the request meanwhile.
      if (treatment instanceof Promise) journal.changed(entry);
      return await treatment;
    } catch (error) {
      entry.errors.push(`answer: ${error}`);
      return { status: 500 };
    }
  }

  /**
   * @param {IncomingMessage} req
   * @param {ServerResponse} res
   * @param {RequestEntry} entry
   * @param {import("./entry.mjs").Reply} reply
   */
  function respond(req, res, entry, { status, headers, body }) {
    // Gone while a slow answer was being chosen: what cannot be answered is not accepted either.
    if (res.destroyed) return;
    entry.status = status;
    entry.response = {
      headers: { ...corsHeaders(req), ...headers },
      body: typeof body === "string" ? body : "",
    };
    if (status < 300) journal.accept(entry);
    // Told before the answer leaves, so that a client that has it finds the entry complete.
    journal.changed(entry);
    res.writeHead(status, entry.response.headers).end(body);
  }
}

/**
 * A collector with a server of its own.
 *
 * @param {{ port?: number, host?: string, limit?: number }} [options] `port` 0 takes a free one.
 */
export async function startCollector({
  port = 0,
  host = "127.0.0.1",
  limit = 500,
} = {}) {
  const collector = createCollector({ limit });
  const server = createServer(async (req, res) => {
    if (!(await collector.handle(req, res))) res.writeHead(404).end();
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  /** @type {Promise<void> | undefined} */
  let closing;

  return {
    ...collector,
    port: address.port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,

    /** Also cuts what hangs or streams. */
    close() {
      closing ??= new Promise((resolve) => {
        collector.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

/**
 * @param {import("./entry.mjs").Vendor} vendor
 * @param {import("./entry.mjs").RawRequest} request
 */
function read(vendor, request) {
  try {
    return vendor.decode(request);
  } catch (error) {
    // Such as a list long enough to overflow the stack: a fault of ours, yet the request has to be listed.
    return unreadable(`the collector failed: ${error}`);
  }
}

/** @param {string} path */
function routeOf(path) {
  for (const vendor of VENDORS) {
    const route = vendor.route(path);
    if (route) return { vendor, ...route };
  }
  return undefined;
}

/** @param {IncomingMessage} req */
function urlOf(req) {
  try {
    return new URL(req.url ?? "/", "http://collector.invalid");
  } catch {
    // Such as "//": no route of ours.
    return undefined;
  }
}
