import {
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../../consent/refuse.js";
import type { Destination } from "../destination.js";
import { endpoint } from "./endpoint.js";
import { checkCall } from "./mixpanel-check.js";
import { denylist } from "./mixpanel-denylist.js";
import { wire, type WireOptions } from "./mixpanel-wire.js";

/** Where and how Mixpanel receives events. */
export interface MixpanelOptions extends Omit<WireOptions, "keep" | "encode"> {
  /** How a request's `data` is written: as JSON, or as base64 of it, which some proxies expect. Default: `"json"`. */
  format?: "json" | "base64";
  /**
   * Names of properties that are never sent, and never stored: those of events, also registered ones and what this library
   * adds, and those of profiles and groups. `unset` still takes them out of a profile. Naming an id (`distinct_id`, `$device_id`,
   * `$user_id`) also keeps the network address from Mixpanel, which would make another id out of it. Default: none.
   */
  propertyDenylist?: readonly string[];
}

const DEFAULTS: Required<MixpanelOptions> = {
  token: "",
  endpoint: "https://api.mixpanel.com",
  ip: true,
  format: "json",
  propertyDenylist: [],
};

/**
 * Sends to Mixpanel in the wire format of mixpanel-browser for Mixpanel's own hosts: batches of at most 50 to
 * `/track/`, `/engage/` and `/groups/`, as a form that needs no preflight. Cookies are never sent along. Texts go out
 * whole: Mixpanel cuts those of more than 255 characters, and this library cuts nothing.
 *
 * Whose an event is, its `$insert_id` and its `time` are the tracker's to say: properties of these names are not sent.
 *
 * Throws a `TypeError` for an unknown option, and for a token that is missing or no text; a `RangeError` for a token with
 * anything but letters, digits, `_` and `-`, for an endpoint that is no address of http or https, or that has a query, a
 * hash or a password, and for a denylist that names `token` or `$insert_id`. The destination's `check` throws for
 * calls that Mixpanel would not take: see `checkCall`.
 */
export function mixpanel(
  options: Loose<MixpanelOptions> & Pick<MixpanelOptions, "token">,
): Destination {
  const given = withDefaults(DEFAULTS, options);
  const { token, ip, format, propertyDenylist } = given;
  if (typeof token !== "string") refuse("token", [token], "a text");
  if (!/^[\w-]+$/.test(text("token", token)))
    refuse("token", token, "the token of a Mixpanel project");
  if (typeof ip !== "boolean") refuse("ip", ip, "true or false");
  oneOf("format", format, ["json", "base64"]);
  const { keep, toStore, deniesId } = denylist(propertyDenylist);
  return {
    ...wire({
      token,
      endpoint: endpoint(given.endpoint, DEFAULTS.endpoint),
      ip: ip && !deniesId,
      ...(propertyDenylist[0] && { keep }),
      ...(format === "base64" && { encode: toBase64 }),
    }),
    check: checkCall,
    ...(propertyDenylist[0] && { toStore }),
  };
}

/**
 * Base64 of the JSON in UTF-8, ready for a form. `btoa` takes bytes, one a character: percent encoding spells them out
 * where there is more than ASCII.
 */
function toBase64(json: string): string {
  const bytes = json.replace(/[^\0-\x7f]+/g, (run) =>
    encodeURIComponent(run).replace(/%(..)/g, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    ),
  );
  return encodeURIComponent(btoa(bytes));
}
