import { readdirSync, readFileSync } from "node:fs";

/**
 * The captures of one tracker, with valid values where their normalisation left placeholders.
 *
 * @param {"mixpanel-wire" | "snowplow-wire"} folder
 * @returns {any[]}
 */
export function readCaptures(folder) {
  const root = new URL(`../fixtures/${folder}/`, import.meta.url);
  return readdirSync(root)
    .filter((name) => name.endsWith(".json") && name !== "index.json")
    .toSorted()
    .map((name) => {
      const text = readFileSync(new URL(name, root), "utf8");
      const file = name.replace(".json", "");
      return Object.assign(fill(JSON.parse(text)), { file });
    });
}

// Numbers on the wire; the captures write them as text.
const NUMBERS = {
  "<epoch seconds, 3 decimals>": 1_760_000_000.123,
  "<seconds>": 1.5,
};

const TEXTS = {
  "<16 base36 chars>": "0123456789abcdef",
  "<epoch ms>": "1760000000123",
  "<ms>": "1760000000123",
  "<s>": "1760000000",
  "<iso>": "2026-10-09T08:53:20.123Z",
  "<v>": "156.0.0.0",
};

/**
 * @param {unknown} value
 * @returns {any}
 */
function fill(value) {
  if (typeof value === "string") return NUMBERS[value] ?? fillText(value);
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, fill(inner)]),
  );
}

/** @param {string} text */
function fillText(text) {
  const filled = text.replaceAll(
    /uuid#(\d+)/g,
    (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  );
  return Object.entries(TEXTS).reduce(
    (result, [from, to]) => result.replaceAll(from, to),
    filled,
  );
}
