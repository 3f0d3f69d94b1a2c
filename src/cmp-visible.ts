/**
 * Snowplow's event that tells how long a banner took to show: `track(CMP_VISIBLE, { elapsedTime: 123 })`, in
 * milliseconds since the page began to load.
 */
export const CMP_VISIBLE =
  "iglu:com.snowplowanalytics.snowplow/cmp_visible/jsonschema/1-0-0";
