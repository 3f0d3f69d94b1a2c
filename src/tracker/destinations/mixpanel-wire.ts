import { VERSION } from "../../version.js";
import type { Destination, Message } from "../destination.js";

/** Where and how Mixpanel receives events. */
export interface MixpanelOptions {
  /** The project's token. */
  token: string;
  /** The ingestion host: `https://api.mixpanel.com`, `https://api-eu.mixpanel.com`, or a proxy of the site's own. */
  endpoint?: string;
  /** Whether Mixpanel may derive a place from the visitor's network address. Default: `true`; never at the anonymous level. */
  ip?: boolean;
}

/** Mixpanel's wire format. The options are taken as they are; `mixpanel()` checks them. */
export function mixpanelWire({
  token,
  endpoint = "https://api.mixpanel.com",
  ip = true,
}: MixpanelOptions): Destination {
  const base = new URL(endpoint, globalThis.location?.href).href.replace(
    /\/?$/,
    "/",
  );
  return {
    batchSize: 50,
    deliver(messages, now) {
      const [{ verb, level }] = messages as [Message];
      const [route, write] =
        verb === "set" ? ["engage", update] : ["track", event];
      // No place from the network address at the anonymous level.
      const query = `verbose=1&ip=${+(ip && level === "full")}&_=${now}`;
      return {
        url: `${base}${route}/?${query}`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `data=${encodeURIComponent(JSON.stringify(messages.map(write as (message: Message) => object)))}`,
        credentials: "omit",
      };
    },
    // With verbose=1 the answer is {status, error}; a proxy may answer anything.
    complaint: (answer) => (/"status":\s*0/.test(answer) ? answer : ""),
  };

  function event(message: Message): object {
    const { verb, name, properties, time, page, id, level, who } = message;
    const { url = "", title, referrer = "" } = page ?? {};
    const { deviceId, userId, initialReferrer, registered } = who;
    return {
      event:
        { page: "$mp_web_page_view", identify: "$identify" }[verb as "page"] ??
        name,
      properties: {
        ...(level === "full"
          ? {
              ...device(),
              $current_url: url,
              $referrer: referrer || undefined,
              $referring_domain: hostOf(referrer) || undefined,
              $initial_referrer: initialReferrer || "$direct",
              $initial_referring_domain: hostOf(initialReferrer) || "$direct",
            }
          : {
              // What a query, a hash or a referrer's path may name is nobody's business at the anonymous level.
              $current_url: url.split(/[?#]/)[0],
              $referrer: referrer.split("/", 3).join("/") || undefined,
            }),
        ...(verb === "page" && {
          current_page_title: title,
          current_domain: hostOf(url),
          current_url_path: url
            .split(/[?#]/)[0]!
            .replace(/^[^/]*\/\/[^/]*/, ""),
          current_url_protocol: url.split("/")[0],
        }),
        mp_lib: "consent-elements",
        $lib_version: VERSION,
        $insert_id: id,
        time: time / 1000,
        distinct_id: userId ?? `$device:${deviceId}`,
        $device_id: deviceId,
        $user_id: userId,
        $anon_distinct_id: message.before,
        ...registered,
        ...properties,
        token,
        mp_sent_by_lib_version: VERSION,
      },
    };
  }

  function update({ properties, who: { deviceId, userId } }: Message): object {
    const { $os, $browser, $browser_version } = device();
    return {
      $set: { $os, $browser, $browser_version, ...properties },
      $token: token,
      $distinct_id: userId,
      $device_id: deviceId,
      $user_id: userId,
    };
  }
}

/** The host without its port, as Mixpanel has it. */
function hostOf(url = ""): string {
  return url.split("/")[2]?.replace(/:\d+$/, "") ?? "";
}

// Mark and name, in Mixpanel's words. The first mark that a user agent holds counts: most also claim to be those below.
const SYSTEMS =
  "Windows=,iPhone=iOS,iPad=iOS,iPod=iOS,Mac OS=Mac OS X,Android=,CrOS=Chrome OS,Linux=";
const BROWSERS =
  "Edg=Microsoft Edge,EdgA=Microsoft Edge,EdgiOS=Microsoft Edge,OPR=Opera,SamsungBrowser=Samsung Internet,Firefox=,FxiOS=Firefox iOS,Chrome=,CriOS=Chrome iOS,Version=Safari";

function device(): Record<string, unknown> {
  if (!globalThis.document) return {};
  const { userAgent } = navigator;
  const find = (list: string, end = "") =>
    list
      .split(",")
      .map((entry) => entry.split("="))
      .find(([mark]) => userAgent.includes(mark + end)) ?? [];
  const [system, os] = find(SYSTEMS);
  let [mark, browser] = find(BROWSERS, "/");
  if (browser === "Safari" && userAgent.includes("Mobile/"))
    browser = "Mobile Safari";
  return {
    $os: os || system,
    $browser: browser || mark,
    $browser_version: parseFloat(userAgent.split(`${mark}/`)[1]!) || undefined,
    $screen_height: screen.height,
    $screen_width: screen.width,
  };
}
