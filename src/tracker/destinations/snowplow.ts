import {
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../../consent/refuse.js";
import type { Call, Destination, Entity, Properties } from "../destination.js";
import { endpoint, headers, toAddress } from "./endpoint.js";
import {
  structured,
  wire,
  type Basis,
  type SnowplowOptions,
} from "./snowplow-wire.js";

const CONTEXTS = { webPage: true, session: false, browser: false };

const CONSENT = {
  url: undefined as string | undefined,
  basis: "consent" as string,
  domains: undefined as readonly string[] | undefined,
};

const DEFAULTS = {
  endpoint: "",
  appId: undefined,
  namespace: "sp",
  platform: "web",
  method: "post",
  postPath: "/com.snowplowanalytics.snowplow/tp2",
  contexts: CONTEXTS,
  encodeBase64: undefined,
  consent: CONSENT,
  schemas: {},
  customHeaders: {},
  credentials: "omit",
};

/** Options that hold options. */
const GROUPS = { contexts: CONTEXTS, consent: CONSENT };

const PLATFORMS = ["web", "mob", "pc", "srv", "app", "tv", "cnsl", "iot"];

/** The lawful bases, as the schemas name them. */
export const BASES: readonly Basis[] = [
  "consent",
  "contract",
  "legal_obligation",
  "vital_interests",
  "public_task",
  "legitimate_interests",
];

/** How Iglu names a schema. */
const IGLU = /^iglu:[\w.-]+\/[\w-]+\/[\w-]+\/\d+-\d+-\d+$/;

/**
 * Sends to a Snowplow collector, as Snowplow's own trackers do: `payload_data/1-0-4`, or one event a request to `/i`.
 *
 * - `page()` is a page view. It has no room for properties: `page()` with some throws a `TypeError`.
 * - `track()` with a schema for its name, or with a name that `schemas` lists, is a self-describing event with the
 *   properties as its data and nothing else: what was registered has no place in a schema of somebody's.
 * - Any other `track()` is a structured event. Its action is the name; the texts `category` (default `"event"`), `label`
 *   and `property` and the number `value` have columns of their own. Where other properties are left, they and `property`
 *   go into the property column as JSON, at most 1000 characters. What was registered counts as the event's own.
 * - A decision is a `consent_preferences`. A choice of `anonymous` is neither a yes nor a no: with it the event is
 *   `allow_selected`, without that scope. A revision of more than 16 characters cannot be told: a `consent-error`.
 * - `identify()` sends nothing; the events after it carry the id. Profiles, groups and aliases throw a `TypeError`.
 *
 * Below the level `full` there is no `duid` and no `uid`, addresses go without query and hash, referrers as the origin
 * alone, and entities without lasting identifiers (`stripEntities`); `sid` and `vid` go from the level `session` on.
 * What the caller writes into an event's own properties is sent as it is.
 *
 * Throws a `TypeError` for an unknown or misplaced option, and a `TypeError` or a `RangeError` for a value that Snowplow
 * would not take.
 */
export function snowplow(
  options: Loose<SnowplowOptions> & Pick<SnowplowOptions, "endpoint">,
): Destination {
  refuseMisplaced(options);
  const given = withDefaults(
    DEFAULTS as unknown as Required<SnowplowOptions>,
    options,
  );
  const { contexts, consent, schemas, encodeBase64, customHeaders } = given;
  endpoint(given.endpoint, "https://collector.example");
  for (const [name, most] of [
    ["appId", 255],
    ["namespace", 128],
  ] as const) {
    const value = given[name];
    if (value !== undefined && text(name, value).length > most)
      refuse(name, value, `at most ${most} characters`);
  }
  oneOf("platform", given.platform, PLATFORMS);
  oneOf("method", given.method, ["post", "get"]);
  oneOf("credentials", given.credentials, ["omit", "same-origin", "include"]);
  if (!/^\/[^?#]+$/.test(text("postPath", given.postPath)))
    refuse("postPath", given.postPath, DEFAULTS.postPath);
  for (const [name, value] of Object.entries({ ...contexts, encodeBase64 }))
    if (value !== undefined && typeof value !== "boolean")
      refuse(name, [value], "true or false");
  for (const [name, uri] of Object.entries(schemas))
    checkSchema(`the schema of ${name}`, uri);
  headers("customHeaders", customHeaders);
  if (consent) {
    const { url, basis, domains } = { ...CONSENT, ...consent };
    oneOf("consent.basis", basis, BASES);
    if (url !== undefined && !toAddress(text("consent.url", url)))
      refuse("consent.url", url, "https://shop.example/privacy");
    if (domains !== undefined && !isListOfTexts(domains))
      refuse("consent.domains", [domains], '["shop.example"]');
    if (!globalThis.document && !(url && domains))
      refuse(
        "consent",
        [consent],
        "{ url, domains } where there is no document, or false",
      );
  }
  const destination = wire(given);
  const isStructured = ({ verb, name }: Pick<Call, "verb" | "name">) =>
    verb === "track" &&
    !name.startsWith("iglu:") &&
    !Object.hasOwn(schemas, name);
  return {
    ...destination,
    decisions: !!consent,
    check(call) {
      check(call);
      if (isStructured(call))
        limit(structured(call.name, JSON.parse(call.json) as Properties));
    },
    write(message) {
      const { name, who, properties } = message;
      // What was registered comes on top of what was checked at the call.
      if (who.registered && isStructured(message))
        limit(structured(name, { ...who.registered, ...properties }));
      return destination.write(message);
    },
  };
}

/** Refuses an option with an unknown name, or in the wrong place, and names the right one. */
function refuseMisplaced(options: object): void {
  const places = Object.entries({ "": DEFAULTS, ...GROUPS });
  for (const [place, allowed] of places) {
    const group: unknown = place ? options[place as never] : options;
    if (group === undefined || (place === "consent" && group === false))
      continue;
    if (!group || typeof group !== "object" || Array.isArray(group))
      refuse(place || "options", [group], `{ ${Object.keys(allowed)} }`);
    for (const key of Object.keys(group)) {
      if (key in allowed) continue;
      const [right] = places.find(([, names]) => key in names) ?? [];
      refuse(
        place ? `an option in ${place}` : "an option",
        [key],
        right === undefined
          ? Object.keys(allowed)
          : right
            ? `${right}: { ${key} }`
            : `${key} beside ${place}, not in it`,
      );
    }
  }
}

function isListOfTexts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => item && typeof item === "string")
  );
}

