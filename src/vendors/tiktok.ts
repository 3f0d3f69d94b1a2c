import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { scriptAt } from "./shared/script.js";
import type { Vendor } from "./vendor.js";

/** What {@link tiktok} may be told. */
export interface TiktokOptions {
  /** The pixel's id. */
  pixelId: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
  /** Where the script is, without what follows a `?`. Default: TikTok's own `events.js`. */
  src?: string;
}

/** The calls that the stub takes. A call that is not among them is lost, those about consent first of all. */
const METHODS = [
  "page",
  "track",
  "identify",
  "instances",
  "debug",
  "on",
  "off",
  "once",
  "ready",
  "alias",
  "group",
  "enableCookie",
  "disableCookie",
  "holdConsent",
  "revokeConsent",
  "grantConsent",
] as const;

type Method = (...call: unknown[]) => void;

/** The stub: an array of calls, and a method for each. The vendor's script makes something else of it. */
type Ttq = unknown[] &
  Record<(typeof METHODS)[number], Method> & {
    methods?: readonly string[];
    setAndDefer?: (target: object, method: string) => void;
    instance?: (id: string) => unknown;
    [note: `_${string}`]: Record<string, unknown> | undefined;
  };

interface Page {
  ttq?: Ttq;
  TiktokAnalyticsObject?: string;
}

/**
 * The TikTok Pixel. `ttq` holds from the start; nothing is fetched before a yes, and what the page called before it is gone. After a no
 * the vendor's script drops what is called.
 *
 * Facts, second-hand: business-api.tiktok.com/portal/docs/pixel-cookie-consent-mode/v1.3. What it keeps in sessionStorage is
 * unverified.
 */
export function tiktok(options: Loose<TiktokOptions>): Vendor {
  const given = withDefaults(
    {
      pixelId: "",
      purpose: "marketing",
      src: "https://analytics.tiktok.com/i18n/pixel/events.js",
    },
    options,
  );
  const pixelId = text("pixelId", given.pixelId);
  const src = text("src", given.src);
  const script = scriptAt(
    `${src}?${new URLSearchParams({ sdkid: pixelId, lib: "ttq" })}`,
  );
  const page = globalThis as Page;
  /** An empty queue whose first word is to hold. */
  const begin = () => {
    page.ttq!.length = 0;
    page.ttq!.holdConsent();
  };
  return {
    name: "tiktok",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: ["_ttp", "_tt_enable_cookie", "ttcsid*", "_tt_*"],
      session: ["tt_*"],
    },
    prepare() {
      if (page.ttq && !page.ttq.holdConsent)
        throw new Error(
          "consent-elements: the page has a window.ttq without holdConsent; take the snippet of tiktok out, or leave tiktok to it alone",
        );
      page.TiktokAnalyticsObject = "ttq";
      page.ttq ??= makeStub();
      page.ttq.holdConsent();
    },
    async grant(permit) {
      const ttq = page.ttq!;
      if (script.hasRun) {
        ttq.enableCookie();
        return ttq.grantConsent();
      }
      begin();
      ttq.grantConsent();
      ttq.page();
      // What TikTok's own load() writes down: the address, the time, the options.
      note(ttq, "_i", pixelId, Object.assign([], { _u: src }));
      note(ttq, "_t", pixelId, Date.now());
      note(ttq, "_o", pixelId, {});
      await script.load(permit);
    },
    revoke() {
      if (!script.hasRun) return begin();
      page.ttq!.revokeConsent();
      page.ttq!.disableCookie();
    },
  };
}

function note(ttq: Ttq, kind: `_${string}`, id: string, value: unknown): void {
  (ttq[kind] ??= {})[id] = value;
}

function makeStub(): Ttq {
  const setAndDefer = (target: object, method: string) =>
    Object.assign(target, {
      [method]: (...call: unknown[]) =>
        void (target as unknown[]).push([method, ...call]),
    });
  const dress = <T extends object>(target: T) => {
    for (const method of METHODS) setAndDefer(target, method);
    return target as T & Ttq;
  };
  const ttq: Ttq = dress([]);
  return Object.assign(ttq, {
    methods: METHODS,
    setAndDefer,
    instance: (id: string) => dress((ttq["_i"]?.[id] as []) ?? []),
  });
}
