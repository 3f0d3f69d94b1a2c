import type { ConsentNews } from "../consent/events.js";
import { oneOf, refuse, type Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import type {
  Call,
  Destination,
  DestinationInput,
  More,
  Properties,
  Verb,
} from "./destination.js";
import {
  ANONYMOUS_LEVELS,
  BEFORE_CHOICE,
  toLevel,
  WHEN_DENIED,
  type Level,
  type LevelRules,
} from "./level.js";
import { currentPage } from "./page.js";
import type { Sender } from "./sender.js";
import type { SenderOptions } from "./sender-options.js";

/** What an engine is made of. `TrackerOptions` describes each option; what is left out has the default named there. */
export interface EngineOptions extends Loose<LevelRules>, Loose<SenderOptions> {
  consent: Pick<
    ConsentStore,
    | "mode"
    | "isReady"
    | "ready"
    | "record"
    | "get"
    | "refresh"
    | "report"
    | "subscribe"
  >;
  destination: DestinationInput;
  name: string;
  purpose?: string | undefined;
  optInEvent?: string | undefined;
  optInProperties?: Properties | undefined;
  flushInterval?: number | undefined;
  holdLimit?: number | undefined;
  holdBytes?: number | undefined;
  /** Whether the destination is told of every decision that lets something leave, not of a new yes alone. */
  decisions?: boolean | undefined;
}

/** What an engine shares with its sender. */
export interface Waiting {
  /** The level, as far as this page knows. */
  level: Level;
  /** Calls that wait: for a choice, or for the code that sends. */
  held: Call[];
  /** How many were dropped, and not yet reported. */
  dropped: number;
  /** Whether storage was blocked when something may have had to go from it: what it has may be of a grant that is over. */
  isBlind?: boolean;
}

/** Holds calls until there is a choice, and passes on what the choice allows. It stands under every facade. */
export interface Engine {
  call(verb: Verb, name?: string, properties?: Properties, more?: More): void;
  flush(): void;
  /** The level now. */
  level(): Level;
  /** Who the visitor is, as JSON, as far as this page or its storage knows. */
  who(): string | null | undefined;
}

/** What JSON would drop or change without a word is refused. The whole, which has no key, is looked at elsewhere. */
const strict = (key: string, value: unknown) =>
  key &&
  (typeof value === "number"
    ? !isFinite(value)
    : /fun|sym|big/.test(typeof value))
    ? refuse(key, [String(value)], "JSON")
    : value;

/** The longest that the properties of one call may be, as JSON: 1 MB. In characters. */
const LONGEST = 1e6;

/** A copy of what a caller hands over: what is changed later did not happen at the call. Throws for what JSON cannot hold. */
export function toJson(properties: Properties = {}): string {
  const json = JSON.stringify(properties, strict) ?? "";
  if (json[0] !== "{" || json.length > LONGEST)
    refuse("the properties", [json.slice(0, 40)], "{ key: 1 } below 1 MB");
  return json;
}

export function createEngine({
  beforeChoice = "hold",
  whenDenied = "off",
  anonymousLevel = "anonymous",
  purpose = "analytics",
  optInEvent = "$opt_in",
  optInProperties,
  flushInterval = 1000,
  holdLimit = 1000,
  holdBytes = 1e6,
  decisions,
  ...given
}: EngineOptions): Engine {
  const {
    consent,
    destination,
    name,
    clock = Date.now,
    storage = () => localStorage,
    outbox = storage,
    sessionStorage: session = () => sessionStorage,
  } = given;
  const rules = {
    beforeChoice: oneOf("beforeChoice", beforeChoice, BEFORE_CHOICE),
    whenDenied: oneOf("whenDenied", whenDenied, WHEN_DENIED),
    anonymousLevel: oneOf("anonymousLevel", anonymousLevel, ANONYMOUS_LEVELS),
  };
  const page = globalThis.document as
    (Document & { prerendering?: boolean }) | undefined;
  const waiting: Waiting = { level: "off", held: [], dropped: 0 };
  let sender: Sender | undefined;
  let loading: Promise<void> | undefined;
  let isIn = false;
  /** What held calls take together, in characters of JSON. */
  let size = 0;

  const allowed = () => toLevel(consent.get(purpose), consent.mode, rules);

  /** The level now. Before a prerendered page is shown nobody has seen it, and before the storage has answered nobody knows. */
  const target = (level = allowed()): Level =>
    level !== "off" && (page?.prerendering || !consent.isReady)
      ? "hold"
      : level;

  const maySend = () => !/off|hold/.test(waiting.level);

  /** The names of what this tracker keeps in a storage; `undefined` where that is blocked. */
  const entries = (area: () => Storage): string[] | undefined => {
    try {
      const { length } = area();
      return Array.from({ length }, (_, i) => area().key(i)!).filter((key) =>
        `${key}/`.startsWith(`${name}/`),
      );
    } catch {
      return;
    }
  };

  /** Removes them, also where the code that wrote them is not loaded. */
  const forget = (area: () => Storage) => {
    for (const key of entries(area) ?? []) area().removeItem(key);
  };

  const load = async () => {
    try {
      const { createSender } = await import("./sender.js");
      if (maySend())
        sender = await createSender(
          { ...given, name, clock, storage, outbox, sessionStorage: session },
          waiting,
          () => {
            consent.refresh();
            return target();
          },
        );
      // The record may have moved while it came.
      sender?.follow();
      sender?.take(0);
    } catch (error) {
      consent.report(error);
    }
    // Where it did not arrive, the next call tries again.
    loading = undefined;
  };

  const note = (
    verb: Verb,
    title: string,
    properties: Properties | undefined,
    more?: More,
  ): Call => {
    const call = {
      verb,
      name: title,
      json: toJson(properties),
      time: clock(),
      page: currentPage(),
      level: target(),
      ...more,
    };
    (destination as Partial<Destination>).check?.(call);
    return call;
  };

  /** Hands over what waits, if it may be sent, to leave within `delay` milliseconds. */
  const send = (delay = 0): void => {
    if (!maySend()) return;
    if (sender) sender.take(delay);
    else if (
      waiting.held[0] ||
      // What an earlier page could not send.
      (waiting.level === "full" && entries(outbox)?.some((key) => key > name))
    )
      loading ??= load();
  };

  /** Goes to the level that the store asks for, and takes along only what may come along. */
  const follow = ({
    source,
    newest,
  }: Partial<ConsentNews["consent-change"]> = {}): void => {
    const next = target();
    const wasIn = isIn;
    isIn = consent.get(purpose) === "granted";
    // What was taken under one permission is not sent under a stricter one; what was held for one comes along.
    waiting.held = waiting.held.filter(
      ({ level }) =>
        level === next ||
        next === "full" ||
        (level === "hold" && next !== "off"),
    );
    waiting.level = next;
    // What waits for the code that sends must not rise above it.
    if (ANONYMOUS_LEVELS.includes(next as never))
      for (const call of waiting.held) call.least = next;
    const level = consent.isReady ? allowed() : "full";
    // A page that only begins at `full` has nothing to do with what was before.
    waiting.isBlind ||= (source ?? level) !== "full" && !entries(storage);
    sender?.follow();
    // At the start too: what an earlier page left, or a grant that has expired.
    // What a page of another revision keeps for its own grant is not this page's to remove.
    if (level !== "full" && newest?.choices[purpose] !== "granted") {
      // First: a first look at a storage waits for all that was removed before it.
      if (level !== "session") forget(session);
      forget(storage);
      forget(outbox);
    }
    // Told once, by the page where it was decided: not at the start, and not where it was heard of.
    const title = isIn && !wasIn ? optInEvent : "";
    if (source && source !== "tab" && (title || (maySend() && decisions)))
      waiting.held[title ? "unshift" : "push"](
        note("consent", title, optInProperties, {
          decision: consent.record,
        }),
      );
    send();
  };

  follow();
  consent.subscribe(follow);
  if (!consent.isReady) void consent.ready.then(() => follow());
  page?.addEventListener("prerenderingchange", () => follow());

  return {
    call(verb, title = "", properties, more) {
      const level = target();
      if (level === "off") return;
      const { held } = waiting;
      const made = note(verb, title, properties, more);
      // The first one begins the sum anew.
      size = +(held.push(made) > 1 && size) + made.json.length;
      // The oldest goes, and is counted.
      if (level === "hold")
        while (held[0] && (held[holdLimit] || size > holdBytes)) {
          size -= held.shift()!.json.length;
          waiting.dropped++;
        }
      // A call made while the news of a change is still being told waits for its turn behind `$opt_in`.
      if (level === waiting.level) send(flushInterval);
    },
    flush: () => sender?.flush(),
    level: target,
    who: () =>
      sender?.who() ?? (entries(storage)?.[0] && storage().getItem(name)),
  };
}
