/** An event or a profile update in Mixpanel's wire format. */
export interface MixpanelEntry {
  readonly event?: string;
  readonly properties?: Record<string, unknown>;
  readonly [update: `$${string}`]: unknown;
}

/** The entries that a request to Mixpanel carried, read as a receiver of forms reads them: JSON, or base64 of it. */
export function entriesIn({
  body,
}: {
  readonly body?: string;
}): MixpanelEntry[] {
  const data = new URLSearchParams(body).get("data") ?? "";
  return JSON.parse(
    data.startsWith("[") ? data : textOf(data),
  ) as MixpanelEntry[];
}

function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
