import type { CapturedRequest } from "./capture.js";
import type { Contents } from "./contents.js";
import {
  fieldsOf,
  isFields,
  isSaid,
  listOf,
  parse,
  type Fields,
} from "./json.js";
import type { Finding } from "./leak.js";
import { RULES, type Level } from "./level.js";
import { setNames } from "./set-cookie.js";
import { namesSomebody, textLeaks } from "./texts.js";

/** What an anonymised `client_session` has for a user. */
const NIL = "00000000-0000-0000-0000-000000000000";

/** Fields of the tracker protocol that name a user, a device or a network address. */
const USER_FIELDS = [
  "duid",
  "uid",
  "nuid",
  "tnuid",
  "ip",
  "fp",
  "mac",
  "ad_uid",
];
const SESSION_FIELDS = ["sid", "vid"];
const ENTITY_FIELDS = [
  "userId",
  "tabId",
  "appleIdfa",
  "appleIdfv",
  "androidIdfa",
  "openIdfa",
  "appSetId",
];

/** The JSON columns of an event: plain on POST, in base64url on GET. */
const ENTITY_COLUMNS = ["co", "cx"];
const EVENT_COLUMNS = ["ue_pr", "ue_px"];

/** What an event says that `level` does not allow. */
export function snowplowEventLeaks(event: Fields, level: Level): Finding[] {
  const where = `event ${event.e}`;
  const found: Finding[] = [];
  const add = (what: string) => void found.push({ where, what });
  const { session } = RULES[level];

  for (const field of bannedAt(level)) if (isSaid(event[field])) add(field);

  const opened: Fields = { ...event };
  for (const column of [...ENTITY_COLUMNS, ...EVENT_COLUMNS]) {
    try {
      openColumn(opened, column);
    } catch {
      add(`${column} that cannot be read`);
    }
  }
  const entities = ENTITY_COLUMNS.flatMap((column) =>
    listOf(fieldsOf(opened[column]).data),
  );
  const events = EVENT_COLUMNS.flatMap(
    (column) => fieldsOf(opened[column]).data ?? [],
  );
  for (const entity of [...entities, ...events])
    for (const what of entityLeaks(fieldsOf(entity), !!session)) add(what);
  return [...found, ...textLeaks(where, opened)];
}

const bannedAt = (level: Level) =>
  RULES[level].session ? USER_FIELDS : [...USER_FIELDS, ...SESSION_FIELDS];

/** Replaces a JSON column by its value. Captures may have it decoded, in its place or in a `_decoded` twin. */
function openColumn(event: Fields, column: string): void {
  const twin = `${column}_decoded`;
  const value = event[twin] ?? event[column];
  if (value === undefined) return;
  delete event[twin];
  event[column] = isFields(value) ? value : parse(`${value}`);
}

function entityLeaks({ schema, data }: Fields, session: boolean): string[] {
  const name = `${schema}`.split("/")[1] ?? "an entity without a schema";
  const fields = fieldsOf(data);
  if (name !== "client_session")
    return ENTITY_FIELDS.filter((field) => isSaid(fields[field])).map(
      (field) => `${name}.${field}`,
    );
  return [
    ...(session ? [] : [name]),
    ...(fields.userId === NIL ? [] : [`${name}.userId`]),
    ...(fields.previousSessionId ? [`${name}.previousSessionId`] : []),
    // The schema refuses it, so that every event with it is lost.
    ...(fields.sessionId ? [] : [`${name}.sessionId that is empty`]),
  ];
}

/** What a request to a Snowplow collector says beside its events, or the answer gives. */
export function snowplowRequestLeaks(
  { headers, setCookies }: CapturedRequest,
  beside: Contents["beside"],
  level: Level,
): Finding[] {
  const { cookie = "", referer = "" } = headers;
  const { server } = RULES[level];
  const found: Finding[] = [];
  const add = (where: string, what: string) => void found.push({ where, what });

  // A collector looks whether the header is there, not what it says.
  if (server && headers["sp-anonymous"] === undefined)
    add("request", "no SP-Anonymous header");
  for (const [where, fields] of Object.entries(beside))
    for (const name of Object.keys(fields))
      if (bannedAt(level).includes(name)) add(where, name);
      else if (namesSomebody(`?${name}=`))
        add(where, "a parameter that identifies");
  for (const [name = "", value = ""] of pairsOf(cookie)) {
    for (const what of idCookieLeaks(name, value, level))
      add("header cookie", what);
    if (server && name === "sp" && value)
      add("header cookie", "sp, the network user id");
  }
  if (server)
    for (const name of setNames(setCookies)) add("set-cookie", `sets ${name}`);
  if (namesSomebody(referer))
    add("header referer", "a parameter that identifies");
  return found;
}

/** What the tracker's own cookies tell: `_sp_id.<hash>` begins with the domain user id, then come those of sessions. */
export function idCookieLeaks(
  name: string,
  value: string,
  level: Level,
): string[] {
  // Sites may choose another prefix than _sp_.
  if (!/id\.[\da-f]{4}$/.test(name)) return [];
  return [
    ...(value.split(".", 1)[0] ? [`${name} with a domain user id`] : []),
    ...(RULES[level].session ? [] : [name]),
  ];
}

const pairsOf = (cookie: string) =>
  cookie.split(/;\s*/).map((pair) => pair.split(/=(.*)/s));
