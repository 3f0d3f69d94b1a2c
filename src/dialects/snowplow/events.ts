import { oneOf, onlyKnown, refuse, text } from "../../consent/refuse.js";
import type { Entity, More, Properties } from "../../tracker/destination.js";
import { BASES } from "../../tracker/destinations/snowplow.js";
import type { Basis } from "../../tracker/destinations/snowplow-wire.js";
import { toJson } from "../../tracker/engine.js";
import type { Level } from "../../tracker/level.js";
import { CMP_VISIBLE } from "../../cmp-visible.js";

/** Data with the address of its schema. */
export type SelfDescribingJson = Entity;

/** The time of an event: `dtm` is the device's, `ttm` one that the caller vouches for. In milliseconds since the epoch. */
export type Timestamp = number | { type: "dtm" | "ttm"; value: number };

/** What every event may have. */
export interface CommonEventProperties {
  /** Entities that go with this event. Below the level `full`, without lasting identifiers. */
  context?: readonly SelfDescribingJson[] | null | undefined;
  timestamp?: Timestamp | null | undefined;
}

export interface StructuredEvent {
  category: string;
  action: string;
  label?: string | undefined;
  property?: string | undefined;
  value?: number | undefined;
}

export interface SelfDescribingEvent {
  event: SelfDescribingJson;
}

/** What a consent event says. */
export interface ConsentEvent extends CommonEventProperties {
  /** What was agreed to. At least one: a refusal of everything leaves `["necessary"]`. */
  consentScopes: readonly string[];
  basisForProcessing: Basis;
  /** The policy's absolute address. */
  consentUrl: string;
  /** At most 16 characters. */
  consentVersion: string;
  /** Where it holds. At least one. */
  domainsApplied: readonly string[];
  gdprApplies?: boolean | undefined;
}

export interface CmpVisibleEvent extends CommonEventProperties {
  /** How long the banner took to show, in milliseconds. */
  elapsedTime: number;
}

/** An event as an engine takes it. */
export interface Told {
  readonly verb: "track" | "page";
  readonly name: string;
  readonly properties: Properties;
  readonly more: More;
  /** Snowplow's name for this kind of event, where the verb and the name do not tell it. */
  readonly type?: "pp";
}

const COMMON = ["context", "timestamp"];

/** Checks an event's names, and takes what all events may have. */
export function common(event: object, ...names: string[]): More {
  if (!event || typeof event !== "object" || Array.isArray(event))
    refuse("an event", [event], `{ ${names} }`);
  onlyKnown(event, [...names, ...COMMON]);
  const { context, timestamp } = event as CommonEventProperties;
  if (context && !Array.isArray(context))
    refuse("context", [context], "a list of { schema, data }");
  const { type, value } =
    timestamp && typeof timestamp === "object"
      ? timestamp
      : { type: "dtm", value: timestamp };
  if (value != null && !Number.isFinite(value))
    refuse("timestamp", [value], "milliseconds since the epoch");
  oneOf("timestamp.type", type, ["dtm", "ttm"]);
  return {
    // A copy: what is changed later did not happen at the call.
    ...(context?.length && { entities: copyOf(context) }),
    ...(value != null &&
      (type === "ttm"
        ? { trueTime: Math.round(value) }
        : { timestamp: Math.round(value) })),
  };
}

/** What a caller hands over as entities. Throws for what JSON cannot hold. */
const copyOf = (entities: readonly Entity[]): readonly Entity[] =>
  (JSON.parse(toJson({ context: entities })) as { context: Entity[] }).context;

/** What is joined to nobody counts as anonymous from the start, where something may leave: no fall of the level takes it along. */
export const asTaken = ({ least }: More, level: Level): Pick<More, "level"> =>
  least && /session|full/.test(level) ? { level: least } : {};

