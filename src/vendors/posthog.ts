import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** As much of `posthog-js` as is called here. */
export interface PosthogSdk {
  init(key: string, config: object): unknown;
  opt_in_capturing(options: { captureEventName: false }): void;
  opt_out_capturing(): void;
  reset(isNewDevice: boolean): void;
}

/** What {@link posthog} takes. */
export interface PosthogOptions {
  /** The project's API key: `"phc_…"`. */
  key: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** Where events go. Default: `"https://us.i.posthog.com"`. */
  host?: string;
  /** The address of the script. Default: what PostHog serves for `host`. */
  src?: string;
  /** `posthog-js`, or a function that imports it. Then nothing is loaded by `src`. */
  sdk?: Sdk<PosthogSdk>;
  /** What `posthog.init` takes besides. */
  config?: object;
}
export function posthog(
  options: Loose<PosthogOptions> & Pick<PosthogOptions, "key">,
): Vendor {
  const given = withDefaults(
    {
      key: "",
      purpose: "analytics",
      host: "https://us.i.posthog.com",
      src: undefined as string | undefined,
      sdk: undefined as Sdk<PosthogSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const key = text("key", given.key);
  const host = address("host", given.host);
  const withSdk = bring({
    sdk: given.sdk,
    src:
      given.src ??
      `${host.replace(".i.posthog.com", "-assets.i.posthog.com")}/static/array.js`,
    global: "posthog",
    method: "init",
  });
  let running: PosthogSdk | undefined;
  return {
    name: "posthog",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: [`ph_${key}_*`],
      local: [`ph_${key}_*`],
      session: [`ph_${key}_*`],
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        if (!running)
          sdk.init(key, {
            api_host: host,
            request_batching: false,
            ...given.config,
            opt_out_capturing_by_default: true,
            opt_out_persistence_by_default: true,
          });
        else {
          Object.assign(sdk, { __loaded: true });
          sdk.reset(true);
        }
        running = sdk;
        sdk.opt_in_capturing({ captureEventName: false });
      }),
    revoke() {
      if (!running) return;
      running.opt_out_capturing();
      Object.assign(running, { __loaded: false });
    },
  };
}
