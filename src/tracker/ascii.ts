/** `value` as JSON in plain ASCII: its length is its size in bytes, and `btoa` takes it as it is. */
export function asciiJson(
  value: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  // What is beyond ASCII stands in JSON's strings alone, where it may be escaped unit by unit.
  return JSON.stringify(value, replacer).replace(
    /[^\0-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
