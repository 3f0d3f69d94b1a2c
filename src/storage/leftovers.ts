import {
  cookies,
  entries,
  removeCookie,
  removeEntries,
  type StorageName,
} from "./entries.js";

/** Names of the page's cookies. */
function cookieNames(): readonly string[] {
  return cookies().map(([name]) => name);
}

/** What the first cookie of the given name holds, as it is written. */
export function cookieValue(name: string): string | undefined {
  return cookies().find(([found]) => found === name)?.[1];
}

/** Names of what a storage of the page holds. */
function entryNames(kind: StorageName): readonly string[] {
  return entries(kind).map(([name]) => name);
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

/** Removes what Snowplow's own tracker of this name has queued in localStorage, also where it was of version 3. */
export function removeSnowplowQueue(namespace: string): void {
  const queue = `snowplowOutQueue_${namespace}`;
  removeEntries(
    "localStorage",
    [queue, `${queue}_post2`, `${queue}_get`].flatMap((key) => [
      key,
      `${key}.expires`,
    ]),
  );
}

/**
 * Removes by what Snowplow's own tracker knows visitor, visit and tab, in cookies and storages. `prefix` is its
 * `cookieName`. The names end in a hash of the domain: those of earlier pages are found by their form.
 */
export function removeSnowplowIds(prefix: string): void {
  removeEntries("sessionStorage", ["_sp_tab_id"]);
  const isId = (name: string) =>
    name.startsWith(prefix) &&
    /^(id|ses)\.[\da-f]{4}(\.expires)?$/.test(name.slice(prefix.length));
  for (const name of cookieNames().filter(isId)) removeCookie(name);
  removeEntries("localStorage", entryNames("localStorage").filter(isId));
}

/** Removes what Mixpanel's own SDK has queued for a project, and its locks. */
export function removeMixpanelQueues(token: string): void {
  removeEntries(
    "localStorage",
    entryNames("localStorage").filter((key) =>
      key.startsWith(`__mpq_${token}_`),
    ),
  );
}

/** Removes by what Mixpanel's own SDK knows a project's visitor and tab. `identity` is the name of its entry or cookie. */
export function removeMixpanelIds(token: string, identity: string): void {
  removeEntries("localStorage", [identity]);
  if (cookieNames().includes(identity)) removeCookie(identity);
  removeEntries(
    "sessionStorage",
    entryNames("sessionStorage").filter(
      (key) => /^mp_(gen_new_)?tab_id_/.test(key) && key.endsWith(`_${token}`),
    ),
  );
}
