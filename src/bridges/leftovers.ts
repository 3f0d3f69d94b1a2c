/** Removes entries from the page's storages. One that is blocked holds nothing. */
export function removeEntries(
  kind: "localStorage" | "sessionStorage",
  names: readonly string[],
): void {
  try {
    for (const name of names) globalThis[kind].removeItem(name);
  } catch {
    // What refuses removal refused writing.
  }
}

/** Removes a cookie from this host and from every domain above it: script cannot see which of them has it. */
export function removeCookie(name: string): void {
  try {
    for (let host = `.${location.hostname}`; host;) {
      const end = `=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`;
      document.cookie = `${name}${end}`;
      document.cookie = `${name}${end}; domain=${host.slice(1)}`;
      host = host.slice(1).replace(/^[^.]*/, "");
    }
  } catch {
    // A document without an origin has no cookies.
  }
}

/** Every cookie of the page, by name and value as they are written. */
function cookies(): readonly (readonly [name: string, value: string])[] {
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

/** Names of the page's cookies. */
export function cookieNames(): readonly string[] {
  return cookies().map(([name]) => name);
}

/** What the first cookie of the given name holds, as it is written. */
export function cookieValue(name: string): string | undefined {
  return cookies().find(([found]) => found === name)?.[1];
}

/** Names of what a storage of the page holds. */
export function entryNames(
  kind: "localStorage" | "sessionStorage",
): readonly string[] {
  try {
    return Object.keys(globalThis[kind]);
  } catch {
    // Blocked: it holds nothing.
    return [];
  }
}

/** Whether the browser asks not to be tracked, in any of the three places where browsers have said so. */
export function asksNotToBeTracked(): boolean {
  const { doNotTrack, msDoNotTrack } = navigator as Navigator & {
    msDoNotTrack?: unknown;
  };
  return [
    doNotTrack,
    msDoNotTrack,
    (window as Window & { doNotTrack?: unknown }).doNotTrack,
  ].some((value) => ["1", "yes", "true"].includes(`${value}`));
}
