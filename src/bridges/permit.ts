import { refuse, text } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";

/**
 * What an SDK may do. `off`: nothing, and nothing of it stays. `hold`: the same, while calls to it wait for a choice.
 * `anonymous`: run without any identifier. `full`: run as its makers meant it.
 */
type Permission = "off" | "hold" | "anonymous" | "full";

/** From the strictest to the loosest. */
const ORDER: readonly unknown[] = ["off", "hold", "anonymous", "full"];

/** What has changed, as a bridge is told it. */
interface Turn {
  readonly now: Permission;
  /** `undefined` when the page begins. */
  readonly before: Permission | undefined;
  /** Whether the visitor has just said yes on this page: not at its start, and not where another tab told. */
  readonly isOptIn: boolean;
  /** Whether another page told. */
  readonly isHeard: boolean;
  /** Whether only the moment is missing (the page is not shown yet, its neighbour goes first): what is stored stays. */
  readonly isSoon: boolean;
}

/** A call that waited, with the time and the address of when it was made. */
interface Moment {
  readonly time: number;
  readonly url: string;
}

/** What {@link permit} takes. */
export interface PermitOptions {
  consent: ConsentStore;
  purpose: string;
  /** What the choice `anonymous` allows this SDK. */
  anonymous: "off" | "anonymous";
  /** What the SDK may do before there is a choice. Only in the mode `opt-in`. */
  beforeChoice: "hold" | "off" | "anonymous";
  /** What the SDK may do after a refusal. */
  whenDenied: "off" | "anonymous";
  /** Whether a signal that the SDK itself would obey says no, whatever was chosen. */
  isBlocked(): boolean;
  /** Brings the SDK to where `turn` says. What it throws is reported, and the SDK is off from then on. */
  become(turn: Turn): void;
}

/** What stands between a store and an SDK. */
export interface Permit {
  /** Brings the SDK to where the record says, and follows it from then on. */
  begin(): void;
  /** What the SDK may do now. Reads the stored record first, so a refusal in another tab counts before it is heard. */
  now(): Permission;
  /** Runs `task` with what `sdk` gives: now if the SDK runs, later if there is no choice yet, and never after a refusal. */
  run<Sdk>(task: (sdk: Sdk) => void, sdk: () => Sdk): void;
  /** When the call that is being made up for was made; `undefined` while calls are live. */
  readonly moment: Moment | undefined;
}

/** The most calls that wait for a choice, and for how long, in milliseconds: the same as the tracker of this library. */
const HOLD_LIMIT = 1000;
const HOLD_TIME = 600_000;

/**
 * How long a page waits before it follows a yes from another tab, in milliseconds: the page where it was said writes
 * the identity that both are to share. A no is followed at once.
 */
const AFTER_YOU = 100;

/** Follows `consent` on behalf of one SDK. */
export function permit(options: PermitOptions): Permit {
  const { consent, isBlocked } = options;
  if (!consent) refuse("consent", null, "the store from createConsent()");
  const purpose = text("purpose", options.purpose);
  const page = document as Document & { prerendering?: boolean };

  let level: Permission | undefined;
  let held: (Moment & { task: () => void })[] = [];
  let moment: Moment | undefined;
  let wasIn = false;
  let isWaiting = false;
  let hasFailed = false;
  let isFollowing = false;
  let isStale = false;

  const chosen = (): Permission => {
    const choice = consent.get(purpose);
    if (hasFailed || isBlocked()) return "off";
    if (choice === "denied") return options.whenDenied;
    if (choice === "anonymous") return options.anonymous;
    if (choice || consent.mode !== "opt-in") return "full";
    return options.beforeChoice;
  };

  const target = (): Permission => {
    const next = chosen();
    // A page that nobody has seen yet, or whose neighbour goes first.
    return (page.prerendering || isWaiting) && next !== "off" ? "hold" : next;
  };

  const flush = () => {
    const oldest = Date.now() - HOLD_TIME;
    const isRunning = () => level === "full" || level === "anonymous";
    // Asked each time anew: a call may bring the news of a refusal.
    while (held[0] && isRunning()) {
      const { task, ...then } = held.shift()!;
      if (then.time < oldest) continue;
      moment = then;
      try {
        task();
      } catch (error) {
        consent.report(error);
      }
      moment = undefined;
    }
  };

  const step = (isHeard: boolean, hasWaited = false) => {
    const before = level;
    if (
      isHeard &&
      !hasWaited &&
      !isWaiting &&
      before &&
      ORDER.indexOf(target()) > Math.max(1, ORDER.indexOf(before))
    ) {
      isWaiting = true;
      setTimeout(() => {
        isWaiting = false;
        follow(true, true);
      }, AFTER_YOU);
    }
    const now = target();
    const isIn = consent.get(purpose) === "granted";
    const isOptIn = isIn && !wasIn && !isHeard && before !== undefined;
    wasIn = isIn;
    if (now === "off") held = [];
    level = now;
    const isSoon = chosen() !== now;
    const turn = { now, before, isOptIn, isHeard, isSoon };
    try {
      options.become(turn);
    } catch (error) {
      hasFailed = true;
      level = "off";
      held = [];
      consent.report(error);
      try {
        // What it has begun is taken back.
        options.become({ ...turn, now: level, before: now, isSoon: false });
      } catch (again) {
        consent.report(again);
      }
    }
  };

  /** One step at a time: what a step sets off (a callback of the site's that decides again) comes after it. */
  const follow = (isHeard: boolean, hasWaited?: boolean) => {
    if (isFollowing) return void (isStale = true);
    isFollowing = true;
    step(isHeard, hasWaited);
    while (isStale) {
      isStale = false;
      step(false);
    }
    isFollowing = false;
    flush();
  };

  const now = (): Permission => {
    consent.refresh();
    // A signal changes without any news.
    if (target() !== level) follow(true);
    return target() === level ? level : "off";
  };

  return {
    begin() {
      follow(false);
      consent.subscribe(({ source }) => {
        hasFailed = false;
        follow(source === "tab");
      });
      page.addEventListener("prerenderingchange", () => follow(false));
    },
    now,
    get moment() {
      return moment;
    },
    run(task, sdk) {
      if (typeof task !== "function") refuse("a task", task, "a function");
      const allowed = now();
      if (allowed === "off") return;
      const isLive = allowed !== "hold" && !held[0] && !moment && !isFollowing;
      if (isLive) return task(sdk());
      held.push({
        task: () => task(sdk()),
        time: Date.now(),
        url: location.href,
      });
      if (held.length > HOLD_LIMIT) held.shift();
      if (!moment && !isFollowing) flush();
    },
  };
}
