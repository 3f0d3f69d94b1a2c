import { removeCookie } from "../../storage/entries.js";
import { keysOf } from "../../tracker/stored.js";
import type { CookieOptions } from "./options.js";
import { cookieArea } from "../shared/areas.js";

/** How a cookie of this name is written, read and removed. `cookieArea` reads the same spelling. */
const spell = encodeURIComponent;

/** A value with what a cookie may hold as it stands (RFC 6265, 4.1.1): spelled out whole, an identity would take half as much again. */
const spellValue = (value: string) =>
  value.replace(/(?:[^!#-+\--:<-[\]-~]|%)+/g, encodeURIComponent);

/** What all cookies of this name hold, as it is written. Throws where cookies cannot be read. */
export const valuesOf = (name: string): string[] =>
  document.cookie
    .split("; ")
    .filter((cookie) => cookie.startsWith(`${spell(name)}=`))
    .map((cookie) => cookie.slice(spell(name).length + 1));

/** Removes all cookies of this name. Script cannot see a cookie's domain and path: all that it could have are tried. */
export const removeAll = (name: string): void => {
  if (valuesOf(name)[0] !== undefined) removeCookie(spell(name));
};

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
  const expiry = () => new Date(Date.now() + lifetime * 1000).toUTCString();
  const attributes = () => [
    "path=/",
    ...(cookie_expiration ? [`expires=${expiry()}`] : []),
    `samesite=${cross_site_cookie ? "none" : "lax"}`,
    // Told as the site wants it: on a page that is not secure there is no such cookie, and setting throws.
    ...(secure_cookie || cross_site_cookie ? ["secure"] : []),
  ];
  return {
    get length() {
      return area.length;
    },
    key: area.key,
    getItem: area.getItem,
    setItem(key: string, value: string) {
      // Until this page knows its domain, one of another domain may be in the way.
      if (wanted[1] !== undefined && area.getItem(key) !== null) removeAll(key);
      for (const domain of wanted) {
        document.cookie = [
          `${spell(key)}=${spellValue(value)}`,
          ...attributes(),
          ...(domain ? [`domain=${domain}`] : []),
        ].join("; ");
        if (area.getItem(key) !== value) continue;
        wanted = [domain];
        return;
      }
      throw new Error(`consent-elements: no cookie was kept for ${key}`);
    },
    removeItem: removeAll,
    clear() {
      for (const key of keysOf(area)) removeAll(key);
    },
  };
}
