import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** As much of `mixpanel-browser` as is called here. */
export interface MixpanelSdk {
  init(token: string, config: object): unknown;
  opt_in_tracking(options: object): void;
  opt_out_tracking(options: object): void;
  reset(): void;
  /** Missing in the types that the SDK publishes. */
  stop_batch_senders?(): void;
}

/** What {@link mixpanel} takes. */
export interface MixpanelOptions {
  /** The project's token. */
  token: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: the one of Mixpanel's snippet. */
  src?: string;
  /** `mixpanel-browser`, or a function that imports it. Then nothing is loaded by `src`. */
  sdk?: Sdk<MixpanelSdk>;
  /** What `mixpanel.init` takes besides. */
  config?: object;
}

/**
 * Mixpanel's own SDK, by its own calls and no more. What these leave to be wished for (events that wait at a no, other
 * tabs, calls before a yes) the bridge `consent-elements/bridges/mixpanel` mends; a page has one of the two.
 */
export function mixpanel(
  options: Loose<MixpanelOptions> & Pick<MixpanelOptions, "token">,
): Vendor {
  const given = withDefaults(
    {
      token: "",
      purpose: "analytics",
      src: "https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js",
      sdk: undefined as Sdk<MixpanelSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const token = text("token", given.token);
  const withSdk = bring({
    sdk: given.sdk,
    src: address("src", given.src),
    global: "mixpanel",
    method: "opt_in_tracking",
    // The script starts only beside its snippet, which is known by a version.
    before: () =>
      Object.assign(globalThis, {
        mixpanel: Object.assign([], { _i: [], __SV: 1.2 }),
      }),
  });
  let running: MixpanelSdk | undefined;
  return {
    name: "mixpanel",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: [`mp_${token}_mixpanel`],
      local: [`mp_${token}_mixpanel`, `__mpq_${token}_*`],
      session: [`mp_tab_id_*_${token}`, `mp_gen_new_tab_id_*_${token}`],
      databases: ["mixpanelBrowserDb", "mixpanelFlagsDb"],
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        // Otherwise the identity from before the no comes back.
        if (running) sdk.reset();
        else sdk.init(token, given.config);
        running = sdk;
        // Otherwise it sends an event of its own.
        sdk.opt_in_tracking({ track: () => {} });
      }),
    revoke() {
      // By default it would ask Mixpanel to delete the visitor's profile.
      running?.opt_out_tracking({
        delete_user: false,
        clear_persistence: true,
      });
      running?.stop_batch_senders?.();
    },
  };
}
