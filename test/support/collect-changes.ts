import type { ConsentNews } from "../../src/consent/events.js";
import type { ConsentStore } from "../../src/consent/store.js";

/** Collects what a store tells of its changes, from now on. */
export function collectChanges(
  store: ConsentStore,
): Omit<ConsentNews["consent-change"], "newest">[] {
  const changes: ReturnType<typeof collectChanges> = [];
  store.subscribe(({ previous, current, changed, source }) =>
    changes.push({ previous, current, changed, source }),
  );
  return changes;
}
