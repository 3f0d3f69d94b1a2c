import { refuse } from "../../consent/refuse.js";
import type { Identity, Properties } from "../destination.js";
import { originOf } from "../strip.js";

/** Without these an event belongs to no project, or counts twice when it is sent twice. */
const NEEDED = new Set(["token", "$insert_id"]);

/** Where one of these is missing, Mixpanel makes an id out of the network address. (Mixpanel's documentation of `ip`.) */
const IDS = new Set(["distinct_id", "$device_id", "$user_id"]);

/** Properties that must not be sent or stored. */
export interface Denylist {
  /** Takes what is denied out of properties. What stands inside of a value is not looked at. */
  keep(properties: Properties): Properties;
  /** Takes it out of what is stored of a visitor. */
  toStore(identity: Identity): Identity;
  /** Whether an id is denied, so that the network address has to be kept from Mixpanel too. */
  readonly deniesId: boolean;
}

/**
 * Reads the names of properties that must not be sent or stored.
 *
 * Throws a `TypeError` for anything but a list of texts, and a `RangeError` for `token` and `$insert_id`.
 */
export function denylist(names: readonly string[]): Denylist {
  const isList =
    Array.isArray(names) &&
    names.every((name) => name && typeof name === "string");
  if (!isList) refuse("propertyDenylist", [names], "a list of texts");
  const denied = new Set(names);
  for (const name of denied)
    if (NEEDED.has(name))
      refuse("a name in propertyDenylist", name, "what can be left out");
  const keep = (properties: Properties) => {
    const kept = { ...properties };
    for (const name of denied) delete kept[name];
    return kept;
  };
  /** The address that a visitor came from makes two properties. One of them needs no more of it than the host. */
  const referrer = (address: string) =>
    !denied.has("$initial_referrer")
      ? address
      : denied.has("$initial_referring_domain")
        ? ""
        : originOf(address);
  return {
    keep,
    deniesId: names.some((name) => IDS.has(name)),
    toStore: ({ initialReferrer = "", registered, ...who }) => ({
      ...who,
      initialReferrer: referrer(initialReferrer),
      ...(registered && { registered: keep(registered) }),
    }),
  };
}
