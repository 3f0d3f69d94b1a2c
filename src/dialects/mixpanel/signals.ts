/** Which signals of the browser count. */
interface SignalRules {
  ignore_dnt: boolean;
  ignore_gpc: boolean;
}

const YES = new Set<unknown>([true, 1, "1", "yes"]);

/** Whether the browser says no for its visitor: Do Not Track in its three places, or Global Privacy Control. */
export function asksNotToTrack({
  ignore_dnt,
  ignore_gpc,
}: SignalRules): boolean {
  const browser = globalThis.navigator as
    | (Navigator & { msDoNotTrack?: unknown; globalPrivacyControl?: unknown })
    | undefined;
  return (
    (!ignore_gpc && browser?.globalPrivacyControl === true) ||
    (!ignore_dnt &&
      [
        browser?.doNotTrack,
        browser?.msDoNotTrack,
        (globalThis as { doNotTrack?: unknown }).doNotTrack,
      ].some((value) => YES.has(value)))
  );
}
