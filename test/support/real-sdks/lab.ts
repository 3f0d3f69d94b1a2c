/**
 * What the pages of the lab have in common: a page runs one subject, named by its address (`?as=mixpanel&…`), under the
 * same few words for the bare SDK and for the SDK behind its bridge.
 */
import { createConsent } from "../../../src/create-consent.js";

/** What the page's address says: which subject, where the collector is, and what the scenario adds. */
const query = new URLSearchParams(location.search);
const part = (name: string) => JSON.parse(query.get(name) ?? "{}");

/** The collector's address. */
export const endpoint: string = query.get("endpoint") ?? "";
/** What the scenario adds to the SDK's configuration, and to the bridge's options. */
export const config = part("config");
export const options = part("options");
/** Whether the page was opened with the word `name`. */
export const has = (name: string): boolean => query.has(name);

export const makeConsent = () =>
  createConsent({ cookieDomain: query.get("cookieDomain") ?? undefined });

/** Gives the page its subject: the one that the address names. */
export function show(subjects: Record<string, () => object>): void {
  Object.assign(globalThis, { subject: subjects[query.get("as") ?? ""]?.() });
}
