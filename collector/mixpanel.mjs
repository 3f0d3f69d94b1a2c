import { textOfBase64 } from "./base64.mjs";
import { operationsOf, trackErrors, updateErrors } from "./contracts.mjs";
import { unreadable } from "./entry.mjs";

/**
 * Mixpanel's ingestion: what it takes at `/track`, `/engage` and `/groups`, and how it answers.
 *
 * @type {import("./entry.mjs").Vendor}
 */
export const mixpanel = {
  name: "mixpanel",

  route(path) {
    const kind = /^\/(track|engage|groups)\/?$/.exec(path)?.[1];
    return kind ? { kind, methods: ["GET", "POST"] } : undefined;
  },

  decode(request) {
    let unpacked;
    try {
      unpacked = unpack(request);
    } catch (error) {
      return unreadable(String(error));
    }
    const { encoding, payload } = unpacked;
    const items = Array.isArray(payload) ? payload : [payload];
    return {
      encoding,
      readable: true,
      events: items.map((item) => judge(request.kind, item)),
      errors: sizeErrors(items.length),
    };
  },

  reply({ query, events, errors, readable }) {
    // One usable object is enough for a 1, as Mixpanel's reference says of /track.
    const ok = events.some((event) => event.valid);
    const error = ok ? null : (events[0]?.errors[0] ?? errors[0]);
    const verbose = query.verbose === "1";
    return {
      status: readable ? 200 : 400,
      headers: { "content-type": verbose ? "application/json" : "text/plain" },
      body: verbose
        ? JSON.stringify({ status: ok ? 1 : 0, error })
        : ok
          ? "1"
          : "0",
    };
  },
};

/** @param {number} length */
function sizeErrors(length) {
  if (length === 0) return ["the batch is empty"];
  return length > 2000 ? [`${length} in one batch, 2000 are allowed`] : [];
}

/**
 * @param {import("./entry.mjs").RawRequest} request
 * @returns {{ encoding: "base64" | "json", payload: unknown }}
 */
function unpack({ method, query, headers, body }) {
  if (method === "GET") return unpackField(query.data, "the query");
  const type = headers["content-type"] ?? "";
  // A form cannot begin with a bracket, so a plain-text beacon may hold either.
  const json = type.startsWith("text/plain")
    ? /^\s*[[{]/.test(body)
    : type.startsWith("application/json");
  if (json) return { encoding: "json", payload: JSON.parse(body) };
  return unpackField(new URLSearchParams(body).get("data"), "the form");
}

/**
 * @param {string | null | undefined} data
 * @param {string} place
 * @returns {{ encoding: "base64" | "json", payload: unknown }}
 */
function unpackField(data, place) {
  if (!data) throw new TypeError(`${place} has no "data"`);
  if (/^\s*[[{]/.test(data))
    return { encoding: "json", payload: JSON.parse(data) };
  return { encoding: "base64", payload: JSON.parse(textOfBase64(data)) };
}

/**
 * @param {string} kind
 * @param {any} item
 * @returns {import("./entry.mjs").Decoded}
 */
function judge(kind, item) {
  const { name, errors } =
    kind === "track"
      ? judgeEvent(item)
      : judgeUpdate(
          /** @type {import("./contracts.mjs").UpdateKind} */ (kind),
          item,
        );
  return { name, valid: errors.length === 0, errors, data: item };
}

/** @param {any} event */
function judgeEvent(event) {
  const properties = event?.properties ?? {};
  const errors = [
    ...trackErrors(event),
    ...tokenErrors("properties.token", properties.token),
    ...idErrors("properties.distinct_id", properties.distinct_id),
    // Mixpanel's list of refused ids holds for both.
    ...idErrors("properties.$insert_id", properties.$insert_id),
  ];
  const insertId = properties.$insert_id;
  if (typeof insertId === "string" && !/^[A-Za-z0-9-]{1,36}$/.test(insertId)) {
    errors.push(
      "properties.$insert_id must be 1 to 36 letters, digits or hyphens",
    );
  }
  const name = typeof event?.event === "string" ? event.event : "(no name)";
  return { name, errors };
}

/**
 * @param {import("./contracts.mjs").UpdateKind} kind
 * @param {any} update
 */
function judgeUpdate(kind, update) {
  const known = operationsOf(kind);
  const found = known.filter((operation) =>
    Object.hasOwn(Object(update), operation),
  );
  const errors = found.flatMap((operation) =>
    updateErrors(kind, operation, update),
  );
  if (found.length === 0)
    errors.push(`no operation: one of ${known.join(", ")} is needed`);
  errors.push(
    ...tokenErrors("$token", update?.$token),
    ...idErrors("$distinct_id", update?.$distinct_id),
  );
  // An update with two operations would otherwise say twice what both lack.
  return {
    name: found.join(" ") || "(no operation)",
    errors: [...new Set(errors)],
  };
}

/**
 * @param {string} path
 * @param {unknown} token
 */
function tokenErrors(path, token) {
  return token === undefined || token === ""
    ? [`${path} is missing or empty`]
    : [];
}

// Values that Mixpanel refuses as ids, because they are what a caller's mistake looks like.
const REFUSED = new Set(
  "0 -1 null nil <nil> none n/a na anon anonymous unknown undefined true false [] {} 00000000-0000-0000-0000-000000000000".split(
    " ",
  ),
);

/**
 * @param {string} path
 * @param {unknown} id
 */
function idErrors(path, id) {
  return typeof id === "string" && REFUSED.has(id)
    ? [`${path} must not be "${id}"`]
    : [];
}
