import type { Choice } from "../../consent/choice.js";
import { refuse, text } from "../../consent/refuse.js";
import type { OptIn } from "./destination.js";
import type { Flag } from "./flag.js";
import type { Gate } from "./gate.js";
import {
  checkCallOptions,
  type ClearOptOptions,
  type Dict,
  type HasOptedInOutOptions,
  type OptInOptions,
  type OptOutOptions,
} from "./options.js";
import type { Places } from "./places.js";

/** Mixpanel's calls about the visitor's decision. */
export interface Decisions {
  /** Records a yes, and tells of it once a change. */
  opt_in_tracking(options?: OptInOptions): void;
  /**
   * Records a no. When it returns nothing waits, is stored or under way. Resolves to whether the profile was deleted,
   * which takes `delete_user` and an earlier `identify`.
   */
  opt_out_tracking(options?: OptOutOptions): Promise<boolean>;
  /** Whether the visitor said yes, and no signal of the browser says no. */
  has_opted_in_tracking(options?: HasOptedInOutOptions): boolean;
  /** Whether the visitor is out: by their word, by a signal, or by `opt_out_tracking_by_default`. */
  has_opted_out_tracking(options?: HasOptedInOutOptions): boolean;
  /** Forgets the decision: what the config says of the start counts again, at once. */
  clear_opt_in_out_tracking(options?: ClearOptOptions): void;
  /** What the visitor decided; `undefined` when never asked. Not in the SDK, which cannot tell this from a no. */
  get_decision(): Choice | undefined;
}

/** What a page may remember of a visitor over a no. */
interface Remembered {
  readonly userId?: string;
  readonly registered: Dict;
}

/** What decisions need of the instance that they are about. */
export interface DecisionPorts {
  gate: Gate;
  flag: Flag;
  places: Places;
  /** Whether the site's own store holds the decision. */
  hasStore: boolean;
  /** Whether the level is `full`. */
  isFull(): boolean;
  /** A copy of an event's properties. Throws for an event that would be refused. */
  check(name: string, properties: Dict): Dict;
  /** What is known of the visitor now, and how to know it again. */
  recall(): Remembered;
  restore(remembered: Remembered): void;
  /** Makes ready to delete the visitor's profile; `undefined` where nobody is known. */
  toErase(): (() => Promise<boolean>) | undefined;
}

/** How a yes is told of where nothing else is said. */
export const OPT_IN: OptIn = { name: "$opt_in", properties: {} };

/** Makes the calls, and the word for the next yes. */
export function createDecisions(ports: DecisionPorts): {
  calls: Decisions;
  optIn: () => OptIn;
  /** Forgets what an opt-out has left: from now on the visitor is another one. */
  forget(): void;
} {
  const { gate, flag, places, hasStore, isFull } = ports;
  let optIn = OPT_IN;
  /** What an opt-out was asked to leave in this page's memory. */
  let left: Remembered | undefined;
  gate.store.subscribe(() => {
    // It waits for the opt-in that follows its opt-out. After a yes from elsewhere the visitor may be another one.
    if (gate.decision() === "granted") left = undefined;
  });

  /** What a call that names another flag is about: the copy there. With a store the record decides, and there is none. */
  const copyOf = (options: ClearOptOptions | undefined) =>
    hasStore ? undefined : flag.copyAt(options);

  const valueAt = (copy: ReturnType<typeof copyOf>): string | undefined => {
    try {
      return copy?.read();
    } catch {
      // Blocked: nothing is known.
      return;
    }
  };

  const keepCopy = (
    options: ClearOptOptions | undefined,
    value: "0" | "1" | undefined,
  ): void => {
    try {
      copyOf(options)?.write(value);
    } catch (error) {
      gate.store.report(error);
    }
  };

  /** Records a decision. The flag is written, and a yes told of, as this call says and no other. */
  const decide = (
    choice: "granted" | "denied",
    action: string,
    options: ClearOptOptions | undefined,
  ): void => {
    flag.use(options);
    try {
      gate.decide(choice, action);
    } finally {
      flag.use(undefined);
      optIn = OPT_IN;
    }
  };

  const calls: Decisions = {
    opt_in_tracking(options) {
      checkCallOptions("in", options);
      const { track } = options ?? {};
      if (track != null && typeof track !== "function")
        refuse("track", [track], "a function, or null to tell nobody");
      const name = text(
        "track_event_name",
        options?.track_event_name ?? OPT_IN.name,
      );
      const properties = ports.check(name, options?.track_properties ?? {});
      gate.store.refresh();
      const isNew = gate.decision() !== "granted";
      const back = left;
      places.keep(options?.enable_persistence ?? true, isFull());
      optIn = { name: track === undefined ? name : "", properties };
      decide("granted", "opt-in", options);
      keepCopy(options, "1");
      if (back && isFull()) ports.restore(back);
      if (isNew && track && isFull())
        track(name, properties, { send_immediately: true });
    },
    opt_out_tracking(options) {
      checkCallOptions("out", options);
      const erase = options?.delete_user ? ports.toErase() : undefined;
      if (options?.clear_persistence !== false) left = undefined;
      else if (isFull()) left = ports.recall();
      decide("denied", "opt-out", options);
      keepCopy(options, "0");
      return erase?.() ?? Promise.resolve(false);
    },
    has_opted_in_tracking(options) {
      checkCallOptions("has", options);
      gate.store.refresh();
      const copy = copyOf(options);
      const isIn = copy ? valueAt(copy) === "1" : gate.choice() === "granted";
      // A copy may tell of a yes, and never against a no.
      return isIn && !gate.isOut();
    },
    has_opted_out_tracking(options) {
      checkCallOptions("has", options);
      gate.store.refresh();
      return gate.isOut() || valueAt(copyOf(options)) === "0";
    },
    clear_opt_in_out_tracking(options) {
      checkCallOptions("clear", options);
      places.keep(options?.enable_persistence ?? true, isFull());
      left = undefined;
      gate.forget();
      keepCopy(options, undefined);
    },
    get_decision() {
      gate.store.refresh();
      return gate.decision();
    },
  };
  return {
    calls,
    optIn: () => optIn,
    forget() {
      left = undefined;
    },
  };
}
