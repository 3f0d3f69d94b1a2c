import { refuse } from "../consent/refuse.js";
import type { CapturedRequest } from "./capture.js";
import { unescaped } from "./escapes.js";
import { textOfBase64 } from "./json.js";
import type { Finding } from "./leak.js";

/** Shorter ones are in any body by chance. In characters. */
const SHORTEST = 4;

/** How many layers of base64 are opened: a column in base64, in a form in base64. */
const LAYERS = 2;

/** Returns `known` when every identifier in it is long enough to be looked for. */
export function checkKnown(known: readonly string[]): readonly string[] {
  if (!Array.isArray(known))
    refuse("known", known, 'a list: ["ada@shop.example"]');
  for (const id of known) {
    if (typeof id !== "string" || id.trim().length < SHORTEST)
      refuse(
        "a known identifier",
        id,
        `at least ${SHORTEST} characters, since a shorter one is found by chance: give the test's visitor a longer one`,
      );
  }
  return known;
}

/** Where a request names one of the `known` identifiers. */
export function knownLeaks(
  { url, body, headers, setCookies }: CapturedRequest,
  known: readonly string[],
): Finding[] {
  if (known.length === 0) return [];
  const places = [
    ["url", url],
    ["body", body],
    ...Object.entries(headers).map(([name, value]) => [
      `header ${name}`,
      value,
    ]),
    ...setCookies.map((cookie) => ["set-cookie", cookie]),
  ] as [string, string][];
  return places.flatMap(([where, text]) => {
    const haystack = readings(text).join("\n").toLowerCase();
    return known
      .filter((id) => haystack.includes(id.trim().toLowerCase()))
      .map((id) => ({ where, what: `the known ${masked(id)}` }));
  });
}

/** Enough to tell which one is meant. The report of a leak must not be the next one. */
function masked(id: string): string {
  return `${id.trim().slice(0, 3)}… of ${id.trim().length} characters`;
}

/** What a text may say: itself, unescaped, and with every stretch that might be base64 read as such. */
function readings(text: string, layers: number = LAYERS): string[] {
  const plain = unescaped(text);
  const found = [text, plain, unescaped(text.replaceAll("+", " "))];
  if (layers === 0) return found;
  const stretches = plain.match(/[\w+/-]{6,}/g) ?? [];
  // A path or a word may touch the base64 on its left, so it may begin at any of the four places of a group.
  for (let from = 0; from < 4; from++) {
    const read = stretches
      .map((stretch) => stretch.slice(from))
      .map((stretch) =>
        // One character is left over: no base64 ends so.
        textOfBase64(stretch.length % 4 === 1 ? stretch.slice(0, -1) : stretch),
      );
    found.push(...readings(read.join("\n"), layers - 1));
  }
  return found;
}
