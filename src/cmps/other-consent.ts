import type { Choices } from "../consent/choice.js";
import type { RecordStorage } from "../consent/ports.js";
import { makeRecord, toText } from "../consent/record.js";
import { refuse } from "../consent/refuse.js";
import {
  createStore,
  type ChangeDetails,
  type ConsentStore,
} from "../consent/store.js";

/**
 * A store whose decisions another consent layer makes. Tracker, vendors and the gate take it like any other store; our own
 * banner does not come up for it.
 *
 * - Until the other layer has answered, `isReady` is `false` and nothing is granted; one that never answers is a no.
 * - Nothing is stored: the other layer remembers, and says it again in every page.
 * - What would loosen its word (`grantAll()`, `set({ … "granted" })`, `reset()`) throws a `TypeError`. A no
 *   (`denyAll()`, `withdraw()`, `set({ … "denied" })`) counts at once, until the visitor decides again over there.
 */
export interface OtherConsent extends ConsentStore {
  /** Ends the listening. What was decided last stays as it is, so a page that goes on must not go by it for long. */
  stop(): void;
}

/** What an adapter says of the other layer. */
export interface OtherLayer {
  readonly consent: OtherConsent;
  /** Takes over what the other layer knew before this page: heard of, not decided here, so no `$opt_in` follows. */
  hear(choices: Choices): void;
  /** Takes over what the visitor has just decided in this page. */
  decide(choices: Choices): void;
  /** Takes every yes back, because the other layer has become unclear. Where it has not answered yet, all stays as it is. */
  doubt(): void;
}

/**
 * Makes the store of another layer. `names` are the purposes it decides on, `action` is what the records call it, and
 * `end` stops listening to it.
 */
export function otherLayer(
  names: readonly string[],
  action: string,
  end: () => void,
): OtherLayer {
  let kept: string | undefined;
  let settle!: () => void;
  const storage: RecordStorage = {
    ready: new Promise<void>((resolve) => {
      settle = resolve;
    }),
    read: () => (kept ? [kept] : []),
    write: (text) => {
      kept = text;
    },
  };
  const store = createStore({ purposes: ["necessary", ...names], storage });
  const details: ChangeDetails = { source: "import", action };
  const { set, revision } = store;
  const all = (choice: "denied"): Choices =>
    Object.fromEntries(names.map((name) => [name, choice]));

  const tooLoose = (): never =>
    refuse(
      "a choice",
      [action],
      "denied: only the consent layer that decides here can grant, so open that one",
    );

  const consent = Object.defineProperties(store, {
    // A purpose that the other layer does not decide on must not bring our banner up over its own.
    needsChoice: { get: () => false },
    grantAll: { value: tooLoose },
    reset: { value: tooLoose },
    set: {
      value: (choices: Choices, given?: ChangeDetails) =>
        Object.values(choices).every((choice) => choice === "denied")
          ? set(choices, given)
          : tooLoose(),
    },
    stop: { value: end },
  }) as OtherConsent;

  return {
    consent,
    hear(choices) {
      const last = Date.parse(store.record?.time ?? "") + 1;
      kept = toText(
        makeRecord({
          choices,
          revision,
          time: new Date(Math.max(Date.now(), last || 0)).toISOString(),
          source: "import",
          action,
        }),
      );
      if (store.isReady) store.refresh();
      else settle();
    },
    decide(choices) {
      set(choices, details);
      settle();
    },
    doubt() {
      if (store.isReady) set(all("denied"), details);
    },
  };
}
