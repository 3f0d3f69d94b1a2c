import { VERSION } from "../../version.js";
import { asciiJson } from "../ascii.js";
import type {
  Destination,
  Entity,
  Message,
  Properties,
} from "../destination.js";
import { stripEntities } from "../strip-entities.js";

/** Which entities go with every event. */
export interface SnowplowContexts {
  /** `web_page/1-0-0`: the view of the page. Default: `true`. */
  webPage?: boolean;
  /** `client_session/1-0-2`: the visit; none at the level `anonymous`. Default: `false`. */
  session?: boolean;
  /** `browser_context/2-0-0`: sizes and languages, and at the level `full` the tab. Default: `false`. */
  browser?: boolean;
}

/** A lawful basis, in Snowplow's words. */
export type Basis =
  | "consent"
  | "contract"
  | "legal_obligation"
  | "vital_interests"
  | "public_task"
  | "legitimate_interests";

/** What every `consent_preferences/1-0-0` says beyond the decision. */
export interface SnowplowConsent {
  /** The address of the privacy policy. Default: the page that the decision was made on. */
  url?: string;
  /** The lawful basis, in Snowplow's words. Default: `"consent"`. */
  basis?: Basis;
  /** Where the decision holds. Default: the page's host. */
  domains?: readonly string[];
}

/** Where and how a Snowplow collector receives events. */
export interface SnowplowOptions {
  /** The collector: `https://c.shop.example`, or a path of the site's own such as `/collect`. */
  endpoint: string;
  /** The application's id (`aid`). Default: none. */
  appId?: string;
  /** The tracker's name (`tna`). Default: `"sp"`. */
  namespace?: string;
  /** What it runs on (`p`). Default: `"web"`; a mobile app is `"mob"`. */
  platform?: "web" | "mob" | "pc" | "srv" | "app" | "tv" | "cnsl" | "iot";
  /**
   * `post` sends up to 50 events a request; `get` one, to `/i`. Under server anonymity a browser asks the collector
   * before each address it has not seen, so `get` then costs two requests an event. Default: `"post"`.
   */
  method?: "post" | "get";
  /** Where `post` goes. Default: `"/com.snowplowanalytics.snowplow/tp2"`; others keep ad blockers from knowing it. */
  postPath?: string;
  contexts?: SnowplowContexts;
  /** Whether JSON travels in base64 (`cx`, `ue_px`). Default: with `get`. */
  encodeBase64?: boolean;
  /** How decisions are told; `false` tells none. */
  consent?: SnowplowConsent | false;
  /** Schemas of events by name: `track("Order placed", …)` is then a self-describing event. */
  schemas?: Readonly<Record<string, string>>;
  /** More headers. The collector must allow each of them to pages (CORS). */
  customHeaders?: Readonly<Record<string, string>>;
  /**
   * At the level `full`, without server anonymity: `"include"` lets the collector know the browser by its own cookie
   * (`network_userid`). Default: `"omit"`.
   */
  credentials?: RequestCredentials;
}

const schema = (name: string, version = "1-0-0") =>
  `iglu:com.snowplowanalytics.snowplow/${name}/jsonschema/${version}`;

/**
 * Snowplow's wire format. The options are taken as they are; `snowplow()` checks them. Named as in every destination's
 * wire format, so that what composes a page can fetch any of them.
 */
