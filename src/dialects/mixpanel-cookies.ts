import Cookies from "js-cookie";
import { keysOf } from "../tracker/stored.js";
import type { CookieOptions } from "./mixpanel-options.js";
import { cookieArea } from "./snowplow-strategy.js";

/**
 * The domains that `host` may write a cookie for, the widest first, and last none, which is the host alone. Which of
 * them belong to everybody, as `co.uk` does, the browser knows: it refuses the cookie.
 */
export function domainsOf(host: string): string[] {
  // An address has no domains above it.
  const labels = /^[\d.]+$|:/.test(host) ? [] : host.split(".");
  return [
    ...labels.slice(0, -1).map((_, i) => labels.slice(-2 - i).join(".")),
    "",
  ];
}

/**
 * The cookies whose names begin with `name` as a storage. With `cross_subdomain_cookie` a cookie is written for the
 * widest domain that the browser takes. Setting throws where it keeps none.
 */
export function cookiesOf(
  name: string,
  {
    cookie_expiration = 365,
    cookie_domain,
    cross_site_cookie,
    cross_subdomain_cookie = true,
    secure_cookie,
  }: CookieOptions,
  host: string = location.hostname,
): Storage {
  const lifetime = cookie_expiration * 86_400;
  const area = cookieArea(name, { sameSite: "Lax", secure: false, lifetime });
  let wanted = cookie_domain
    ? [cookie_domain]
    : cross_subdomain_cookie
      ? domainsOf(host)
      : [""];
  const attributes = {
    ...(cookie_expiration && { expires: cookie_expiration }),
    sameSite: cross_site_cookie ? ("none" as const) : ("lax" as const),
    // Told as the site wants it: on a page that is not secure there is no such cookie, and setting throws.
    secure: !!(secure_cookie || cross_site_cookie),
  };
  /** Script cannot see a cookie's domain: all that it could have are removed. */
  const removeItem = (key: string) => {
    for (const domain of new Set([...wanted, ...domainsOf(host)]))
      Cookies.remove(key, domain ? { domain } : {});
  };
  return {
    get length() {
      return area.length;
    },
    key: area.key,
    getItem: area.getItem,
    setItem(key: string, value: string) {
      // Until this page knows its domain, one of another domain may be in the way.
      if (wanted[1] !== undefined && area.getItem(key) !== null)
        removeItem(key);
      for (const domain of wanted) {
        Cookies.set(key, value, { ...attributes, ...(domain && { domain }) });
        if (area.getItem(key) !== value) continue;
        wanted = [domain];
        return;
      }
      throw new Error(`consent-elements: no cookie was kept for ${key}`);
    },
    removeItem,
    clear() {
      for (const key of keysOf(area)) removeItem(key);
    },
  };
}
