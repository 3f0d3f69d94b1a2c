import type { Source } from "./choice.js";
import type { Receipt } from "./receipt.js";
import type { ConsentRecord } from "./record.js";

/** Something of a withdrawn yes that a page cannot remove from the browser. */
export interface Leftover {
  /** Where it is. */
  readonly kind: "cookies" | "local" | "session" | "databases" | "caches";
  readonly name: string;
  /**
   * Why: no script can see it (`httponly`), it belongs to another site (`third-party`), a page has the database open
   * (`in-use`), or it comes back each time, since what writes it still runs (`rewritten`).
   */
  readonly reason:
    "httponly" | "third-party" | "in-use" | "rewritten" | "unknown";
}

/** What each event tells, by its name. */
export interface ConsentNews {
  /** There is a new decision, or none any more. */
  "consent-change": {
    /** The record before. */
    readonly previous: ConsentRecord | undefined;
    /** The record that counts now; absent after a reset. */
    readonly current: ConsentRecord | undefined;
    /** The newest record, also one of another revision, which does not count on this page. */
    readonly newest: ConsentRecord | undefined;
    /** Names of the purposes whose choice is another one now. */
    readonly changed: readonly string[];
    /** Who decided; `tab` when this page heard of it from elsewhere. */
    readonly source: Source;
  };
  /** Something outside the caller's hands went wrong: blocked storage, a refused request, a failed download. */
  "consent-error": { readonly error: unknown };
  /** What is left of withdrawn grants has changed. */
  "consent-leftovers": {
    /** All that is known to be left now; empty when nothing is any more. */
    readonly leftovers: readonly Leftover[];
  };
  /** The stored record has been read. */
  "consent-ready": { readonly record: ConsentRecord | undefined };
  /** The banner or the preferences have appeared. */
  "consent-show": { readonly layer: "banner" | "preferences" };
  /** The banner or the preferences have gone. */
  "consent-hide": { readonly layer: "banner" | "preferences" };
  /** A decision of this page has its receipt, where the site keeps receipts. */
  "consent-receipt": { readonly receipt: Receipt };
}

/** An event whose fields are the news. It bubbles and crosses shadow roots, so a page can listen on `document`. */
export type ConsentEvent<K extends keyof ConsentNews = keyof ConsentNews> =
  Event & { readonly type: K } & ConsentNews[K];

/** A new decision, or none any more. */
export type ConsentChangeEvent = ConsentEvent<"consent-change">;
/** Something went wrong that no caller could help. */
export type ConsentErrorEvent = ConsentEvent<"consent-error">;

/** Dispatches the event `type` with the given fields on `target`. */
export function tell<K extends keyof ConsentNews>(
  target: EventTarget,
  type: K,
  news: ConsentNews[K],
): void {
  const event = new Event(type, { bubbles: true, composed: true });
  target.dispatchEvent(Object.assign(event, news));
}
