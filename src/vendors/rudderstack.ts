import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import { silence } from "./shared/silence.js";
import type { Answers, Vendor } from "./vendor.js";

/** As much of `@rudderstack/analytics-js` as is called here. */
export interface RudderstackSdk {
  load(key: string, dataPlane: string, options: object): unknown;
  consent(options: object): unknown;
  reset(options: { entries: object }): unknown;
}

/** What {@link rudderstack} takes. */
export interface RudderstackOptions {
  /** The source's write key. */
  key: string;
  /** The address of your data plane: `"https://shop.dataplane.rudderstack.com"`. */
  dataPlane: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** RudderStack's consent ids and the purposes that answer for them: `{ ads: "marketing" }`. Default: none. */
  categories?: Readonly<Record<string, string>>;
  /** The address of the script. Default: version 3 at `cdn.rudderlabs.com`. */
  src?: string;
  /** `new RudderAnalytics()` of `@rudderstack/analytics-js`, not loaded, or a function that brings it. */
  sdk?: Sdk<RudderstackSdk>;
  /** What `rudderanalytics.load` takes besides. */
  config?: object;
}
/** The calls that send. */
const SENDING = ["track", "page", "identify", "group", "alias"];

/** RudderStack, from the visitor's yes on. It has no call that stops it, so its calls are silenced at a no. */
export function rudderstack(
  options: Loose<RudderstackOptions> &
    Pick<RudderstackOptions, "key" | "dataPlane">,
): Vendor {
  const given = withDefaults(
    {
      key: "",
      dataPlane: "",
      purpose: "analytics",
      categories: {} as Readonly<Record<string, string>>,
      src: "https://cdn.rudderlabs.com/v3/modern/rsa.min.js",
      sdk: undefined as Sdk<RudderstackSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const key = text("key", given.key);
  const dataPlane = address("dataPlane", given.dataPlane);
  const purpose = text("purpose", given.purpose);
  const categories = Object.entries(given.categories).map(
    ([category, wanted]) => [category, text(category, wanted)] as const,
  );
  let running: RudderstackSdk | undefined;
  let isOpen = false;
  const withSdk = bring({
    sdk: given.sdk,
    src: address("src", given.src),
    global: "rudderanalytics",
    method: "load",
    onFound: (sdk) => silence(sdk, SENDING, () => isOpen),
  });
  let consentManagement: object | undefined;

  const idsOf = (answers: Answers, isWanted: boolean) =>
    categories
      .filter(([, wanted]) => answers.isGranted(wanted) === isWanted)
      .map(([category]) => category);

  return {
    name: "rudderstack",
    purposes: [purpose],
    needsReload: true,
    stores: {
      cookies: ["rl_*", "rudder_*", "test_rudder_cookie"],
      local: ["rl_*", "rudder_*"],
      session: ["rl_*", "rudder_*"],
    },
    tell(answers) {
      if (!categories[0]) return;
      consentManagement = {
        enabled: true,
        provider: "custom",
        allowedConsentIds: idsOf(answers, true),
        deniedConsentIds: idsOf(answers, false),
      };
      running?.consent({ consentManagement });
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        isOpen = true;
        if (running) return;
        running = sdk;
        sdk.load(key, dataPlane, {
          ...given.config,
          ...(consentManagement && { consentManagement }),
        });
      }),
    revoke() {
      isOpen = false;
      running?.reset({ entries: { anonymousId: true } });
    },
  };
}
