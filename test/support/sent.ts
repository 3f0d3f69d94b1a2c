import type { PlainRequest } from "../../src/testing/index.js";

const IGLU = "iglu:com.snowplowanalytics.snowplow";

/** The least that a Snowplow tracker sends: one clean page view to a collector, with `event` over it. */
export function snowplowPost(
  event: Record<string, unknown> = {},
  request: Partial<PlainRequest> = {},
): PlainRequest {
  return {
    method: "POST",
    url: "https://c.shop.test/com.snowplowanalytics.snowplow/tp2",
    headers: { "SP-Anonymous": "*", "content-type": "application/json" },
    body: JSON.stringify({
      schema: `${IGLU}/payload_data/jsonschema/1-0-4`,
      data: [{ e: "pv", tv: "js", p: "web", ...event }],
    }),
    ...request,
  };
}

/** A Snowplow JSON column with one entity in it. */
export function column(
  entity: string,
  data: Record<string, unknown>,
): { schema: string; data: unknown[] } {
  return {
    schema: `${IGLU}/contexts/jsonschema/1-0-0`,
    data: [{ schema: `iglu:com.acme/${entity}/jsonschema/1-0-0`, data }],
  };
}

/** The least that an anonymous Mixpanel event is, with `properties` over it. */
export function mixpanelEvent(properties: Record<string, unknown> = {}): {
  event: string;
  properties: Record<string, unknown>;
} {
  return {
    event: "A",
    properties: {
      token: "tok_demo",
      distinct_id: "$device:9f0c",
      $device_id: "9f0c",
      $current_url: "https://shop.test/kites",
      $referrer: "https://search.test/",
      ...properties,
    },
  };
}

/** A request to Mixpanel with `items`, in a form as the library sends it. */
export function mixpanelPost(
  items: unknown = [mixpanelEvent()],
  request: Partial<PlainRequest> = {},
): PlainRequest {
  return {
    method: "POST",
    url: "https://api.mixpanel.com/track/?verbose=1&ip=0&_=1",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `data=${encodeURIComponent(JSON.stringify(items))}`,
    ...request,
  };
}

/** The UTF-8 bytes of `text` in base64. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
