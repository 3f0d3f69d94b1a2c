import { refuse, text, withDefaults, type Loose } from "../consent/refuse.js";
import { bring, type Sdk } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** As much of `@plausible-analytics/tracker` as is called here. */
export interface PlausibleSdk {
  init(options: object): void;
}

/** What {@link plausible} takes. */
export interface PlausibleOptions {
  /** The site's domain, as Plausible knows it; needed with an `sdk`. */
  domain?: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the site's script, as Plausible shows it: `"https://plausible.io/js/pa-….js"`; where there is no `sdk`. */
  src?: string;
  /** `@plausible-analytics/tracker`, or a function that imports it. */
  sdk?: Sdk<PlausibleSdk>;
  /** What `plausible.init` takes besides. */
  config?: object;
}

/** As much of the options as is needed here. */
interface Config {
  transformRequest?: (payload: unknown) => unknown;
}

/** Plausible, from the visitor's yes on. It keeps nothing in the browser; after a no its requests are given up. */
export function plausible(options: Loose<PlausibleOptions>): Vendor {
  const given = withDefaults(
    {
      domain: "",
      purpose: "analytics",
      src: "",
      sdk: undefined as Sdk<PlausibleSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const { sdk, src, domain } = given;
  if (!sdk && !src)
    refuse("src", null, "the address of your Plausible script, or give an sdk");
  let isOpen = false;
  let isRunning = false;
  const { transformRequest } = given.config as Config;
  const config = {
    ...given.config,
    ...(sdk ? { domain: text("domain", domain) } : domain && { domain }),
    // Plausible's word for an event that is not to be sent is null.
    transformRequest: (payload: unknown) =>
      !isOpen ? null : transformRequest ? transformRequest(payload) : payload,
  };
  const withSdk = bring({
    sdk,
    src,
    global: "plausible",
    method: "init",
    before: () => {
      const queue = (...call: unknown[]) => void queue.q.push(call);
      queue.q = [] as unknown[];
      // The script begins with what it finds here.
      queue.o = config;
      queue.init = () => {};
      Object.assign(globalThis, { plausible: queue });
    },
  });
  return {
    name: "plausible",
    purposes: [text("purpose", given.purpose)],
    stores: {},
    grant: (permit) => {
      isOpen = true;
      return withSdk(permit, (found) => {
        // It can be begun once.
        if (sdk && !isRunning) found.init(config);
        isRunning = true;
      });
    },
    revoke() {
      isOpen = false;
    },
  };
}