function checkSchema(what: string, uri: unknown): void {
  if (typeof uri !== "string" || !IGLU.test(uri))
    refuse(what, uri ?? null, "iglu:vendor/name/jsonschema/1-0-0");
}

/** Throws for a call that Snowplow has no form for. */
function check({ verb, name, json, entities = [], hash }: Call): void {
  if (verb === "profile" || verb === "group" || verb === "alias")
    refuse("a destination", [`Snowplow, which has no ${verb}`], "track()");
  if (verb === "page" && json.length > 2)
    refuse("a page view", [json], "properties as an entity");
  if (verb === "identify" && !hash && name.length > 255)
    refuse("a user id's length", name.length, "at most 255 characters");
  if (verb === "track" && name.startsWith("iglu:"))
    checkSchema("an event's schema", name);
  for (const entity of entities) checkEntity("an entity", entity);
}

/** Throws where `given` is no self-describing JSON. */
export function checkEntity(what: string, given: unknown): void {
  const { schema, data } = Object(given) as Partial<Entity>;
  checkSchema(`${what}'s schema`, schema);
  if (!data || typeof data !== "object")
    refuse(`${what}'s data`, [data], "an object");
}

/** What the columns of a structured event hold by `atomic/1-0-0`; an event with more fails in the pipeline. In characters. */
const LIMITS = { se_ac: 1000, se_ca: 1000, se_la: 4096, se_pr: 1000 };

function limit(columns: Record<string, unknown>): void {
  for (const [column, most] of Object.entries(LIMITS)) {
    const { length } = `${columns[column] ?? ""}`;
    if (length > most)
      refuse(
        `the length of ${column} in "${`${columns["se_ac"]}`.slice(0, 99)}"`,
        length,
        `at most ${most} characters, or give the event a schema`,
      );
  }
}
