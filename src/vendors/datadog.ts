import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address, bring, type Sdk } from "./shared/sdk.js";
import { silence } from "./shared/silence.js";
import type { Vendor } from "./vendor.js";

/** As much of `datadogRum` or `datadogLogs` as is called here. */
export interface DatadogSdk {
  init(options: object): unknown;
  setTrackingConsent(consent: "granted" | "not-granted"): void;
}

/** What {@link datadog} takes. */
export interface DatadogOptions {
  /** The application's id. Logs need none. */
  applicationId?: string;
  /** The client token: `"pub…"`. */
  clientToken: string;
  /** The Datadog site. Default: `"datadoghq.com"`. */
  site?: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script, which depends on the site and the version; where there is no `sdk`. */
  src?: string;
  /** `datadogRum` of `@datadog/browser-rum`, `datadogLogs` of `@datadog/browser-logs`, or a function that brings it. */
  sdk?: Sdk<DatadogSdk>;
  /** What `init` takes besides. */
  config?: object;
}

/** What Datadog asks of a `proxy` function before each request. */
interface Wanted {
  path: string;
  parameters: string;
  subdomain?: string;
}

/** Where nothing goes. */
const NOWHERE = "data:,";

/** The calls of both SDKs that Datadog keeps until it is initialised, and sends then. */
const SENDING = [
  "addAction",
  "addError",
  "addTiming",
  "addFeatureFlagEvaluation",
  "addDurationVital",
  "startDurationVital",
  "stopDurationVital",
  "startView",
];

/** The address that Datadog itself would send to: its intakes are named after the site. */
function intake(site: string, { path, parameters, subdomain }: Wanted): string {
  const [, name = "", end = ""] = /^(.*)\.([^.]+)$/.exec(site) ?? [];
  const host = `browser-intake-${name.replaceAll(".", "-")}.${end}`;
  return `https://${subdomain ? `${subdomain}.` : ""}${host}${path}?${parameters}`;
}

/**
 * Datadog's Real User Monitoring, or its logs, from the visitor's yes on. Its own call stops what is collected later; what
 * it has collected would still leave at the no and with the page, so every request asks a door for its address.
 */
export function datadog(
  options: Loose<DatadogOptions> & Pick<DatadogOptions, "clientToken">,
): Vendor {
  const given = withDefaults(
    {
      applicationId: undefined as string | undefined,
      clientToken: "",
      site: "datadoghq.com",
      purpose: "analytics",
      src: "https://www.datadoghq-browser-agent.com/us1/v6/datadog-rum.js",
      sdk: undefined as Sdk<DatadogSdk> | undefined,
      config: {} as object,
    },
    options,
  );
  const config = given.config as {
    proxy?: string | ((wanted: Wanted) => string);
    beforeSend?: (...event: unknown[]) => unknown;
  };
  const clientToken = text("clientToken", given.clientToken);
  const { applicationId } = given;
  const site = text("site", given.site);
  let isOpen = false;

  const proxy = (wanted: Wanted): string => {
    if (!isOpen) return NOWHERE;
    if (typeof config.proxy === "function") return config.proxy(wanted);
    const { path, parameters } = wanted;
    return config.proxy
      ? `${config.proxy}?ddforward=${encodeURIComponent(`${path}?${parameters}`)}`
      : intake(site, wanted);
  };

  /** What ends between the no and the end of Datadog's session would otherwise wait there for the next yes. */
  const beforeSend = (...event: unknown[]) =>
    isOpen && (config.beforeSend?.(...event) ?? true);

  const withSdk = bring({
    sdk: given.sdk,
    src: address("src", given.src),
    global: "DD_RUM",
    method: "setTrackingConsent",
    onFound: (sdk) => silence(sdk, SENDING, () => isOpen),
  });
  let running: DatadogSdk | undefined;
  return {
    name: "datadog",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: ["_dd_s", "_dd_s_v2"],
      session: ["_dd_tab_id"],
      local: ["_dd_s", "_dd_s_v2"],
    },
    grant: (permit) =>
      withSdk(permit, (sdk) => {
        isOpen = true;
        if (!running)
          sdk.init({
            ...config,
            proxy,
            beforeSend,
            ...(applicationId && { applicationId }),
            clientToken,
            site,
            trackingConsent: "granted",
          });
        else sdk.setTrackingConsent("granted");
        running = sdk;
      }),
    revoke() {
      isOpen = false;
      running?.setTrackingConsent("not-granted");
    },
  };
}
