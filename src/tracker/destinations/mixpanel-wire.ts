import { VERSION } from "../../version.js";
import type { Destination, Message, Properties } from "../destination.js";
import { checkId } from "./mixpanel-id.js";

/** Where Mixpanel receives events, and what it gets to know. */
export interface WireOptions {
  /** The project's token. */
  token: string;
  /** The ingestion host: `https://api.mixpanel.com`, `https://api-eu.mixpanel.com`, or a proxy of the site's own. */
  endpoint?: string;
  /** Whether Mixpanel may derive a place from the visitor's network address. Default: `true`; never below the level `full`. */
  ip?: boolean;
  /** Takes out of properties what must not be sent. Default: nothing. */
  keep?: (properties: Properties) => Properties;
  /**
   * Writes JSON as the value of a form's field, in ASCII. Default: percent-encodes what means something in a form, `;` as
   * well, which once parted fields, and what is beyond ASCII. What reads forms takes the rest as it stands (URL standard,
   * 5.1), and a body is a third shorter than with every quote and bracket spelled out.
   */
  encode?: (json: string) => string;
}

/**
 * Mixpanel's wire format. The options are taken as they are; `mixpanel()` checks them. All a drop-in loads of Mixpanel:
 * of the checks at the call it has only that of ids.
 */
export function wire({
  token,
  endpoint = "https://api.mixpanel.com",
  ip = true,
  keep = (properties) => properties,
  encode = (json) => json.replace(/[^!-~]+|[%&+;]/g, encodeURIComponent),
}: WireOptions): Destination {
  const base = new URL(endpoint, globalThis.location?.href).href.replace(
    /\/?$/,
    "/",
  );
  return {
    batchSize: 50,
    check: checkId,
    write(message) {
      const route =
        { profile: "engage", group: "groups" }[message.verb as "group"] ??
        "track";
      const entry = route === "track" ? event(message) : update(message);
      return entry && { route, text: JSON.stringify(entry) };
    },
    deliver: ({ route, texts, level, serverAnonymity, now }) => ({
      url: `${base}${route}/?verbose=1&ip=${+(ip && level === "full" && !serverAnonymity)}&_=${now}`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `data=${encode(`[${texts}]`)}`,
    }),
    // With verbose=1 the answer is {status, error}; a proxy may answer anything.
    complaint: (answer) => (/"status":\s*0/.test(answer) ? answer : ""),
  };

  function event(message: Message): object | undefined {
    const { verb, name, properties, time, page, level, who } = message;
    const { before, decision } = message;
    // A decision that is no new yes has no event.
    if (verb === "consent" && !name) return;
    const { url = "", title, referrer = "" } = page ?? {};
    const { deviceId, userId, initialReferrer, registered } = who;
    return {
      event:
        {
          page: "$mp_web_page_view",
          identify: "$identify",
          alias: "$create_alias",
        }[verb as "page"] ?? name,
      properties: keep({
        $current_url: url,
        $referrer: referrer || undefined,
        ...(level === "full" && {
          ...agent(),
          $screen_height: globalThis.screen?.height,
          $screen_width: globalThis.screen?.width,
          $referring_domain: hostOf(referrer) || undefined,
          $initial_referrer: initialReferrer || "$direct",
          $initial_referring_domain: hostOf(initialReferrer) || "$direct",
        }),
        ...(verb === "page" && {
          current_page_title: title,
          current_domain: hostOf(url),
          current_url_path: url.replace(/^[^/]*\/\/[^/]*|[?#].*/gs, ""),
          current_url_protocol: url.split("/")[0],
        }),
        ...registered,
        ...(decision && {
          consent_version: decision.revision,
          consent_purposes: Object.keys(decision.choices).filter(
            (purpose) => decision.choices[purpose] === "granted",
          ),
        }),
        ...properties,
        // Behind what a caller may name: nobody's property takes an event over.
        mp_lib: "consent-elements",
        $lib_version: VERSION,
        $insert_id: message.id,
        time: time / 1000,
        distinct_id: distinctId(message),
        $device_id: deviceId,
        $user_id: userId,
        $anon_distinct_id: verb === "identify" ? before : undefined,
        ...(verb === "alias" && { alias: name, distinct_id: before }),
        token,
        mp_sent_by_lib_version: VERSION,
      }),
    };
  }

  function update(message: Message): object | undefined {
    const { name, properties, group, who } = message;
    const id = group ? `${group.id}` : distinctId(message);
    let content: object | string = keep({
      ...(name === "set" && !group && agent()),
      ...properties,
    });
    if (name === "union")
      content = Object.fromEntries(
        Object.entries(content).map(([list, value]) => [list, [value].flat()]),
      );
    // Also what may no longer be sent: this is how it is taken back.
    if (name === "unset") content = Object.keys(properties);
    if (name === "delete") content = id;
    // Mixpanel takes no empty update.
    if (!Object.keys(content).length) return;
    return {
      // setOnce is $set_once.
      [`$${name.replace("O", "_o")}`]: content,
      $ignore_alias: name === "delete" ? properties.$ignore_alias : undefined,
      $token: token,
      ...(group
        ? { $group_key: group.key, $group_id: id }
        : {
            $distinct_id: id,
            ...keep({ $device_id: who.deviceId, $user_id: who.userId }),
          }),
    };
  }
}

/** Whose a message is: the site's own id, or a random one in Mixpanel's form. */
function distinctId({ who: { userId, deviceId } }: Message): string {
  return userId ?? `$device:${deviceId}`;
}

/** The host without its port, as Mixpanel has it. */
function hostOf(url = ""): string {
  return url.split(/[/?#]/)[2]?.replace(/^.*@|:\d+$/g, "") ?? "";
}

// Mark and name, in Mixpanel's words. The first mark that a user agent holds counts: most also claim to be those below.
const SYSTEMS =
  "Windows=,iPhone=iOS,iPad=iOS,iPod=iOS,Mac OS=Mac OS X,Android=,CrOS=Chrome OS,Linux=";
const BROWSERS =
  "Edg=Microsoft Edge,EdgA=Microsoft Edge,EdgiOS=Microsoft Edge,OPR=Opera,SamsungBrowser=Samsung Internet,Firefox=,FxiOS=Firefox iOS,Chrome=,CriOS=Chrome iOS,Version=Safari";

let known: Record<string, unknown> | undefined;
let knownAgent: string | undefined;

/** What the browser calls itself. Read once: an event must not cost more than it has to. */
function agent(): Record<string, unknown> | undefined {
  if (!globalThis.document) return;
  const { userAgent } = navigator;
  if (userAgent === knownAgent) return known;
  const find = (list: string, end = "") =>
    list
      .split(",")
      .map((entry) => entry.split("="))
      .find(([mark]) => userAgent.includes(mark + end)) ?? [];
  const [system, os] = find(SYSTEMS);
  let [mark, browser] = find(BROWSERS, "/");
  if (browser === "Safari" && userAgent.includes("Mobile/"))
    browser = "Mobile Safari";
  knownAgent = userAgent;
  return (known = {
    $os: os || system,
    $browser: browser || mark,
    $browser_version: parseFloat(userAgent.split(`${mark}/`)[1]!) || undefined,
  });
}
