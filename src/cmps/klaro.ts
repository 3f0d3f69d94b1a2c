import { toMilliseconds } from "../consent/duration.js";
import { oneOf, refuse, withDefaults } from "../consent/refuse.js";
import {
  cookieTexts,
  localTexts,
  readAll,
  toChoices,
  type Decision,
  type Earlier,
} from "./earlier.js";

/** What {@link klaro} takes. */
export interface KlaroOptions {
  /** Klaro's `storageName`. Default: `"klaro"`. */
  storageName?: string;
  /** Klaro's `storageMethod`. Default: `"cookie"`. */
  storageMethod?: "cookie" | "localStorage";
  /**
   * How old a decision may be: milliseconds or `"P120D"`. Klaro keeps no time, so each counts as that old already. With a
   * cookie that is Klaro's `cookieExpiresAfterDays`; an entry in localStorage never ends, so the site must say. Default:
   * `"P120D"` for a cookie.
   */
  age?: number | string;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: () => number;
}

/** Decisions of Klaro (seen with 0.7.22). Its categories are the names of the site's services. */
export function klaro(options: KlaroOptions = {}): Earlier {
  const given = withDefaults(
    {
      storageName: "klaro",
      storageMethod: "cookie",
      age: "" as number | string,
      clock: Date.now,
    },
    options,
  );
  const { storageName, clock } = given;
  const isLocal =
    oneOf("storageMethod", given.storageMethod, ["cookie", "localStorage"]) ===
    "localStorage";
  if (isLocal && !given.age)
    refuse("age", null, "how long this site has asked in that way, as P120D");
  const age = toMilliseconds(given.age || "P120D");

  const read = (text: string): Decision => ({
    choices: toChoices(
      Object.entries(JSON.parse(decodeURIComponent(text)) as object),
    ),
    time: clock() - age,
  });

  return {
    name: "klaro",
    stores: isLocal ? { local: [storageName] } : { cookies: [storageName] },
    read: () =>
      readAll((isLocal ? localTexts : cookieTexts)(storageName), read),
  };
}
