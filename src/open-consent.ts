import { oneOf, refuse, type Loose } from "./consent/refuse.js";
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

/** What a store is made of, with its ports by name. */
export interface OpenOptions extends Omit<
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

/** Makes a store on the ports that `options` name. Names of options need no check here. */
export function openConsent(options: Loose<OpenOptions>): ConsentStore {
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
