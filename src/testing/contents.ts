import type { CapturedRequest } from "./capture.js";
import { fieldsOf, isFields, parse, type Fields } from "./json.js";

/** What a request carries, by whose it is. */
export interface Contents {
  readonly snowplow: readonly Fields[];
  /** Mixpanel's events, and its updates of profiles and groups. */
  readonly mixpanel: readonly Fields[];
  /** What stands beside them: in the query, and in a form or an envelope. */
  readonly beside: { readonly url: Fields; readonly body: Fields };
  /** Why not all of it can be judged. */
  readonly fault?: string;
}

/** Reads the events of a request, out of its body and its query. */
export function contentsOf(request: CapturedRequest): Contents {
  let inBody: Part;
  let inQuery: Part;
  try {
    inBody = readBody(request.body);
    inQuery = readQuery(request);
  } catch {
    return { ...NOTHING, fault: "a content that cannot be read" };
  }
  const items = [...inBody.items, ...inQuery.items];
  const beside = { url: inQuery.beside, body: inBody.beside };
  const snowplow = items.filter(isSnowplow);
  const mixpanel = items.filter(isMixpanel);
  const empty = items.filter(
    (item) => isFields(item) && Object.keys(item).length === 0,
  );
  const rest = items.length - snowplow.length - mixpanel.length - empty.length;
  const contents = { snowplow, mixpanel, beside };
  if (rest > 0) return { ...contents, fault: "an entry that is no event" };
  if (items.length === 0 && request.method !== "GET")
    return { ...contents, fault: "no content in the capture" };
  return contents;
}

const NOTHING = {
  snowplow: [],
  mixpanel: [],
  beside: { url: {}, body: {} },
} satisfies Contents;

/** What one place holds: entries that should be events, and the rest. */
interface Part {
  readonly items: readonly unknown[];
  readonly beside: Fields;
}

const isMixpanel = (item: unknown): item is Fields =>
  isFields(item) &&
  (typeof item.event === "string" ||
    Object.keys(item).some((key) => key.startsWith("$")));

const isSnowplow = (item: unknown): item is Fields =>
  isFields(item) && typeof item.e === "string" && !isMixpanel(item);

/** A body: JSON, a form with JSON or base64 in `data`, or base64 alone as a text beacon may have it. */
function readBody(body: string): Part {
  if (!body.trim()) return { items: [], beside: {} };
  if (/^\s*[[{]/.test(body)) return readValue(JSON.parse(body));
  const form = new URLSearchParams(body);
  return form.has("data") ? readForm(form) : readValue(parse(body));
}

/** A query: a form, or without a body one event of Snowplow's. Any other carries no events. */
function readQuery({ url, body, method }: CapturedRequest): Part {
  const query = new URLSearchParams(url.split(/\?(.*)/s)[1]);
  const hasBody = Boolean(body.trim());
  // A GET has no body: what is there is the query's, read by who wrote the capture.
  if (hasBody && method === "GET") query.delete("data");
  if (query.has("data")) return readForm(query);
  const fields = fieldsIn(query);
  return query.has("e") && !hasBody
    ? { items: [fields], beside: {} }
    : { items: [], beside: fields };
}

function readForm(form: URLSearchParams): Part {
  const parts = form.getAll("data").map((text) => readValue(parse(text)));
  const rest = [...form].filter(([name]) => name !== "data");
  return {
    items: parts.flatMap(({ items }) => items),
    beside: Object.assign(fieldsIn(rest), ...parts.map((part) => part.beside)),
  };
}

/** The entries of a list, of Snowplow's envelope, or of an object that is the only one. */
function readValue(value: unknown): Part {
  if (Array.isArray(value)) return { items: value, beside: {} };
  const { data, ...beside } = fieldsOf(value);
  return Array.isArray(data)
    ? { items: data, beside }
    : { items: [value], beside: {} };
}

/** Pairs as fields. What is there twice is kept twice, in lines. */
function fieldsIn(pairs: Iterable<[string, string]>): Fields {
  const fields: Record<string, string> = {};
  for (const [name, value] of pairs)
    fields[name] = name in fields ? `${fields[name]}\n${value}` : value;
  return fields;
}
