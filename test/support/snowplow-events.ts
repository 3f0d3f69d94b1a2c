import type { Delivery } from "../../src/tracker/destination.js";

/** Self-describing JSON as it arrives. */
interface Described {
  readonly schema: string;
  readonly data: Record<string, unknown>;
}

/** One event of a request to a Snowplow collector, taken apart. */
export interface SnowplowEvent {
  /** What was sent, without the columns of JSON. */
  readonly fields: Record<string, string>;
  /** The names of all that was sent. */
  readonly names: readonly string[];
  readonly entities: readonly Described[];
  readonly event: Described | undefined;
}

/** The events that a request carries, read as a collector reads them. */
export function snowplowEvents({ url, body }: Delivery): SnowplowEvent[] {
  const items =
    body === undefined
      ? [Object.fromEntries(new URL(url).searchParams)]
      : (JSON.parse(body) as { data: Record<string, string>[] }).data;
  return items.map((item) => {
    const { co, cx, ue_pr, ue_px, ...fields } = item;
    return {
      fields,
      names: Object.keys(item).toSorted(),
      entities: (inside(co, cx) ?? []) as Described[],
      event: inside(ue_pr, ue_px) as Described | undefined,
    };
  });
}

function inside(plain?: string, coded?: string): unknown {
  const text = plain ?? (coded && textOf(coded));
  return text ? (JSON.parse(text) as { data: unknown }).data : undefined;
}

function textOf(coded: string): string {
  if (!/^[\w-]+$/.test(coded)) throw new Error(`not base64url: ${coded}`);
  const bytes = atob(coded.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(
    Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
  );
}

/** An event of the real browser-tracker, as the captures keep it. */
export interface CapturedEvent {
  readonly names: readonly string[];
  /** The names of each entity's fields, by the entity's schema. */
  readonly entities: Readonly<Record<string, readonly string[]>>;
}

/** What `items` of a capture, or of a request of ours, have: nothing of their values. */
export function shapeOf({
  names,
  entities,
}: Pick<SnowplowEvent, "names" | "entities">): CapturedEvent {
  return {
    names: names.toSorted(),
    entities: Object.fromEntries(
      entities
        .map(({ schema, data }) => [schema, Object.keys(data).toSorted()])
        .toSorted(),
    ) as Record<string, string[]>,
  };
}

/** Reads the first page view, structured and self-describing event of a capture of the real tracker. */
export async function snowplowCapture(file: string): Promise<CapturedEvent[]> {
  const url = new URL(`../fixtures/${file}.json`, import.meta.url);
  const { requests } = (await (await fetch(url)).json()) as {
    requests: { payload: { data: Record<string, unknown>[] } | null }[];
  };
  const events = requests.flatMap(({ payload }) => payload?.data ?? []);
  return ["pv", "se", "ue"].map((kind) => {
    const item = events.find(({ e }) => e === kind)!;
    const contexts = (item["co"] ?? item["cx_decoded"]) as {
      data: Described[];
    };
    return shapeOf({
      names: Object.keys(item).filter((name) => !name.endsWith("_decoded")),
      entities: contexts.data,
    });
  });
}
