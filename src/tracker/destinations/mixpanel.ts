import {
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../../consent/refuse.js";
import type { Destination } from "../destination.js";
import { mixpanelWire, type MixpanelOptions } from "./mixpanel-wire.js";

const DEFAULTS: Required<MixpanelOptions> = {
  token: "",
  endpoint: "https://api.mixpanel.com",
  ip: true,
};

/**
 * Sends to Mixpanel in the wire format of mixpanel-browser for Mixpanel's own hosts: batches of at most 50 to
 * `/track/` and `/engage/`, as a form that needs no preflight. Cookies are never sent along.
 *
 * Throws a `TypeError` for an unknown option or a missing token, and a `RangeError` for an endpoint that is no address.
 */
export function mixpanel(
  options: Loose<MixpanelOptions> & Pick<MixpanelOptions, "token">,
): Destination {
  const given = withDefaults(DEFAULTS, options);
  text("token", given.token);
  text("endpoint", given.endpoint);
  try {
    return mixpanelWire(given);
  } catch {
    return refuse("endpoint", given.endpoint, DEFAULTS.endpoint);
  }
}
