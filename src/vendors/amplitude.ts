import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** What carries Amplitude's events away. */
interface Transport {
  send(...details: unknown[]): Promise<unknown>;
}

/** As much of `@amplitude/analytics-browser` as is called here. */
export interface AmplitudeSdk {
  init(key: string, options: object): unknown;
  add(plugin: object): unknown;
  track(name: string): unknown;
  setOptOut(isOut: boolean): void;
  flush(): unknown;
  reset(): void;
}

/** What {@link amplitude} takes. */
export interface AmplitudeOptions {
  /** The project's API key. */
  key: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: what Amplitude serves for `key`. */
  src?: string;
  /** `@amplitude/analytics-browser`, or a function that imports it. Then nothing is loaded by `src`. */
  sdk?: Sdk<AmplitudeSdk>;
  /** What `amplitude.init` takes besides. */
  config?: object;
}

/**
 * Amplitude keeps what a page tracks before it is initialised, over a no as well, and goes through it in order. What comes before
 * this one is from then.
 */
const MARK = "consent-elements: begin";

/** Events that are Amplitude's own: they belong to the begin. */
const OWN = /^(\[Amplitude\]|session_|\$)/;

/**
 * Amplitude, from the visitor's yes on. It is not initialised before, since `init` stores an identity even for one who
 * has opted out.
 */
export function amplitude(
  options: Loose<AmplitudeOptions> & Pick<AmplitudeOptions, "key">,
): Vendor {
  const given = withDefaults(
    {
      key: "",
      purpose: "analytics",
      src: "",
      sdk: undefined as Sdk<AmplitudeSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const key = text("key", given.key);
  const short = key.slice(0, 10);
  const withSdk = bring({
    sdk: given.sdk,
    src: address(
      "src",
      given.src || `https://cdn.amplitude.com/script/${key}.js`,
    ),
    global: "amplitude",
    method: "setOptOut",
  });
  let running: AmplitudeSdk | undefined;
  let isOut = false;
  let hasBegun = false;

  /** What Amplitude has queued leaves by this door, which a no closes: opting out stops only what is tracked later. */
  const door = {
    name: "consent-elements",
    type: "before",
    async setup(config: { transportProvider: Transport }) {
      const { transportProvider } = config;
      config.transportProvider = {
        // "Delivered": anything else is tried again, or said in the console.
        send: async (...details) =>
          isOut
            ? { status: "success", statusCode: 200, body: {} }
            : transportProvider.send(...details),
      };
    },
    async execute(event: { event_type: string }) {
      const isMark = event.event_type === MARK;
      hasBegun ||= isMark;
      return (hasBegun && !isMark) || OWN.test(event.event_type) ? event : null;
    },
  };

  return {
    name: "amplitude",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: [
        `AMP_${short}`,
        "AMP_MKTG_*",
        "AMP_TEST*",
        "AMP_TLDTEST*",
        `amp_${key.slice(0, 6)}`,
      ],
      local: ["AMP_*"],
      session: ["AMP_*"],
      databases: ["AMP_*"],
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        isOut = false;
        if (running) sdk.setOptOut(false);
        else {
          running = sdk;
          sdk.add(door);
          sdk.init(key, {
            ...given.config,
            optOut: false,
          });
          sdk.track(MARK);
        }
      }),
    revoke() {
      isOut = true;
      running?.setOptOut(true);
      running?.flush();
      running?.reset();
    },
  };
}
