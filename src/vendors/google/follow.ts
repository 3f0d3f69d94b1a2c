import type { ConsentStore } from "../../consent/store.js";
import {
  onlyKnown,
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../../consent/refuse.js";
import type { Answers, Vendor } from "../vendor.js";
import {
  defineGtag,
  isRead,
  lastConsent,
  layerOf,
  PURPOSES,
  say,
  sayDefault,
  sayUpdate,
  toState,
  type GooglePurposes,
  type GoogleRegion,
  type Layer,
} from "./queue.js";

/** What Google's vendors have in common. On one page it is the same for all of them. */
export interface GoogleConsentOptions {
  /**
   * The purpose that decides on each of Google's types. A type that is left out keeps its default: `marketing` for the
   * three of ads, `analytics` for `analytics_storage`, `functional` for the two others. A type whose purpose the store does
   * not ask about stays denied.
   */
  purposes?: Partial<GooglePurposes>;
  /** The name of the page's queue, where it was renamed. Default: `"dataLayer"`. */
  layer?: string;
  /**
   * How long Google's tags wait for the answers of a storage that answers late, in milliseconds. Default: 500 where the
   * store is not ready, otherwise they do not wait: a stored answer is told in the task of the default.
   */
  waitForUpdate?: number;
  /** Other defaults for visitors from some regions: `[{ region: ["US-CA"], analytics_storage: "granted" }]`. Default: none. */
  regions?: readonly GoogleRegion[];
  /** Whether ads' requests lose their click identifiers while `ad_storage` is denied. Default: `true`. */
  adsDataRedaction?: boolean;
  /** Whether links carry click identifiers while cookies are denied. It puts identifiers into addresses. Default: `false`. */
  urlPassthrough?: boolean;
  /**
   * Lets what a store of the mode `opt-in` otherwise refuses: something of Google's that runs, or counts as granted, before
   * the visitor has said yes. Default: `false`.
   */
  override?: boolean;
}

const DEFAULTS = {
  purposes: {} as Partial<GooglePurposes>,
  layer: "dataLayer",
  waitForUpdate: undefined as number | undefined,
  regions: [] as readonly GoogleRegion[],
  adsDataRedaction: true,
  urlPassthrough: false,
  override: false,
};

const TYPES = [...Object.keys(PURPOSES), "security_storage"];

/** What each queue is told by: two vendors that read the answers in two ways would contradict each other for ever. */
const mapsOf = new WeakMap<Layer, string>();
/** Queues that have had their default. A tag drops the oldest entries of a long one. */
const begun = new WeakSet<Layer>();

/** How a vendor of Google's follows the record. */
export interface GoogleFollower extends Required<
  Pick<Vendor, "check" | "prepare" | "tell">
> {
  /** The name of the page's queue. */
  readonly name: string;
  /** Whether the site insists on what an opt-in store refuses. */
  readonly override: boolean;
  /** Says what the store says now, unless it was said. */
  say(): void;
  /** Tells the store that something went wrong. */
  report(error: unknown): void;
}

/** Takes out what `options` has of the common options, checked, and leaves the vendor its own. */
export function splitOptions<D extends object>(
  defaults: D,
  options: object,
): { own: D; common: Loose<GoogleConsentOptions> } {
  onlyKnown(options, [...Object.keys(defaults), ...Object.keys(DEFAULTS)]);
  const pick = (isCommon: boolean) =>
    Object.fromEntries(
      Object.entries(options).filter(([name]) => name in DEFAULTS === isCommon),
    );
  return {
    own: withDefaults(defaults, pick(false) as Loose<NoInfer<D>>),
    common: pick(true),
  };
}

/**
 * What was held for a first answer may be sent after a yes. What came while the answer was no may not, even where a yes
 * follows on the same page: no tag has read the queue yet, and then it would.
 */
function forgetEvents(layer: Layer): void {
  if (isRead(layer)) return;
  for (let i = layer.length - 1; i >= 0; i--) {
    const { 0: command, event = "" } = (layer[i] ?? {}) as {
      0?: unknown;
      event?: unknown;
    };
    if (
      command === "event" ||
      (event && !`${event as string}`.startsWith("gtm."))
    )
      layer.splice(i, 1);
  }
}

/**
 * Says Google's default and updates for a store: the default once a queue, and one full update for each decision that
 * changes one of Google's answers, however many of its vendors the page has.
 */
export function follow(options: Loose<GoogleConsentOptions>): GoogleFollower {
  const {
    purposes: given,
    layer: name,
    waitForUpdate,
    regions,
    adsDataRedaction,
    urlPassthrough,
    override,
  } = withDefaults(DEFAULTS, options);
  const purposes = { ...PURPOSES, ...withDefaults(PURPOSES, given as never) };
  if (!/^[a-z_$][\w$]*$/i.test(text("layer", name)))
    refuse("layer", name, "a name such as dataLayer");
  if (waitForUpdate !== undefined && !(waitForUpdate > 0))
    refuse("waitForUpdate", waitForUpdate, "milliseconds, such as 500");
  for (const { region, ...state } of regions) {
    if (!region?.[0]) refuse("a region", region, 'a list such as ["ES"]');
    for (const code of region)
      if (!/^[A-Z]{2}(-[A-Z\d]{1,3})?$/.test(code))
        refuse("a region", code, "ISO 3166-2, such as ES or US-AK");
    onlyKnown(state, TYPES);
    for (const [type, answer] of Object.entries(state))
      oneOf(type, answer, ["granted", "denied"]);
  }
  let store: ConsentStore | undefined;

  /** The queue with its default: also one that the site has put in the place of an earlier one. */
  const open = () => {
    const queue = layerOf(name);
    if (!begun.has(queue)) {
      begun.add(queue);
      defineGtag(name);
      if (!lastConsent(queue, "default")) {
        const wait =
          waitForUpdate ?? (store && !store.isReady ? 500 : undefined);
        const more = wait ? { wait_for_update: +wait } : {};
        for (const local of [{}, ...regions])
          sayDefault(queue, { ...local, ...more });
        if (adsDataRedaction) say(queue, "set", "ads_data_redaction", true);
        if (urlPassthrough) say(queue, "set", "url_passthrough", true);
      }
    }
    return queue;
  };

  const tell = (answers: Answers) => {
    const asked = new Set(answers.purposes.map((purpose) => purpose.name));
    const state = toState(
      purposes,
      (purpose) => asked.has(purpose) && answers.isGranted(purpose),
    );
    const queue = open();
    const before = lastConsent(queue, "update") as typeof state | undefined;
    const types = Object.keys(purposes) as (keyof typeof purposes)[];
    if (
      types.every((type) => state[type] === "denied") ||
      (before &&
        types.some(
          (type) => state[type] === "granted" && before[type] !== "granted",
        ))
    )
      forgetEvents(queue);
    sayUpdate(queue, state);
  };

  return {
    name,
    override,
    check(consent) {
      for (const purpose of Object.values(given)) consent.get(purpose);
      if (consent.mode === "opt-in" && !override)
        for (const { region, ...state } of regions)
          for (const type of TYPES)
            if (
              type !== "security_storage" &&
              state[type as keyof typeof state] === "granted"
            )
              refuse(
                `${type} of ${region}`,
                "granted",
                "denied, a mode of the store other than opt-in, or override: true",
              );
      const map = JSON.stringify(purposes);
      const queue = layerOf(name);
      if ((mapsOf.get(queue) ?? map) !== map)
        refuse("purposes", given, "the same for every vendor of Google's");
      mapsOf.set(queue, map);
      store = consent;
    },
    prepare: () => void open(),
    tell,
    say() {
      if (store) tell(store);
    },
    report: (error) => store?.report(error),
  };
}
