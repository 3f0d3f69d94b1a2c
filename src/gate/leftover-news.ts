import { tell } from "../consent/events.js";
import type { ConsentStore } from "../consent/store.js";

/** The news that each manager has told last: what removes for its page, and each vendor in it, may ask for the same. */
const told = new WeakMap<EventTarget, Event>();

/** Tells the store's `consent-leftovers` on `manager` too, each once however often it is asked for. Returns a function that ends it. */
export function passOnLeftovers(
  manager: HTMLElement,
  consent: ConsentStore,
): () => void {
  const passOn = (event: Event & { leftovers?: ConsentStore["leftovers"] }) => {
    if (told.get(manager) === event) return;
    told.set(manager, event);
    tell(manager, "consent-leftovers", { leftovers: event.leftovers ?? [] });
  };
  consent.addEventListener("consent-leftovers", passOn);
  return () => consent.removeEventListener("consent-leftovers", passOn);
}
