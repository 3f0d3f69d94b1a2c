import { randomUUID } from "node:crypto";
import { textOfBase64 } from "./base64.mjs";
import { igluErrors } from "./contracts.mjs";
import { unreadable } from "./entry.mjs";

const CORE = "iglu:com.snowplowanalytics.snowplow/";
const PAYLOAD = `${CORE}payload_data/jsonschema/1-0-4`;
const CONTEXTS = `${CORE}contexts/jsonschema/`;
const UNSTRUCT = `${CORE}unstruct_event/jsonschema/`;
const SELF_DESCRIBING =
  "iglu:com.snowplowanalytics.self-desc/instance-iglu-only/jsonschema/1-0-0";

/**
 * A Snowplow collector together with the schema check that its pipeline makes later.
 *
 * @type {import("./entry.mjs").Vendor}
 */
export const snowplow = {
  name: "snowplow",

  route(path) {
    if (path === "/com.snowplowanalytics.snowplow/tp2")
      return { kind: "tp2", methods: ["POST"] };
    if (path === "/i") return { kind: "i", methods: ["GET"] };
    return undefined;
  },

  decode({ kind, query, body }) {
    if (kind === "i") {
      if (Object.keys(query).length === 0)
        return unreadable("the query is empty");
      return {
        encoding: query.cx || query.ue_px ? "base64url" : "json",
        readable: true,
        events: [judge(query)],
        errors: [],
      };
    }
    let payload;
    try {
      payload = JSON.parse(body);
    } catch (error) {
      return unreadable(String(error));
    }
    const errors = igluErrors(SELF_DESCRIBING, payload);
    if (errors.length > 0)
      return { encoding: "json", readable: true, events: [], errors };
    const { schema, data } = payload;
    if (!schema.startsWith(`${CORE}payload_data/`)) {
      errors.push(`schema must be payload_data, not ${schema}`);
    } else if (schema !== PAYLOAD) {
      errors.push(...igluErrors(schema, data));
    } else if (!Array.isArray(data) || data.length === 0) {
      // The faults that no item could show; those of items are named one by one.
      errors.push(...igluErrors(PAYLOAD, data).map(inside("data")));
    }
    const items = Array.isArray(data) ? data : [];
    return {
      encoding: "json",
      readable: true,
      events: items.map(judge),
      errors,
    };
  },

  reply({ kind, headers }) {
    const cookie = networkCookie(headers);
    return {
      // Whatever came in: a real collector stores it and leaves the judging to its pipeline.
      status: 200,
      headers: {
        "content-type": kind === "i" ? "image/gif" : "text/plain",
        ...(cookie && { "set-cookie": cookie }),
      },
      body: kind === "i" ? PIXEL : "ok",
    };
  },
};

const PIXEL = Buffer.from(
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "base64",
);

/**
 * The `Set-Cookie` of the network user id, as collector 3.4 gives it, except that it is `SameSite=Lax` and not
 * `None; Secure`: this collector speaks plain http.
 *
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @returns {string | undefined}
 */
function networkCookie(headers) {
  const sent = /(?:^|;\s*)sp=([^;]*)/.exec(headers.cookie ?? "")?.[1];
  // The header's presence counts, not its value.
  if (headers["sp-anonymous"] === undefined) {
    return `sp=${sent || randomUUID()}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
  }
  if (sent === undefined) return undefined;
  return "sp=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax; HttpOnly";
}

/**
 * @param {any} item
 * @returns {import("./entry.mjs").Decoded}
 */
function judge(item) {
  const errors = igluErrors(PAYLOAD, [item]).map((error) =>
    error.replace(/^0[. ]/, ""),
  );
  const { contexts, unstruct } = columnsOf(Object(item), errors);

  for (const [index, entity] of contexts.entries()) {
    errors.push(
      ...igluErrors(entity.schema, entity.data).map(
        inside(`entity ${index} ${nameOf(entity.schema)}:`),
      ),
    );
  }
  if (unstruct) {
    errors.push(
      ...igluErrors(unstruct.schema, unstruct.data).map(
        inside(`event ${nameOf(unstruct.schema)}:`),
      ),
    );
  }
  const name = unstruct
    ? nameOf(unstruct.schema)
    : typeof item?.e === "string"
      ? item.e
      : "(no name)";
  return {
    name,
    valid: errors.length === 0,
    errors,
    data: item,
    contexts,
    unstruct,
  };
}

/**
 * The self-describing parts of a payload, out of their JSON columns and envelopes.
 *
 * @param {Record<string, unknown>} item
 * @param {string[]} errors Gets what is wrong with columns and envelopes.
 * @returns {{ contexts: SelfDescribing[], unstruct: SelfDescribing | null }}
 *
 * @typedef {import("./entry.mjs").SelfDescribing} SelfDescribing
 */
function columnsOf(item, errors) {
  /** @type {SelfDescribing[]} */
  const contexts = [];
  /** @type {SelfDescribing | null} */
  let unstruct = null;
  for (const [column, envelope, encoded] of /** @type {const} */ ([
    ["co", CONTEXTS, false],
    ["cx", CONTEXTS, true],
    ["ue_pr", UNSTRUCT, false],
    ["ue_px", UNSTRUCT, true],
  ])) {
    const text = item[column];
    // Other types are already named by the payload's own schema.
    if (typeof text !== "string") continue;
    const found = open(text, envelope, encoded);
    errors.push(...found.errors.map(inside(`${column}:`)));
    if (found.errors.length > 0) continue;
    if (envelope === CONTEXTS) contexts.push(...found.data);
    else unstruct = found.data;
  }
  if (item.e === "ue" && item.ue_pr === undefined && item.ue_px === undefined) {
    errors.push("a ue event needs ue_pr or ue_px");
  }
  return { contexts, unstruct };
}

/**
 * @param {string} text
 * @param {string} envelope
 * @param {boolean} encoded
 * @returns {{ errors: string[], data?: any }}
 */
function open(text, envelope, encoded) {
  let value;
  try {
    value = JSON.parse(encoded ? textOfBase64(text) : text);
  } catch (error) {
    return { errors: [String(error)] };
  }
  const errors = igluErrors(SELF_DESCRIBING, value);
  if (errors.length > 0) return { errors };
  if (!value.schema.startsWith(envelope))
    return {
      errors: [`the envelope must be ${envelope}…, not ${value.schema}`],
    };
  return { errors: igluErrors(value.schema, value.data), data: value.data };
}

/** @param {string} place */
function inside(place) {
  return (/** @type {string} */ error) => `${place} ${error}`;
}

/** @param {string} uri */
function nameOf(uri) {
  return uri.split("/")[1] ?? uri;
}
