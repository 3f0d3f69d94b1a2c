import type { SentRequest } from "./fake-fetch.js";

/** An event or a profile update in Mixpanel's wire format. */
export interface MixpanelEntry {
  readonly event?: string;
  readonly properties?: Record<string, unknown>;
  readonly [update: `$${string}`]: unknown;
}

/** The entries that a request to Mixpanel carried, read as a receiver of forms reads them. */
export function entriesIn({
  body,
}: Pick<SentRequest, "body">): MixpanelEntry[] {
  return JSON.parse(
    new URLSearchParams(body).get("data") ?? "",
  ) as MixpanelEntry[];
}
