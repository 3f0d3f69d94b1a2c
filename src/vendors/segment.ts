import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import { silence } from "./shared/silence.js";
import type { Vendor } from "./vendor.js";

/** One call on its way through Segment. */
interface Passing {
  payload: { obj: { context?: object | undefined } };
  // The SDK wants its own type back, which is the one of `payload`.
  next(payload: never): void;
}

/** As much of Segment's `AnalyticsBrowser` as is called here. */
export interface SegmentSdk {
  /** Only where the site made it by `new AnalyticsBrowser()`. */
  load?(settings: object, options?: object): unknown;
  addSourceMiddleware(middleware: (passing: Passing) => void): unknown;

  track(name: string): unknown;
  reset(): unknown;
}

/** As much of the options as is needed here. */
interface Config {
  updateCDNSettings?: (settings: object) => object;
}

/** What {@link segment} takes. */
export interface SegmentOptions {
  /** The source's write key. */
  key: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** Segment's consent categories and the purposes that answer for them: `{ Advertising: "marketing" }`. Default: none. */
  categories?: Readonly<Record<string, string>>;
  /** The address of the script. Default: what Segment serves for `key`. */
  src?: string;
  /** `new AnalyticsBrowser()` of `@segment/analytics-next`, not loaded, or a function that brings it. */
  sdk?: Sdk<SegmentSdk>;
  /** What `analytics.load` takes as its second argument. */
  config?: object;
}

/** The calls that send, and store an identity before they are stopped by anything else. */
const SENDING = ["track", "page", "identify", "group", "alias", "screen"];

/**
 * Segment, from the visitor's yes on. Every event bears the answers (`context.consent.categoryPreferences`), and none
 * passes after a no; what Segment itself has loaded for other vendors runs until the page is loaded anew.
 */
export function segment(
  options: Loose<SegmentOptions> & Pick<SegmentOptions, "key">,
): Vendor {
  const given = withDefaults(
    {
      key: "",
      purpose: "analytics",
      categories: {} as Readonly<Record<string, string>>,
      src: "",
      sdk: undefined as Sdk<SegmentSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const key = text("key", given.key);
  const purpose = text("purpose", given.purpose);
  const categories = Object.entries(given.categories).map(
    ([category, wanted]) => [category, text(category, wanted)] as const,
  );
  let running: SegmentSdk | undefined;
  let isOpen = false;
  const withSdk = bring({
    sdk: given.sdk,
    src: address(
      "src",
      given.src ||
        `https://cdn.segment.com/analytics.js/v1/${encodeURIComponent(key)}/analytics.min.js`,
    ),
    global: "analytics",
    method: "addSourceMiddleware",
    onFound: (sdk) => silence(sdk, SENDING, () => isOpen),
    before: () =>
      Object.assign(globalThis, {
        analytics: Object.assign([], {
          _writeKey: key,
          _loadOptions: config,
        }),
      }),
  });
  const own = given.config as Config;
  const config: Config = {
    ...own,
    // Segment counts how its own SDK fares, in half minutes, and does not ask whether there was a no.
    updateCDNSettings: (found) => ({
      ...(own.updateCDNSettings?.(found) ?? found),
      metrics: { sampleRate: 0 },
    }),
  };
  let categoryPreferences: Record<string, boolean> | undefined;

  const pass = ({ payload, next }: Passing) => {
    // A call that is not handed on goes nowhere. This one was under way at the no.
    if (!isOpen) return;
    if (categoryPreferences)
      payload.obj.context = {
        ...payload.obj.context,
        consent: { categoryPreferences },
      };
    next(payload as never);
  };

  return {
    name: "segment",
    purposes: [purpose],
    needsReload: true,
    stores: {
      cookies: ["ajs_*", "analytics_session_id*"],
      local: ["ajs_*", "analytics_session_id*", "persisted-queue:v1:*"],
      session: ["ajs_*"],
    },
    tell(answers) {
      if (!categories[0]) return;
      categoryPreferences = Object.fromEntries(
        categories.map(([category, wanted]) => [
          category,
          answers.isGranted(wanted),
        ]),
      );
      if (isOpen && answers.isGranted(purpose))
        running?.track("Segment Consent Preference Updated");
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        isOpen = true;
        if (running) return;
        running = sdk;
        sdk.addSourceMiddleware(pass);
        sdk.load?.({ writeKey: key }, config);
      }),
    revoke() {
      isOpen = false;
      running?.reset();
    },
  };
}
