import type { Level } from "./level.js";

/** What a request or an event is caught with. */
export interface Finding {
  /** Where in it: `event pv`, `url`, `body`, `header cookie`, `set-cookie`, `request`. */
  readonly where: string;
  /** What is there: a field's name or a few words. Never the value, since reports end up in logs. */
  readonly what: string;
}

/** Something that should not have been sent, kept or handed out. */
export interface Leak extends Finding {
  /** Which request: its number in the capture, method and address without query. `after` for what was left behind. */
  readonly request: string;
}

/** What a capture holds. */
export interface Findings {
  /** How many events were judged. With none, the absence of leaks proves nothing, except at the level `off`. */
  readonly events: number;
  readonly leaks: readonly Leak[];
}

/** What to look for, and in which requests. */
export interface LeakOptions {
  /** How anonymous the capture has to be. */
  readonly level: Level;
  /**
   * Identifiers that must appear nowhere: ids, e-mail addresses and names, with at least 4 characters each. They are
   * looked for in addresses, bodies, headers and cookies, as they are, percent-encoded, JSON-escaped and in base64.
   */
  readonly known?: readonly string[] | undefined;
  /**
   * Beginnings of the collectors' addresses, such as `https://c.shop.example`. Only requests to them count. Default:
   * every request of a capture; of a HAR file, which holds a whole visit, those that look like a collector's.
   */
  readonly endpoint?: string | readonly string[] | undefined;
}
