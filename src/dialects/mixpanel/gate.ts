import type { Choice } from "../../consent/choice.js";
import type { ConsentChangeEvent } from "../../consent/events.js";
import { createStore, type ConsentStore } from "../../consent/store.js";
import { tabs } from "../../storage/tabs.js";
import type { EngineOptions } from "../../tracker/engine.js";
import type { Flag } from "./flag.js";
import type { Settled } from "./options.js";
import { asksNotToTrack } from "./signals.js";

/** Where Mixpanel's flag, the site's record and the browser's signals meet: the strictest of them counts. */
export interface Gate {
  /** What an engine takes for its store. */
  readonly store: EngineOptions["consent"];
  /** What was decided, whatever the browser says. */
  decision(): Choice | undefined;
  /** What counts: the decision, or a no where a signal says so or nothing can be known. */
  choice(): Choice | undefined;
  /** Whether the visitor is out: a no, or no answer where the config, or a browser that cannot tell, makes it one. */
  isOut(): boolean;
  decide(choice: Choice, action: string): void;
  /** Forgets the decision. */
  forget(): void;
}

/** An old cookie of Mixpanel's, from before there was a flag. Any value is an opt-out. */
const OLD = "mp_optout";

/** How long a flag holds: a cookie goes by itself, and an entry stays. In milliseconds, as far as dates go. */
const FOR_EVER = 8e15;

/** Makes a gate. Throws a `RangeError` for a purpose that the store does not have. */
export function createGate(
  token: string,
  flag: Flag,
  settings: () => Settled,
  removeOld: (name: string) => boolean,
): Gate {
  const { consent, purpose, error_reporter } = settings();
  const isOutByDefault =
    settings().opt_out_tracking_by_default ||
    settings().optOutTrackingByDefault ||
    settings().optOutTrackingDefault;
  // An unknown purpose is the caller's mistake, and is said at once.
  (consent as ConsentStore | undefined)?.get(purpose);

  const report = (error: unknown) => {
    const hear = error_reporter as typeof error_reporter | undefined;
    if (hear) hear(String((error as Error)?.message ?? error), error as Error);
    else if (consent as ConsentStore | undefined) consent.report(error);
    else console.warn("consent-elements:", error);
  };

  // Who has said no before cannot be told from who was never asked: without an answer on this page it is a no.
  const isBlind = !consent && flag.standing.isBlind();
  if (isBlind)
    queueMicrotask(() =>
      report(
        new Error(
          "consent-elements: storage is blocked, so an earlier no may be lost; nothing is tracked until there is a yes",
        ),
      ),
    );
  try {
    flag.standing.mend();
  } catch {
    // Blocked: there is nothing to mend, or no way to.
  }
  const own = createStore({
    purposes: [purpose],
    mode: "opt-out",
    maxAge: FOR_EVER,
    storage: flag.storage,
    neighbours: globalThis.document && tabs(`mixpanel/${token}`),
    ...(settings().clock && { clock: settings().clock }),
  });
  own.addEventListener("consent-error", ({ error }) => report(error));
  /** Whose record a decision goes into. */
  const site: ConsentStore = consent ?? own;

  if (removeOld(OLD) && !own.get(purpose))
    own.set({ [purpose]: "denied" }, { source: "import", action: OLD });

  /** With a store, a no of the flag becomes a no of the record, once. A yes was given to another question. */
  const carryOver = () => {
    const value = own.get(purpose);
    if (value === "denied" && site.get(purpose) !== "denied")
      site.set(
        { [purpose]: "denied" },
        { source: "import", action: "mixpanel-flag" },
      );
    if (value) own.reset(purpose);
  };
  if (site !== own) {
    // Also a no that the SDK writes while this page lives.
    own.subscribe(() => {
      if (site.isReady && own.get(purpose) === "denied") carryOver();
    });
    site.subscribe(({ source }) => {
      if (!/user|api/.test(source) || site.get(purpose) !== "granted") return;
      try {
        // A no that stands in the flag was said before this yes.
        if (flag.standing.read() === "0") flag.standing.write(undefined);
        own.refresh();
      } catch {
        // Blocked: nothing is known to stand there.
      }
    });
  }

  const isBlocked = () => asksNotToTrack(settings());
  const isClosed = isOutByDefault || isBlind;
  /** What the flag says. Nobody else listens to its store, so nobody can ask before this is up to date. */
  let said = own.get(purpose);
  own.subscribe(() => {
    said = own.get(purpose);
  });
  const decision = () =>
    site === own || said === "denied" ? said : site.get(purpose);
  const choice = () => (isBlocked() ? "denied" : decision());

  const listeners = new Set<(event: ConsentChangeEvent) => void>();
  const tell = (event: Pick<ConsentChangeEvent, "source">) => {
    for (const listener of listeners)
      try {
        listener(event as ConsentChangeEvent);
      } catch (error) {
        // The others must hear of a no all the same.
        report(error);
      }
  };
  for (const store of new Set([own, site])) store.subscribe(tell);
  let wasBlocked = isBlocked();

  const gate: Gate = {
    decision,
    choice,
    isOut: () => (choice() ? choice() === "denied" : isClosed),
    decide: (next, action) => void site.set({ [purpose]: next }, { action }),
    forget: () => site.reset(purpose),
    store: {
      get mode() {
        return isClosed ? "opt-in" : site.mode;
      },
      get isReady() {
        return site.isReady;
      },
      ready: site.ready,
      get record() {
        return site.record;
      },
      get: choice,
      refresh() {
        own.refresh();
        if (site !== own) site.refresh();
        const blocked = isBlocked();
        if (wasBlocked !== (wasBlocked = blocked)) tell({ source: "tab" });
      },
      report,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  if (site !== own) {
    if (site.isReady) carryOver();
    else void site.ready.then(carryOver);
  }
  return gate;
}
