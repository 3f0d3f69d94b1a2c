import { keysOf } from "../../tracker/stored.js";
import {
  cookieArea,
  memoryStorage,
  type CookieSettings,
} from "../shared/areas.js";

/** Where a Snowplow tracker keeps its state, in Snowplow's words. */
export const STRATEGIES = [
  "cookieAndLocalStorage",
  "cookie",
  "localStorage",
  "none",
] as const;
export type StateStorageStrategy = (typeof STRATEGIES)[number];

/** Where things are kept by a strategy. Each is asked anew, so that nothing is touched before it is needed. */
export interface Places {
  state: () => Storage;
  outbox: () => Storage;
  session: () => Storage;
}

/** The places of every strategy. */
export function placesFor(
  name: string,
  cookies: CookieSettings,
): Record<StateStorageStrategy, Places> {
  const memory = memoryStorage();
  const jar = cookieArea(name, cookies);
  const here = () => memory;
  const local = () => localStorage;
  const session = () => sessionStorage;
  return {
    cookieAndLocalStorage: { state: () => jar, outbox: local, session },
    cookie: { state: () => jar, outbox: here, session },
    localStorage: { state: local, outbox: local, session },
    none: { state: here, outbox: here, session: here },
  };
}

/** Removes what is kept under `name` in all places but those that are in use. */
export function removeFrom(
  places: Record<StateStorageStrategy, Places>,
  name: string,
  isUsed: (area: Storage) => boolean,
): void {
  for (const place of Object.values(places))
    for (const part of ["state", "outbox", "session"] as const)
      try {
        const area = place[part]();
        if (isUsed(area)) continue;
        for (const key of keysOf(area))
          if (`${key}/`.startsWith(`${name}/`)) area.removeItem(key);
      } catch {
        // Blocked: there is nothing.
      }
}