export function wire({
  endpoint,
  appId,
  namespace = "sp",
  platform = "web",
  method = "post",
  postPath = "/com.snowplowanalytics.snowplow/tp2",
  contexts: { webPage = true, session: visits, browser } = {},
  encodeBase64 = method === "get",
  consent = {},
  schemas,
  customHeaders,
  credentials = "omit",
}: SnowplowOptions): Destination {
  const post = method === "post";
  const here = globalThis.location?.href;
  const base = new URL(endpoint, here).href.replace(/\/$/, "");
  const uris = new Map(Object.entries(schemas ?? {}));

  return {
    batchSize: post ? 50 : 1,
    needs: browser ? ["session", "tab"] : ["session"],
    // Snowplow is never told where a visitor came from first.
    toStore: (who) => ({ ...who, initialReferrer: "" }),

    write(message) {
      const { level, time, page, who, id, entities = [] } = message;
      const event = eventOf(message);
      if (!event) return;
      const full = level === "full";
      const session = level === "anonymous" ? undefined : message.session;
      const { url = "", referrer = "" } = page ?? {};
      const { columns, entity } = surroundings();
      const own: (Entity | false | undefined)[] = [
        webPage && { schema: schema("web_page"), data: { id: message.view } },
        browser &&
          entity && {
            schema: schema("browser_context", "2-0-0"),
            data: { ...entity, tabId: (full && message.tab) || null },
          },
        visits &&
          session && {
            schema: schema("client_session", "1-0-2"),
            data: {
              userId: who.deviceId,
              sessionId: session.id,
              eventIndex: session.eventIndex,
              sessionIndex: session.index,
              previousSessionId: full ? session.previousId : null,
              storageMechanism: "LOCAL_STORAGE",
              firstEventId: session.firstEventId,
              firstEventTimestamp: session.firstEventTime,
            },
          },
      ];
      const all = stripEntities(
        [...own.filter((each) => !!each), ...entities],
        level,
      );
      const text = asciiJson(
        {
          ...event,
          eid: id,
          tv: `consent-elements-${VERSION}`,
          tna: namespace,
          aid: appId,
          p: platform,
          ...columns,
          tz: globalThis.Intl?.DateTimeFormat().resolvedOptions().timeZone,
          dtm: time,
          ttm: message.trueTime,
          url,
          refr: referrer,
          sid: session?.id,
          vid: session?.index,
          ...(full && { duid: who.deviceId, uid: who.userId }),
          ...(all[0] && column(["co", "cx"], schema("contexts"), all)),
        },
        // All that is sent is text, and what is empty is not sent.
        (key, value) =>
          key
            ? value == null || value === ""
              ? undefined
              : `${value}`
            : value,
      );
      return { route: method, text };
    },

    deliver({ texts, serverAnonymity, now }) {
      const headers = {
        ...customHeaders,
        ...(serverAnonymity && { "SP-Anonymous": "*" }),
      };
      const common = { credentials: serverAnonymity ? "omit" : credentials };
      return post
        ? {
            ...common,
            url: base + postPath,
            headers: {
              "content-type": "application/json; charset=UTF-8",
              ...headers,
            },
            body: `{"schema":"${schema("payload_data", "1-0-4")}","data":[${texts.map((text) => `${text.slice(0, -1)},"stm":"${now}"}`)}]}`,
          }
        : {
            ...common,
            method: "GET",
            headers,
            url: `${base}/i?${`${new URLSearchParams({ stm: now, ...JSON.parse(texts[0]!) })}`.replaceAll("+", "%20")}`,
          };
    },
  };

  /** The columns that tell what happened. */
  function eventOf(message: Message): object | false | undefined {
    const { verb, name, page, properties, who } = message;
    const uri = name.startsWith("iglu:") ? name : uris.get(name);
    return verb === "page"
      ? { e: "pv", page: page?.title }
      : verb === "consent"
        ? consent &&
          unstruct(schema("consent_preferences"), preferences(message))
        : verb === "track" &&
          (uri
            ? unstruct(uri, properties)
            : structured(name, { ...who.registered, ...properties }));
  }

  function unstruct(uri: string, data: object): object {
    return {
      e: "ue",
      ...column(["ue_pr", "ue_px"], schema("unstruct_event"), {
        schema: uri,
        data,
      }),
    };
  }

  /** `co` and `ue_pr` hold JSON, `cx` and `ue_px` the same in base64url. */
  function column(
    [plain, coded]: [string, string],
    envelope: string,
    data: unknown,
  ): object {
    const json = asciiJson({ schema: envelope, data });
    return encodeBase64
      ? {
          [coded]: btoa(json)
            .replaceAll("+", "-")
            .replaceAll("/", "_")
            .replaceAll("=", ""),
        }
      : { [plain]: json };
  }

  function preferences({ decision, page }: Message): object {
    const { choices = {}, action, revision = "" } = decision ?? {};
    if (revision.length > 16)
      throw new RangeError(
        `consent-elements: revision "${revision}" is over 16 characters`,
      );
    const all = Object.entries(choices);
    const are = (answer: string) =>
      all.every(([, choice]) => choice === answer);
    const { url, basis = "consent", domains } = consent as SnowplowConsent;
    return {
      eventType: !decision
        ? "expired"
        : action === "withdraw"
          ? "withdrawn"
          : are("denied")
            ? "deny_all"
            : are("granted")
              ? "allow_all"
              : "allow_selected",
      basisForProcessing: basis,
      consentUrl: url
        ? new URL(url, here).href
        : page!.url.replace(/[?#].*/s, ""),
      consentVersion: revision,
      // What is necessary needs no answer; without it the list of one who refused all would be empty, which is invalid.
      consentScopes: [
        ...new Set([
          "necessary",
          ...all.flatMap(([name, choice]) =>
            choice === "granted" ? name : [],
          ),
        ]),
      ],
      domainsApplied: domains ?? [new URL(page!.url).hostname],
    };
  }
}

/** The columns of a structured event. */
export function structured(
  name: string,
  properties: Properties,
): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...properties };
  const take = (key: string, type = "string") => {
    const value = rest[key];
    if (typeof value !== type) return;
    delete rest[key];
    return value;
  };
  const columns = {
    e: "se",
    se_ac: name,
    se_ca: take("category") || "event",
    se_la: take("label"),
    se_va: take("value", "number"),
  };
  const isAlone = Object.keys(rest).join() === "property";
  return {
    ...columns,
    se_pr:
      (isAlone ? take("property") : undefined) ??
      JSON.stringify(rest).replace(/^{}$/, ""),
  };
}

/** What the document and the browser say of themselves; nothing where there is no document. */
function surroundings(): { columns?: object; entity?: Properties } {
  if (!globalThis.document) return {};
  const { characterSet, documentElement: root } = document;
  const { cookieEnabled, language, onLine, webdriver, hardwareConcurrency } =
    navigator;
  const { deviceMemory } = navigator as { deviceMemory?: number };
  const { width, height, colorDepth } = screen;
  const viewport = `${innerWidth}x${innerHeight}`;
  const documentSize = `${root.scrollWidth}x${root.scrollHeight}`;
  const resolution = `${width}x${height}`;
  return {
    columns: {
      cookie: +cookieEnabled,
      cs: characterSet,
      lang: language,
      res: resolution,
      cd: colorDepth,
      vp: viewport,
      ds: documentSize,
    },
    entity: {
      viewport,
      documentSize,
      resolution,
      colorDepth,
      devicePixelRatio,
      cookiesEnabled: cookieEnabled,
      online: onLine,
      browserLanguage: language,
      // Markup may say anything; the schema takes 20 characters.
      documentLanguage: root.lang.slice(0, 20),
      webdriver,
      deviceMemory,
      hardwareConcurrency,
    },
  };
}
