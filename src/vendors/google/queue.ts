/**
 * What Google's tags ask about, beside `security_storage`, and the purpose whose yes grants it
 * (developers.google.com/tag-platform/security/guides/consent, support.google.com/analytics/answer/13802165).
 */
export const PURPOSES = {
  ad_storage: "marketing",
  ad_user_data: "marketing",
  ad_personalization: "marketing",
  analytics_storage: "analytics",
  functionality_storage: "functional",
  personalization_storage: "functional",
} as const;

/** One of Google's seven consent types. `security_storage` is always granted. */
export type GoogleConsentType = keyof typeof PURPOSES | "security_storage";

/** The purpose that decides on each type. */
export type GooglePurposes = Readonly<Record<keyof typeof PURPOSES, string>>;

/** Google's word for each of its types: always all seven. */
export type GoogleConsentState = Readonly<
  Record<GoogleConsentType, "granted" | "denied">
>;

/** Other defaults for visitors from some regions. Google's servers know where a visitor is; the most specific entry wins. */
export type GoogleRegion = Partial<GoogleConsentState> & {
  /** ISO 3166-2: `["ES", "US-AK"]`. */
  readonly region: readonly string[];
};

/** Commands and data that wait for Google's tags: `window.dataLayer`, or another name. */
export type Layer = unknown[];

/** The page's queue, made where there is none. A site may have put one in its place: look each time. */
export function layerOf(name: string): Layer {
  return ((window as unknown as Record<string, Layer>)[name] ??= []);
}

/** Whether a tag has read the queue. From then on it hears what is pushed, and nothing else. */
export function isRead(layer: Layer): boolean {
  return layer.push !== [].push;
}

/** What counts as a command for Google's tags is an `arguments` object. They take an array for data, and say nothing. */
function toCommand(..._words: unknown[]): IArguments {
  return arguments;
}

/** The words of a command; none where an entry is data, such as an array that was meant as one. */
const words = (entry: unknown) =>
  (Array.isArray(entry) ? {} : (entry ?? {})) as readonly unknown[];

/** Finds the last `gtag("consent", kind, …)`. */
export function lastConsent(layer: Layer, kind: string): unknown {
  return words(
    layer.findLast(
      (entry) => words(entry)[0] === "consent" && words(entry)[1] === kind,
    ),
  )[2];
}

/**
 * Puts a command into the queue. As long as no tag has read the queue it stands before everything but
 * commands that `front` matches, whatever the site has pushed first: what comes before a default is sent without one, and an event before its tag's configuration is lost.
 */
export function place(
  layer: Layer,
  front: RegExp,
  ...command: unknown[]
): IArguments {
  const entry = toCommand(...command);
  const next = layer.findIndex((other) => !front.test(`${words(other)[0]}`));
  if (isRead(layer) || next < 0) layer.push(entry);
  else layer.splice(next, 0, entry);
  return entry;
}

/** Says something about consent. */
export function say(layer: Layer, ...command: unknown[]): void {
  place(layer, /^(consent|set)$/, ...command);
}

/** What `isGranted` says, in Google's words: no, unless it is asked. */
export function toState(
  purposes: GooglePurposes,
  isGranted?: (purpose: string, type: string) => boolean,
): GoogleConsentState {
  const state: Record<string, string> = {};
  for (const [type, purpose] of Object.entries(purposes))
    state[type] = isGranted?.(purpose, type) ? "granted" : "denied";
  return { ...state, security_storage: "granted" } as GoogleConsentState;
}

/** Says no until something else is said; `more` goes with it. */
export function sayDefault(
  layer: Layer,
  more?: Partial<GoogleRegion> & { wait_for_update?: number },
): void {
  say(layer, "consent", "default", { ...toState(PURPOSES), ...more });
}

/** Says all answers at once, unless they were the last thing said. */
export function sayUpdate(layer: Layer, state: GoogleConsentState): void {
  if (JSON.stringify(lastConsent(layer, "update")) !== JSON.stringify(state))
    say(layer, "consent", "update", state);
}

/** Defines `gtag()` as Google's own snippet does, unless the site has. */
export function defineGtag(name: string): void {
  (window as { gtag?: unknown }).gtag ??= function () {
    layerOf(name).push(arguments);
  };
}
