import { refuse, text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import type { Vendor } from "./vendor.js";

/** What carries Sentry's envelopes away. */
interface Transport {
  send(envelope: unknown): PromiseLike<unknown>;
  flush(timeout?: number): PromiseLike<boolean>;
}

/** As much of `@sentry/browser` as is called here. */
export interface SentrySdk {
  init(options: object): unknown;
  makeFetchTransport(options: object): Transport;
  /** What is added to events: the visitor, and a trail of what happened on the page. */
  getIsolationScope?(): {
    clearBreadcrumbs(): unknown;
    setUser(user: null): unknown;
  };
  /** Missing in bundles without replay. */
  getReplay?(): { start(): void; stop(): unknown } | undefined;
}

/** What {@link sentry} takes. */
export interface SentryOptions {
  /** The project's DSN. */
  dsn: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of a bundle of the SDK, which names a version; where there is no `sdk`. */
  src?: string;
  /** `@sentry/browser` or a framework's package, or a function that imports it. */
  sdk?: Sdk<SentrySdk>;
  /** What `Sentry.init` takes besides. */
  config?: object;
}

/** Forgets what Sentry would add to the next event. */
const forget = ({ getIsolationScope }: SentrySdk) => {
  const scope = getIsolationScope?.();
  scope?.clearBreadcrumbs();
  scope?.setUser(null);
};

/** Sentry, from the visitor's yes on. It has no call for consent, so all that it sends goes through a door that a no closes. */
export function sentry(
  options: Loose<SentryOptions> & Pick<SentryOptions, "dsn">,
): Vendor {
  const given = withDefaults(
    {
      dsn: "",
      purpose: "analytics",
      src: "",
      sdk: undefined as Sdk<SentrySdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const dsn = address("dsn", given.dsn);
  if (!given.sdk && !given.src)
    refuse("src", null, "the address of a Sentry bundle, or give an sdk");
  const withSdk = bring({
    sdk: given.sdk,
    src: given.src,
    global: "Sentry",
    method: "makeFetchTransport",
    attributes: { crossorigin: "anonymous" },
  });
  let running: SentrySdk | undefined;
  let isOpen = false;
  return {
    name: "sentry",
    purposes: [text("purpose", given.purpose)],
    stores: { session: ["sentryReplaySession", "sentry_previous_trace"] },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        isOpen = true;
        if (running) {
          // The trail goes on during a no.
          forget(sdk);
          return sdk.getReplay?.()?.start();
        }
        running = sdk;
        const { transport = sdk.makeFetchTransport, ...config } =
          given.config as { transport?: SentrySdk["makeFetchTransport"] };
        return sdk.init({
          sendDefaultPii: false,
          ...config,
          dsn,
          transport(details: object) {
            const own = transport(details);
            return {
              ...own,
              send: (envelope: unknown) =>
                isOpen ? own.send(envelope) : Promise.resolve({}),
            };
          },
        });
      }),
    revoke() {
      isOpen = false;
      if (!running) return;
      forget(running);
      void running.getReplay?.()?.stop();
    },
  };
}
