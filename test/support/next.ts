import type { ConsentEvent, ConsentNews } from "../../src/consent/events.js";
import type { ConsentSubmitEvent } from "../../src/elements/events.js";

/** The next event of this type that reaches `document`. */
export function next<K extends keyof ConsentNews>(
  type: K,
): Promise<ConsentEvent<K>>;
export function next(type: "consent-submit"): Promise<ConsentSubmitEvent>;
export function next(type: string): Promise<Event> {
  return new Promise((resolve) =>
    document.addEventListener(type, resolve, { once: true }),
  );
}
