import type { Choices } from "../consent/choice.js";
import { onlyKnown, refuse, text, type Loose } from "../consent/refuse.js";
import { otherLayer, type OtherConsent } from "./other-consent.js";

/** What {@link googleStateConsent} takes. */
export interface GoogleStateOptions {
  /**
   * The types of Google's Consent Mode that each purpose of the site needs, all of them. Default: `functional` needs
   * `functionality_storage` and `personalization_storage`, `analytics` needs `analytics_storage`, `marketing` needs
   * `ad_storage`, `ad_user_data` and `ad_personalization`.
   */
  purposes?: Readonly<Record<string, readonly string[]>>;
  /** The name of the data layer in `window`. Default: `"dataLayer"`. */
  dataLayer?: string;
  /**
   * Whether a `consent default` without a region is an answer. It is what the page says before anybody was asked, so it
   * is none; where a consent layer sends nothing else until a visitor objects, write `true`. Default: `false`.
   */
  trustDefaults?: boolean;
}

// A record, so that the compiler misses a name that is not here.
const NAMES: Record<keyof GoogleStateOptions, 1> = {
  purposes: 1,
  dataLayer: 1,
  trustDefaults: 1,
};

const TYPES: Readonly<Record<string, readonly string[]>> = {
  functional: ["functionality_storage", "personalization_storage"],
  analytics: ["analytics_storage"],
  marketing: ["ad_storage", "ad_user_data", "ad_personalization"],
};

/**
 * Lets the state of Google's Consent Mode decide, as another consent layer writes it into the data layer.
 *
 * ```ts
 * const consent = googleStateConsent();
 * const tracker = createTracker({ consent, destination: mixpanel({ token: "YOUR_TOKEN" }) });
 * ```
 *
 * Only the word `granted` is a yes, and only in an entry that Google's tag would read: an `arguments` object, not an
 * array. A default for a region is never a yes, because this page does not know where the visitor is; a default of
 * `denied` for any region is a no until an update says otherwise. Until there is an answer nothing is granted.
 *
 * The data layer stays the array that it is; its `push` is followed. Layers that set the state from inside a Tag Manager
 * template leave no entry there, and so never answer. Google's state does not tell a visitor's yes from one that is
 * remembered: the first answer in a page counts as remembered, so `$opt_in` follows only a later change.
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a purpose without types.
 */
export function googleStateConsent(
  options: Loose<GoogleStateOptions> = {},
): OtherConsent {
  onlyKnown(options, Object.keys(NAMES));
  const { purposes = TYPES, trustDefaults = false } = options;
  const name = text("dataLayer", options.dataLayer ?? "dataLayer");
  const asked = Object.entries(purposes);
  if (!asked[0]) refuse("purposes", null, "which types each of yours needs");
  for (const [purpose, types] of asked)
    // An empty list would be a yes of nobody's.
    if (!types?.[0] || !types.every((type) => ALL.has(type)))
      refuse(purpose, `${types}`, `one or more of ${[...ALL].join(", ")}`);

  const page = window as unknown as Record<string, unknown[] | undefined>;
  const layer = (page[name] ??= []);
  if (!Array.isArray(layer)) refuse(name, [layer], "an array, as Google's tag");

  let isStopped = false;
  let isAnswered = false;
  /** What updates said last, by type. */
  const updated = new Map<string, boolean>();
  /** What defaults say together, by type: one no is a no. */
  const defaults = new Map<string, boolean>();

  const { consent, hear, decide } = otherLayer(
    asked.map(([purpose]) => purpose),
    "google-consent-mode",
    () => {
      isStopped = true;
      // Where somebody has wrapped ours in turn, it stays and does nothing.
      if (layer.push !== follow) return;
      if (own) Object.defineProperty(layer, "push", own);
      else Reflect.deleteProperty(layer, "push");
    },
  );

  /** Takes one entry in; returns whether it was an answer. */
  const read = (entry: unknown): boolean => {
    if (Object.prototype.toString.call(entry) !== "[object Arguments]")
      return false;
    const [command, kind, given] = entry as ArrayLike<unknown> &
      Iterable<unknown>;
    if (command !== "consent" || (kind !== "default" && kind !== "update"))
      return false;
    const { region, ...types } = Object(given) as Record<string, unknown>;
    for (const [type, value] of Object.entries(types)) {
      const isYes = value === "granted" && region === undefined;
      if (!ALL.has(type)) continue;
      if (kind === "update") updated.set(type, isYes);
      else if (isYes) defaults.set(type, defaults.get(type) ?? true);
      else defaults.set(type, false);
    }
    return kind === "update" || (trustDefaults && region === undefined);
  };

  const isGranted = (type: string) =>
    updated.get(type) ?? (trustDefaults && defaults.get(type) === true);

  const tell = () => {
    const choices = Object.fromEntries(
      asked.map(([purpose, types]) => [
        purpose,
        types.every(isGranted) ? "granted" : "denied",
      ]),
    ) as Choices;
    // The same once more is no news.
    if (
      isAnswered &&
      asked.every(([purpose]) => consent.get(purpose) === choices[purpose])
    )
      return;
    if (isAnswered) decide(choices);
    else hear(choices);
    isAnswered = true;
  };

  const look = (entries: readonly unknown[]) => {
    try {
      if (!isStopped && entries.map(read).includes(true)) tell();
    } catch (error) {
      // The page's own push must not fail by us.
      consent.report(error);
    }
  };

  const own = Object.getOwnPropertyDescriptor(layer, "push");
  const { push } = layer;
  function follow(this: unknown, ...entries: unknown[]): number {
    const length = push.apply(layer, entries);
    look(entries);
    return length;
  }
  look(layer);
  Object.defineProperty(layer, "push", {
    configurable: true,
    writable: true,
    value: follow,
  });
  return consent;
}

/** The types of Consent Mode, of which `security_storage` is no question. */
const ALL: ReadonlySet<string> = new Set(Object.values(TYPES).flat());
