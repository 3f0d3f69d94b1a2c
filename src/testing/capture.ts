import { refuse } from "../consent/refuse.js";
import { fieldsOf, isFields, listOf, type Fields } from "./json.js";

/** A request as a test can write it down itself. */
export interface PlainRequest {
  /** Default: `GET`. */
  readonly method?: string;
  /** The whole address, with its query. */
  readonly url: string;
  /** As sent, `Cookie` among them. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** As sent, or already read out of its JSON. */
  readonly body?: unknown;
  /** As they came back; several `Set-Cookie` are a list, or lines. */
  readonly responseHeaders?: Readonly<Record<string, unknown>>;
}

/**
 * What was recorded of a visit: a list of requests, the `requests` of this project's collector, an object with such a
 * list under `requests`, or a HAR 1.2 file as Playwright and developer tools write it. Each is given as the value, read
 * out of its JSON.
 */
export type Capture =
  | readonly (PlainRequest | object)[]
  | { readonly requests: readonly object[] }
  | { readonly log: { readonly entries: readonly object[] } };

/** One request in one shape, whoever wrote it down. */
export interface CapturedRequest {
  /** From 1, over everything that the capture holds. */
  readonly number: number;
  readonly method: string;
  /** With its query. Without host where the capture names none. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The values of `Set-Cookie` in the answer, one each. */
  readonly setCookies: readonly string[];
}

/** The requests of a capture that count. */
export function requestsIn(
  capture: unknown,
  endpoints: readonly string[],
): readonly CapturedRequest[] {
  const fields = fieldsOf(capture);
  const isHar = isFields(fields.log);
  const list = isHar
    ? fieldsOf(fields.log).entries
    : Array.isArray(capture)
      ? capture
      : fields.requests;
  if (!Array.isArray(list))
    refuse(
      "a capture",
      capture ?? null,
      "a list of requests, { requests: [...] }, or the content of a HAR file",
    );
  const requests = (list as unknown[]).map(toRequest);
  if (endpoints.length > 0)
    return requests.filter(({ url }) =>
      endpoints.some((endpoint) => isBelow(url, endpoint)),
    );
  return isHar ? likeCollectors(requests) : requests;
}

/** Names and values of the cookies that a capture says were left behind. */
export function cookiesLeft(
  capture: unknown,
): readonly { readonly name: string; readonly value: string }[] {
  return listOf(fieldsOf(fieldsOf(capture).storageAfter).cookies).map(
    (cookie) => {
      const { name, value } = fieldsOf(cookie);
      return { name: `${name}`, value: `${value ?? ""}` };
    },
  );
}

function toRequest(given: unknown, index: number): CapturedRequest {
  const entry = fieldsOf(given);
  // HAR keeps a request and its answer side by side; the others keep the request's fields on top.
  const request = isFields(entry.request) ? entry.request : entry;
  const url = urlOf(request);
  if (url === undefined)
    refuse(
      `request ${index + 1} of the capture`,
      given ?? null,
      "{ method, url, headers, body }",
    );
  const response = fieldsOf(entry.response);
  const answer = headersOf(entry.responseHeaders ?? response.headers);
  const headers = headersOf(request.headers);
  const cookie =
    headers.cookie ??
    listOf(request.cookies)
      .map(fieldsOf)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  return {
    number: index + 1,
    method: `${request.method ?? "GET"}`.toUpperCase(),
    url: url as string,
    headers: cookie ? { ...headers, cookie } : headers,
    body: bodyOf(request),
    setCookies: [
      answer["set-cookie"] ?? listOf(response.cookies).map(setCookieOf),
      entry.responseSetCookie,
    ]
      .flat()
      .flatMap((lines) => `${lines ?? ""}`.split("\n"))
      .filter(Boolean),
  };
}

/** A cookie that a HAR file has taken apart, put together again. */
function setCookieOf(cookie: unknown): string {
  const { name, value, expires } = fieldsOf(cookie);
  return `${name}=${value}${expires ? `; Expires=${expires}` : ""}`;
}

/** The address of a request; of one that was taken apart, put together again. */
function urlOf({ url, host, path, query }: Fields): string | undefined {
  if (typeof url === "string") return url;
  if (typeof path !== "string") return undefined;
  const search = `${new URLSearchParams(fieldsOf(query) as Record<string, string>)}`;
  return `${host ? `https://${host}` : ""}${path}${search && `?${search}`}`;
}

/** Headers out of an object or of a list of names and values, several of one name in lines. */
function headersOf(given: unknown): Record<string, string> {
  const pairs: readonly unknown[][] = Array.isArray(given)
    ? given.map(fieldsOf).map(({ name, value }) => [name, value])
    : Object.entries(fieldsOf(given));
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (value === undefined || value === null) continue;
    const key = `${name}`.toLowerCase();
    const text = [value].flat().join("\n");
    headers[key] = key in headers ? `${headers[key]}\n${text}` : text;
  }
  return headers;
}

/** The body as text, from where each kind of capture has it. */
function bodyOf({ body, payload, events, postData }: Fields): string {
  const { text, params } = fieldsOf(postData);
  const content =
    body ??
    payload ??
    (listOf(events).length > 0
      ? listOf(events).map((event) => fieldsOf(event).data)
      : undefined) ??
    (text || formOf(params));
  if (content === undefined || content === null) return "";
  return typeof content === "string" ? content : JSON.stringify(content);
}

/** A form that was taken apart, put together again. */
function formOf(params: unknown): string {
  return listOf(params)
    .map(fieldsOf)
    .map(({ name, value }) => `${name}=${encodeURIComponent(`${value ?? ""}`)}`)
    .join("&");
}

/** Whether `url` is `endpoint` or below it. Both are compared as a browser writes them. */
function isBelow(url: string, endpoint: string): boolean {
  const start = endpoint.replace(/\/+$/, "");
  const href = URL.canParse(url) ? new URL(url).href : url;
  return (
    href.startsWith(start) && /^(?:[/?#]|$)/.test(href.slice(start.length))
  );
}

/** What ends a collector's address, or begins its body. */
const COLLECTOR_PATH = /\/(?:track|engage|groups|import|i|tp2)\/?$/;
const COLLECTOR_BODY = "/payload_data/jsonschema/";
/** Mixpanel's questions for feature flags, and its recordings: their paths alone are anyone's. */
const COLLECTOR_QUERY =
  /\/(?:flags\/?\?(?:.*&)?context=|record\/?\?(?:.*&)?(?:distinct|replay)_id=)/;

/**
 * Of a whole visit, the requests that look like a collector's. So does every other request to its host, unless pages
 * come from there too: a feature flag or a cookie service may name the visitor as well.
 */
function likeCollectors(
  requests: readonly CapturedRequest[],
): readonly CapturedRequest[] {
  const isPage = ({ headers }: CapturedRequest) =>
    headers.accept?.includes("text/html");
  const isCollectors = (request: CapturedRequest) =>
    !isPage(request) &&
    (COLLECTOR_PATH.test(request.url.replace(/[?#].*/s, "")) ||
      COLLECTOR_QUERY.test(request.url) ||
      request.body.includes(COLLECTOR_BODY));
  const originOf = ({ url }: CapturedRequest) =>
    url
      .split("/", 3)
      .join("/")
      .replace(/[?#].*/s, "");
  const origins = new Set(requests.filter(isCollectors).map(originOf));
  for (const request of requests)
    if (isPage(request)) origins.delete(originOf(request));
  return requests.filter(
    (request) => isCollectors(request) || origins.has(originOf(request)),
  );
}
