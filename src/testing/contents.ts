import type { CapturedRequest } from "./capture.js";
import { fieldsOf, isFields, listOf, parse, type Fields } from "./json.js";

/** What a request carries, by whose it is. */
export interface Contents {
  readonly snowplow: readonly Fields[];
  /** Mixpanel's events, and its updates of profiles and groups. */
  readonly mixpanel: readonly Fields[];
  /** Why not all of it can be judged. */
  readonly fault?: string;
}

/** Reads the events of a request, out of its body or, where that is empty, its query. */
export function contentsOf(request: CapturedRequest): Contents {
  let items: readonly unknown[];
  try {
    items = itemsOf(request);
  } catch {
    return { ...NOTHING, fault: "a content that cannot be read" };
  }
  const snowplow = items.filter(isSnowplow);
  const mixpanel = items.filter(isMixpanel);
  const empty = items.filter(
    (item) => isFields(item) && Object.keys(item).length === 0,
  );
  const rest = items.length - snowplow.length - mixpanel.length - empty.length;
  if (rest > 0)
    return { snowplow, mixpanel, fault: "an entry that is no event" };
  if (items.length === 0 && request.method !== "GET")
    return { ...NOTHING, fault: "no content in the capture" };
  return { snowplow, mixpanel };
}

const NOTHING = { snowplow: [], mixpanel: [] } satisfies Contents;

const isMixpanel = (item: unknown): item is Fields =>
  isFields(item) &&
  (typeof item.event === "string" ||
    Object.keys(item).some((key) => key.startsWith("$")));

const isSnowplow = (item: unknown): item is Fields =>
  isFields(item) && typeof item.e === "string" && !isMixpanel(item);

function itemsOf({ url, body }: CapturedRequest): readonly unknown[] {
  if (body.trim()) return unwrapped(valueOf(body));
  const query = new URLSearchParams(url.split(/\?(.*)/s)[1]);
  if (query.has("data")) return unwrapped(parse(query.get("data") ?? ""));
  // Any other GET carries no events; what its query names is looked at as a text.
  return query.has("e") ? [Object.fromEntries(query)] : [];
}

/** The value of a body: JSON, a form with JSON or base64 in `data`, or base64 alone as a text beacon may have it. */
function valueOf(body: string): unknown {
  if (/^\s*[[{]/.test(body)) return JSON.parse(body);
  return parse(new URLSearchParams(body).get("data") ?? body);
}

/** The entries of a list, of Snowplow's envelope, or of an object that is the only one. */
function unwrapped(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { data } = fieldsOf(value);
  return Array.isArray(data) ? listOf(data) : [value];
}
