/** A name, and what is stored under it. */
export type Entry = readonly [name: string, value: string];

/** A storage of the page that answers at once. */
export type StorageName = "localStorage" | "sessionStorage";

/** What a storage of the page holds. One that is blocked holds nothing. */
export function entries(kind: StorageName): readonly Entry[] {
  try {
    const storage = globalThis[kind];
    // Not by `Object.keys`: an entry may be called `length` or `getItem`.
    return Array.from({ length: storage.length }, (_, i) => {
      const name = storage.key(i) ?? "";
      return [name, storage.getItem(name) ?? ""];
    });
  } catch {
    return [];
  }
}

/** Removes entries from a storage of the page. One that is blocked holds nothing. */
export function removeEntries(
  kind: StorageName,
  names: readonly string[],
): void {
  try {
    for (const name of names) globalThis[kind].removeItem(name);
  } catch {
    // What refuses removal refused writing.
  }
}

/** Every cookie that the page's scripts can see, by name and value as they are written. Some may have the same name. */
export function cookies(): readonly Entry[] {
  try {
    return document.cookie.split("; ").map((cookie) => {
      const [name = "", ...rest] = cookie.split("=");
      return [name, rest.join("=")];
    });
  } catch {
    // A document without an origin has none.
    return [];
  }
}

/**
 * As what a cookie may have been set: in a frame of another site only `SameSite=None` may be written, what begins with
 * `__Secure-` only as `Secure`, and one of a partition (CHIPS) is another cookie.
 */
const KINDS = [
  "",
  "; Secure; SameSite=None",
  "; Secure; SameSite=None; Partitioned",
];

/**
 * Removes every cookie of this name: script cannot see which domain and path one has, so all that it can have are tried, the
 * host, each domain above it, and each part of the address. Domains that are everybody's (`co.uk`) the browser refuses.
 */
export function removeCookie(name: string): void {
  try {
    const { hostname, pathname } = location;
    const labels = hostname.split(".");
    const domains = labels
      .map((_, i) => labels.slice(i).join("."))
      .filter((domain, i) => !i || domain.includes("."))
      .map((domain) => `; Domain=${domain}`);
    let path = "";
    for (const part of pathname.split(/(\/)/)) {
      path += part;
      if (!path) continue;
      for (const domain of ["", ...domains])
        for (const kind of KINDS)
          document.cookie = `${name}=; Max-Age=0; Path=${path}${domain}${kind}`;
      if (!cookies().some(([other]) => other === name)) return;
    }
  } catch {
    // A document without an origin has no cookies.
  }
}
