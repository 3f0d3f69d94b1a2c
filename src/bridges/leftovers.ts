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

/** What cookies of the given name hold, as they are written. */
export function cookieValues(name: string): readonly string[] {
  try {
    return document.cookie
      .split("; ")
      .filter((cookie) => cookie.startsWith(`${name}=`))
      .map((cookie) => cookie.slice(name.length + 1));
  } catch {
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
