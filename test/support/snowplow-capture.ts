/** Captures that other tests read too; the rest lies in a folder of its own. */
const SHARED = new Set([
  "anon-server",
  "anon-true-get",
  "full-none",
  "rn-full",
]);

/** A capture of a real Snowplow tracker, as it was recorded. */
export async function snowplowCapture(
  name: string,
): Promise<{ requests: object[] }> {
  const folder = SHARED.has(name) ? "snowplow-wire" : "snowplow-levels";
  const url = new URL(`../fixtures/${folder}/${name}.json`, import.meta.url);
  return (await (await fetch(url)).json()) as { requests: object[] };
}
