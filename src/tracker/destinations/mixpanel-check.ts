import { oneOf, refuse } from "../../consent/refuse.js";
import type { Call, Properties } from "../destination.js";
import { checkId } from "./mixpanel-id.js";

// Limits of Mixpanel's documentation (import-events). What is longer, larger or deeper it drops or cuts, and does not say so.
const NAME = 255;
const BYTES = 1_000_000;
const ENTRIES = 254;
const DEPTH = 3;

// What an event must have before it can break a limit, told from its JSON alone: 255 entries take two characters each,
// and one value too deep makes five opening brackets. Reading a small event would cost more than taking it.
const LONG = 2 * ENTRIES;
const DEEP = /^(?:[^[{]*[[{]){5}/;

const OF_PROFILES = [
  "set",
  "setOnce",
  "add",
  "append",
  "remove",
  "union",
  "unset",
  "delete",
] as const;
const OF_GROUPS = [
  "set",
  "setOnce",
  "remove",
  "union",
  "unset",
  "delete",
] as const;

/**
 * Throws for a call that Mixpanel would not take, or only in part. A `RangeError`: an event's name that is empty or has
 * more than 255 characters; 255 properties or more; an object or a list with 255 entries or more; a value that is
 * nested more than 3 levels deep; 1 MB or more; an id that Mixpanel disallows; an unknown operation on a profile or a
 * group. A `TypeError` or a `RangeError`: what is not a number in `add`, what is no list of texts or numbers in `union`,
 * a group without key or id.
 */
export function checkCall(call: Call): void {
  checkId(call);
  const { verb, name, json, group } = call;
  // Of `consent` the name may be empty: there is no event then.
  if (
    verb === "track"
      ? !name || name.length > NAME
      : verb === "consent" && name.length > NAME
  )
    refuse("the length of an event's name", name.length, `1 to ${NAME}`);
  // A character has up to three bytes; few calls come near enough to be counted.
  const bytes =
    json.length * 3 < BYTES ? 0 : new TextEncoder().encode(json).length;
  if (bytes >= BYTES)
    refuse("the length of an event", bytes, `less than ${BYTES}`);
  if (verb === "profile") {
    oneOf("what to do with a profile", name, OF_PROFILES);
    checkValues(name, json);
  } else if (verb === "group") {
    oneOf("what to do with a group", name, OF_GROUPS);
    const { key, id } = group ?? {};
    if (!key || typeof key !== "string")
      refuse("a group's key", key || null, "a text");
    if (id === "" || !isWord(id))
      refuse("a group's id", id || null, "a text or a number");
    checkValues(name, json);
  } else if (json.length > LONG || DEEP.test(json))
    checkShape("the properties", JSON.parse(json));
}

const isWord = (value: unknown) => /str|num/.test(typeof value);

/** What Mixpanel's description demands of the values of two operations. */
function checkValues(operation: string, json: string): void {
  if (operation !== "add" && operation !== "union") return;
  for (const [name, value] of Object.entries(JSON.parse(json) as Properties)) {
    if (operation === "add") {
      if (typeof value !== "number")
        refuse(`${name} in add`, [value], "a number");
    } else {
      const list = Array.isArray(value) ? value : [value];
      if (!list.length || !list.every(isWord))
        refuse(`${name} in union`, [value], "a list of texts or numbers");
    }
  }
}

function checkShape(name: string, value: unknown, depth = 0): void {
  if (!value || typeof value !== "object") return;
  const entries = Object.entries(value);
  if (entries.length > ENTRIES)
    refuse(
      `the number of entries in ${name}`,
      entries.length,
      `at most ${ENTRIES}`,
    );
  if (depth > DEPTH)
    refuse(`the depth of ${name}`, depth, `at most ${DEPTH} levels`);
  for (const [key, inner] of entries)
    checkShape(depth ? name : key, inner, depth + 1);
}
