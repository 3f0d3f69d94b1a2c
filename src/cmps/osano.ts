import { refuse, withDefaults } from "../consent/refuse.js";
import { toChoices, type Earlier } from "./earlier.js";

/** What {@link osano} takes. */
export interface OsanoOptions {
  /** What Osano gave to a listener of `osano-cm-consent-saved`: `{ ANALYTICS: "ACCEPT", MARKETING: "DENY" }`. */
  saved: Readonly<Record<string, unknown>>;
  /** When the visitor decided, in milliseconds since the epoch. */
  time: number;
}

/**
 * A decision that Osano has told. Osano's cookie `osano_consentmanager` is encrypted, so nobody else reads it: while Osano
 * still runs, take over what it tells its listeners. `OPT_OUT`, whose yes is a no, is left out. Written after Osano's manual
 * and public code, not run beside Osano itself.
 */
export function osano(options: OsanoOptions): Earlier {
  const { saved, time } = withDefaults<OsanoOptions>(
    { saved: {}, time: NaN },
    options,
  );
  if (Number.isNaN(time))
    refuse("time", null, "when the visitor decided, as Date.now()");
  const choices = toChoices(
    Object.entries(saved)
      .filter(([category]) => category !== "OPT_OUT")
      .map(([category, state]) => [
        category,
        { ACCEPT: true, DENY: false }[`${state}`],
      ]),
  );
  return {
    name: "osano",
    stores: {
      cookies: ["osano_consentmanager", "osano_consentmanager_uuid"],
      local: ["osano_consentmanager*"],
    },
    read: () => [{ choices, time }],
  };
}
