import { oneOf, onlyKnown, refuse, type Loose } from "./consent/refuse.js";
import type { RecordStorage } from "./consent/ports.js";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "./consent/store.js";
import { cookieStorage } from "./storage/cookie.js";
import { localRecordStorage } from "./storage/local.js";
import { tabs } from "./storage/tabs.js";

/** Where a record may wait between pages. */
const STORAGES = ["cookie", "local", "memory"] as const;
export type StorageName = (typeof STORAGES)[number];

/** What {@link createConsent} takes. */
export interface ConsentOptions extends Omit<
  StoreOptions,
  "storage" | "neighbours"
> {
  /** Where the record waits: `"cookie"`, `"local"`, `"memory"`, or a storage of the site's own. Default: `"cookie"`. */
  storage?: StorageName | RecordStorage;
  /** The name of the cookie or of the localStorage entry. Default: `"consent"`. */
  cookieName?: string;
  /** Share the cookie with subdomains: `"shop.example"`. Default: this host alone. */
  cookieDomain?: string;
}

const NAMES: readonly (keyof ConsentOptions)[] = [
  "purposes",
  "mode",
  "revision",
  "maxAge",
  "storage",
  "cookieName",
  "cookieDomain",
  "clock",
];

/**
 * Makes the store that holds a visitor's decision, keeps it between pages and in step with the site's other tabs.
 *
 * ```ts
 * const consent = createConsent({ purposes: ["analytics", "marketing"], revision: "2026-11" });
 * consent.subscribe(({ changed }) => console.log(changed));
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a value outside the allowed ones.
 */
export function createConsent(
  options: Loose<ConsentOptions> = {},
): ConsentStore {
  onlyKnown(options, NAMES);
  return openConsent(options);
}

/** The same, for options whose names need no check. */
export function openConsent(options: Loose<ConsentOptions>): ConsentStore {
  const {
    storage = "cookie",
    cookieName = "consent",
    cookieDomain,
    ...rest
  } = options;
  // A character that ends a cookie's name or value would cut the record in two.
  if (!/^[\w.-]+$/.test(cookieName))
    refuse("cookieName", cookieName, "a word such as consent");
  return createStore({
    ...rest,
    storage:
      typeof storage === "string"
        ? {
            cookie: cookieStorage(cookieName, cookieDomain),
            local: localRecordStorage(cookieName),
            memory: undefined,
          }[oneOf("storage", storage, STORAGES)]
        : storage,
    // A document is what has tabs.
    neighbours: globalThis.document && tabs(cookieName),
  });
}
