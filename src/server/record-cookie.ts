import { toMilliseconds } from "../consent/duration.js";
import {
  fromText,
  newer,
  toText,
  type ConsentRecord,
} from "../consent/record.js";
import { onlyKnown, refuse } from "../consent/refuse.js";
import { unconfirmed } from "../consent/unconfirmed.js";
import { answer } from "./answer.js";
import { bodyOf } from "./body.js";
import { isOwnSite, type OwnSiteOptions } from "./own-site.js";

/** How the record's cookie is set. Give page and server the same. */
export interface RecordCookieOptions {
  /** The name of the cookie. Default: `"consent"`. */
  name?: string;
  /** Share the cookie with subdomains: `"shop.example"`. Default: the host that answers. */
  domain?: string | undefined;
  /** How long a decision holds from its own time on: milliseconds or `"P6M"`. Default: 180 days. */
  maxAge?: number | string;
  /** Whether the cookie goes over https alone. Default: `true`; `recordHandler` leaves it out for a page on http. */
  secure?: boolean;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
}

const NAMES: readonly (keyof (RecordCookieOptions & OwnSiteOptions))[] = [
  "name",
  "domain",
  "maxAge",
  "secure",
  "clock",
  "origins",
];

/** What a record may take of the room that a page's cookies share. In characters. */
const MAX_LENGTH = 1024;

const check = (options: RecordCookieOptions & OwnSiteOptions) => {
  onlyKnown(options, NAMES);
  const { name = "consent", domain, maxAge = "P180D" } = options;
  if (!/^[\w.-]+$/.test(name)) refuse("name", name, "a word such as consent");
  if (domain !== undefined && !/^[a-z\d.-]+$/i.test(domain))
    refuse("domain", domain, "a host such as shop.example");
  return {
    ...options,
    name,
    maxAge: toMilliseconds(maxAge),
    clock: options.clock ?? Date.now,
  };
};

/** Reads a record that is written exactly as `toText` writes it: whatever else a text holds, it is no record. */
function strictly(text: string, now: number): ConsentRecord | undefined {
  if (text.length > MAX_LENGTH) return;
  const record = fromText(text, now);
  return record?.revision && record.action && toText(record) === text
    ? record
    : undefined;
}

/**
 * The `Set-Cookie` for a record's text; `undefined` for what is no record, is over 1 KB, has expired, or is dated in the future. It
 * lasts for what is left of the decision's time and no longer, however often it is asked for. It is not `HttpOnly`: the page reads it.
 */
export function recordCookie(
  text: string,
  options: RecordCookieOptions = {},
): string | undefined {
  const { name, domain, maxAge, secure = true, clock } = check(options);
  const record = strictly(text, clock());
  if (!record) return;
  const left = Math.floor((Date.parse(record.time) + maxAge - clock()) / 1000);
  if (left < 1) return;
  return [
    `${name}=${toText(record)}`,
    `Max-Age=${left}`,
    "Path=/",
    ...(domain ? [`Domain=${domain}`] : []),
    "SameSite=Lax",
    ...(secure ? ["Secure"] : []),
  ].join("; ");
}

/** The record in a `Cookie` header, for a server that wants to know the visitor's decision; `undefined` where there is none that holds. */
export function recordOf(
  cookies: string | null | undefined,
  options: RecordCookieOptions = {},
): ConsentRecord | undefined {
  const { name, maxAge, clock } = check(options);
  const now = clock();
  const found = (cookies ?? "")
    .split("; ")
    .map((cookie) => cookie.split(/=(.*)/s))
    .filter(([key]) => key === name || key === unconfirmed(name))
    .map(([, text = ""]) => strictly(text, now))
    .reduce(newer, undefined);
  return found && Date.parse(found.time) + maxAge > now ? found : undefined;
}

/**
 * Answers the posts of `serverStorage()`: 204 with the record's cookie, 400 for what is no record, 409 where the visitor's cookies hold
 * a newer one, 403 for another site, 405 for anything but a POST. It keeps nothing.
 */
export function recordHandler(
  options: RecordCookieOptions & OwnSiteOptions = {},
): (request: Request) => Promise<Response> {
  const { origins = [], ...cookie } = check(options);
  return async (request) => {
    if (request.method !== "POST") return answer(405, { allow: "POST" });
    if (!isOwnSite(request, { origins })) return answer(403);
    const text = (await bodyOf(request, MAX_LENGTH)) ?? "";
    const set = recordCookie(text, {
      secure: !request.headers.get("origin")?.startsWith("http:"),
      ...cookie,
    });
    if (!set) return answer(400);
    const known = recordOf(request.headers.get("cookie"), cookie);
    if (known && known.time > strictly(text, cookie.clock())!.time)
      return answer(409);
    return answer(204, { "set-cookie": set });
  };
}
