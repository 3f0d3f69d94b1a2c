import type { ConsentStore } from "../../src/consent/store.js";

/** Collects the messages of the errors that a store reports, from now on. */
export function collectErrors(store: ConsentStore): string[] {
  const messages: string[] = [];
  store.addEventListener("consent-error", ({ error }) =>
    messages.push((error as Error).message),
  );
  return messages;
}
