/**
 * What is kept of a request, and what a vendor has to know to fill it.
 *
 * @typedef {import("node:http").IncomingHttpHeaders} IncomingHttpHeaders
 *
 * @typedef {{ schema: string, data: any }} SelfDescribing
 *
 * @typedef {object} Decoded One event as a vendor's decoder reads it.
 * @property {string} name
 * @property {boolean} valid
 * @property {string[]} errors
 * @property {any} data As sent.
 * @property {SelfDescribing[]} [contexts] Snowplow: the entities, out of `co` or `cx`.
 * @property {SelfDescribing | null} [unstruct] Snowplow: the self-describing event, out of `ue_pr` or `ue_px`.
 *
 * @typedef {Decoded & { id: string, requestId: number, time: string, vendor: string, kind: string }} EventEntry
 *
 * @typedef {object} RequestEntry
 * @property {number} id Counts from 1, also over `clear()`.
 * @property {string} time ISO 8601, of arrival.
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {IncomingHttpHeaders} headers
 * @property {string} vendor `mixpanel` or `snowplow`.
 * @property {string} kind `track`, `engage`, `groups`, `tp2` or `i`.
 * @property {"base64" | "base64url" | "json" | null} encoding How the JSON was wrapped; null when it could not be read.
 * @property {EventEntry[]} events
 * @property {boolean} valid
 * @property {string[]} errors Those of the request, then those of its events.
 * @property {number} status What was answered; 0 while there is no answer.
 * @property {"ok" | "hang" | "status" | null} answer The behaviour that was chosen; null when it was never asked.
 * @property {{ headers: Record<string, string>, body: string } | null} response What went back besides `status`.
 * @property {boolean} aborted Whether the client went away before an answer.
 *
 * @typedef {{ method: string, kind: string, query: Record<string, string>, headers: IncomingHttpHeaders, body: string }} RawRequest
 * @typedef {{ encoding: RequestEntry["encoding"], readable: boolean, events: Decoded[], errors: string[] }} Reading
 * @typedef {{ status: number, headers: Record<string, string>, body: string | Buffer }} Reply
 *
 * @typedef {object} Vendor
 * @property {string} name
 * @property {(path: string) => { kind: string, methods: string[] } | undefined} route
 * @property {(request: RawRequest) => Reading} decode
 * @property {(request: RequestEntry & { readable: boolean }) => Reply} reply
 */

/**
 * An entry as it is before the body has arrived.
 *
 * @param {{ id: number, method: string, url: URL, headers: IncomingHttpHeaders, vendor: string, kind: string }} request
 * @returns {RequestEntry}
 */
export function createEntry({ id, method, url, headers, vendor, kind }) {
  return {
    id,
    time: new Date().toISOString(),
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    vendor,
    kind,
    encoding: null,
    events: [],
    valid: false,
    errors: [],
    status: 0,
    answer: null,
    response: null,
    aborted: false,
  };
}

/**
 * Writes what a vendor read into `entry`.
 *
 * @param {RequestEntry} entry
 * @param {Reading} reading
 */
export function fillEntry(entry, { encoding, events, errors }) {
  const { id: requestId, time, vendor, kind } = entry;
  entry.encoding = encoding;
  entry.events = events.map((event, index) => ({
    id: `${requestId}-${index + 1}`,
    requestId,
    time,
    vendor,
    kind,
    ...event,
  }));
  entry.errors = [
    ...errors,
    ...entry.events.flatMap((event) =>
      event.errors.map((error) => `${event.id} ${event.name}: ${error}`),
    ),
  ];
  entry.valid = entry.errors.length === 0;
}

/**
 * What is read of a request that nothing can be read of.
 *
 * @param {string} error
 * @returns {Reading}
 */
export function unreadable(error) {
  return { encoding: null, readable: false, events: [], errors: [error] };
}