/** A structured event. What is empty or null was not given. */
export function structuredEvent(event: StructuredEvent): Told {
  const more = common(
    event,
    "category",
    "action",
    "label",
    "property",
    "value",
  );
  const { action, category, label, property, value } = event;
  const columns: Record<string, unknown> = {
    category: text("category", category),
  };
  for (const [name, given] of Object.entries({ label, property })) {
    if (given == null || given === "") continue;
    columns[name] = text(name, given);
  }
  if (value != null) {
    if (typeof value !== "number" || !Number.isFinite(value))
      refuse("value", [value], "a number");
    columns["value"] = value;
  }
  const name = text("action", action);
  // Such a name would be taken for a schema.
  if (name.startsWith("iglu:"))
    refuse("action", name, "trackSelfDescribingEvent() for a schema");
  return { verb: "track", name, properties: columns, more };
}

/** A self-describing event. */
export function described(json: SelfDescribingJson, more: More = {}): Told {
  const { schema, data } = Object(json) as SelfDescribingJson;
  if (!text("schema", schema).startsWith("iglu:"))
    refuse("schema", schema, "iglu:vendor/name/jsonschema/1-0-0");
  if (!data || typeof data !== "object")
    refuse("data", [data], "an object, as the schema asks");
  return {
    verb: "track",
    name: schema,
    properties: data,
    // Whoever has just said no is in nobody's lane, visit or view.
    more: isFarewell(schema, data) ? { ...more, least: "anonymous" } : more,
  };
}

const PREFERENCES =
  "iglu:com.snowplowanalytics.snowplow/consent_preferences/jsonschema/1-0-0";

/** The longest that a scope or a domain may be. In characters. */
const LONGEST = 1024;

const texts = (what: string, given: unknown, example: string) => {
  if (
    !Array.isArray(given) ||
    !given.length ||
    !given.every((item) => item && typeof item === "string")
  )
    refuse(what, [given], example);
  const longest = Math.max(...given.map((item: string) => item.length));
  if (longest > LONGEST)
    refuse(`the length of one of ${what}`, longest, `at most ${LONGEST}`);
  return given as string[];
};

/** An event that tells of a choice. Throws where the schema would fail it in the pipeline, long after the call. */
export function consentEvent(eventType: string, event: ConsentEvent): Told {
  const more = common(
    event,
    "consentScopes",
    "basisForProcessing",
    "consentUrl",
    "consentVersion",
    "domainsApplied",
    "gdprApplies",
  );
  const { consentUrl, consentVersion, gdprApplies } = event;
  if (!URL.canParse(text("consentUrl", consentUrl)))
    refuse("consentUrl", consentUrl, "https://shop.example/privacy");
  if (text("consentVersion", consentVersion).length > 16)
    refuse("consentVersion", consentVersion, "at most 16 characters");
  if (gdprApplies != null && typeof gdprApplies !== "boolean")
    refuse("gdprApplies", [gdprApplies], "true or false");
  const data = {
    eventType,
    basisForProcessing: oneOf(
      "basisForProcessing",
      event.basisForProcessing,
      BASES,
    ),
    // As an address is written: a space in it would fail the schema.
    consentUrl: new URL(consentUrl).href,
    consentVersion,
    consentScopes: texts(
      "consentScopes",
      event.consentScopes,
      '["necessary"] where all else was refused',
    ),
    domainsApplied: texts(
      "domainsApplied",
      event.domainsApplied,
      '["shop.example"]',
    ),
    ...(gdprApplies != null && { gdprApplies }),
  };
  return described({ schema: PREFERENCES, data }, more);
}

export function cmpVisible(event: CmpVisibleEvent): Told {
  const more = common(event, "elapsedTime");
  const { elapsedTime } = event;
  if (!(Number.isFinite(elapsedTime) && elapsedTime >= 0))
    refuse("elapsedTime", [elapsedTime], "milliseconds, 0 or more");
  return described({ schema: CMP_VISIBLE, data: { elapsedTime } }, more);
}

/** Whether an event tells that nothing may be known of the visitor any more. */
export function isFarewell(name: string, properties: Properties): boolean {
  return (
    name === PREFERENCES &&
    /^(deny_all|withdrawn|expired)$/.test(
      `${properties["eventType"] as string}`,
    )
  );
}
