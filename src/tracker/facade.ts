import { oneOf, text } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import type { Properties } from "./destination.js";
import { createEngine, type EngineOptions } from "./engine.js";

/**
 * Tells a destination what happens on the page, as far as the visitor allows it and no further. The store's
 * decisions alone move it between its levels.
 */
export interface Tracker {
  /** Tells that something happened. `properties` is anything JSON can hold, up to 1 MB, and is copied at the call. */
  track(name: string, properties?: Properties): void;
  /** Tells that this page was viewed. */
  page(properties?: Properties): void;
  /**
   * Names the visitor: the site's own id, the same on each of their devices. With `hash` it is hashed (SHA-256) before it
   * is stored or sent. At anonymous levels it does nothing.
   */
  identify(userId: string, options?: { hash?: boolean }): void;
  /** Sets properties of the visitor's profile. They wait, in memory, until `identify()` has named one. */
  set(properties: Properties): void;
  /** Sets properties that go with every later event, on later pages too. */
  register(properties: Properties): void;
  /** Forgets who the visitor is: a fresh identity from the next event on. The decision stays. */
  reset(): void;
  /** Sends now what waits and may be sent. */
  flush(): void;
  /** Grants this tracker's purpose. The same as `consent.set({ analytics: "granted" })`. */
  optIn(): void;
  /**
   * Refuses this tracker's purpose. When it returns nothing is queued, stored or under way. With `deleteUser` one thing
   * leaves after it: the deletion of the visitor's profile, if `identify()` had named one. The promise tells whether the
   * receiver took that, and rejects where the code for it could not be fetched.
   */
  optOut(options?: { deleteUser?: boolean }): Promise<boolean>;
  /** Whether the visitor granted this tracker's purpose. False when never asked. */
  hasOptedIn(): boolean;
  /** Whether the visitor refused this tracker's purpose. False when never asked. */
  hasOptedOut(): boolean;
  /** Forgets the visitor's answer on this tracker's purpose: they were never asked. */
  clearOptInOut(): void;
}

/** What a facade is made of. */
export interface FacadeOptions extends EngineOptions {
  consent: ConsentStore;
}

/** A misspelt option must not be lost: it may ask for an id to be hashed, or for a deletion. */
const only = <T extends object>(name: string & keyof T, given = {} as T) => {
  for (const key in given) oneOf("an option", key, [name]);
  return given[name];
};

/** Makes the tracker that a page calls. Throws a `RangeError` for a rule outside the allowed ones. */
export function createFacade(given: FacadeOptions): Tracker {
  const { consent, purpose = "analytics" } = given;
  const { call, flush, who } = createEngine(given);

  return {
    track: (name, properties) =>
      call("track", text("event name", name), properties),
    page: (properties) => call("page", "", properties),
    identify: (userId, more) =>
      call(
        "identify",
        text("user id", userId),
        {},
        {
          hash: only("hash", more),
        },
      ),
    set: (properties) => call("profile", "set", properties),
    register: (properties) => call("register", "", properties),
    reset: () => call("reset"),
    flush,
    optIn: () => consent.set({ [purpose]: "granted" }, { action: "opt-in" }),
    async optOut(details) {
      const known = only("deleteUser", details) && who();
      consent.set({ [purpose]: "denied" }, { action: "opt-out" });
      return (
        !!known && (await import("./eraser.js")).eraseProfile(known, given)
      );
    },
    hasOptedIn: () => consent.get(purpose) === "granted",
    hasOptedOut: () => consent.get(purpose) === "denied",
    clearOptInOut: () => consent.reset(purpose),
  };
}
