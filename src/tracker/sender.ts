import type { Call, Identity, Message, Properties } from "./destination.js";
import type { Waiting } from "./engine.js";
import { hashed } from "./hash.js";
import { createIdentity } from "./identity.js";
import { createLanes } from "./lanes.js";
import type { Level } from "./level.js";
import { uuid } from "./random.js";
import type { SenderInput } from "./sender-options.js";
import { createSessions } from "./session.js";
import { stripPage } from "./strip.js";
import { mayLeave, type Terms } from "./terms.js";

export { uuid } from "./random.js";
export { isPassing, pauseAfter, refusal, toWait } from "./retry.js";

/** Makes messages out of calls, with the identity that the level allows, and sends them. */
export interface Sender {
  /** Takes the calls that wait, to be sent within `delay` milliseconds; without a delay, before it returns. */
  take(delay: number): void;
  /** The record has changed. What may not leave any more is forgotten and cut off. */
  follow(): void;
  /** Sends now what may be sent. */
  flush(): void;
  /** Who the visitor is, as JSON; `undefined` when this page does not know. */
  who(): string | undefined;
}

/** The most updates of a profile that wait for a name. */
const UNNAMED = 1000;

/** One for all trackers of a page: what requests on leaving may hold together is the page's. */
const pageFetch: typeof globalThis.fetch = (...request) =>
  globalThis.fetch(...request);

/** What a message has of its call. Copied whole, since leaving single fields out takes a browser ten times as long. */
const toMessage = (call: Call, terms: Terms) => ({
  ...call,
  ...terms,
  time: call.timestamp ?? call.time,
  json: undefined,
  properties: JSON.parse(call.json) as Properties,
});

/** Makes a sender. The tracker fetches this code when there is something that may be sent, and not before. */
export async function createSender(
  given: SenderInput,
  waiting: Waiting,
  look: () => Level,
): Promise<Sender> {
  const {
    name,
    clock,
    outbox,
    serverAnonymity = true,
    stitch = false,
    hashIds = false,
    hashSalt = "",
    holdTime = 600_000,
    requestTimeout = 30_000,
    // Tabs take turns by Web Locks, which a browser lets go of when a tab dies.
    inTurn = (id, work) => navigator.locks.request(id, work),
    fetch = pageFetch,
    // Tabs that begin in the same moment see each other's identity too late: they must agree without it.
    permission = () => given.consent.record?.time ?? "unasked",
  } = given;
  const { report } = given.consent;
  /** A page that could not see what had to go from its storages uses them no more. */
  const seen = (area: () => Storage) => () =>
    (waiting.isBlind ? undefined : area())!;
  const storage = seen(given.storage);
  const sessionStorage = seen(given.sessionStorage);
  const isLazy = typeof given.destination === "function";
  const destination =
    typeof given.destination === "function"
      ? await given.destination()
      : given.destination;
  const level = () => waiting.level;
  const needs = (what: "session" | "tab") => destination.needs?.includes(what);

  /** Whether the receiver is to forget the network address. A site that cannot say has it forgotten: a no must get through. */
  const isServerAnonymous = (at: Level): boolean => {
    if (typeof serverAnonymity !== "function")
      return serverAnonymity && at !== "full";
    try {
      return serverAnonymity(at);
    } catch (error) {
      report(error);
      return true;
    }
  };
  const termsAt = (at: Level): Terms => ({
    level: at,
    serverAnonymity: isServerAnonymous(at),
  });
  const currentTerms = () => termsAt(level());
  let terms = currentTerms();

  const identity = createIdentity(
    storage,
    name,
    permission,
    destination.toStore,
  );
  const lanes = createLanes({
    destination,
    name,
    outbox,
    terms: currentTerms,
    look,
    inTurn,
    report,
    fetch,
    clock,
    requestTimeout,
  });
  const sessionsAt = (at: "session" | "full") =>
    createSessions({
      storage: at === "full" ? storage : sessionStorage,
      key: `${name}/session`,
      isLinked: at === "full",
      mayKeep: () => look() === at,
    });
  const sessions = {
    session: sessionsAt("session"),
    full: sessionsAt("full"),
  };
  /** Calls about a profile that wait for `identify()`. */
  let unnamed: Call[] = [];
  /** Who an anonymous event is about: someone who exists for this page alone. */
  let nobody: Identity | undefined;
  let tab = uuid();
  let view = uuid();
  let isViewed = false;
  let isTaking = false;
  /** Whether calls wait for the end of this task. */
  let isDue = false;

  /** The visitor; a new one where storage knows none. Whoever was anonymous so far is known as that where the site stitches. */
  const visitor = (referrer?: string) =>
    identity.get(referrer, stitch ? nobody?.deviceId : undefined);

  const post = (call: Call, delay: number, before?: string): void => {
    const id = uuid();
    // The first page view takes in what happened on the page before it.
    if (call.verb === "page" && isViewed) view = uuid();
    isViewed ||= call.verb === "page";
    const isFull = terms.level === "full";
    const session =
      terms.level === "session"
        ? sessions.session.next(id, call.time)
        : isFull && needs("session")
          ? sessions.full.next(id, call.time)
          : undefined;
    const known = isFull ? visitor(call.page?.referrer) : undefined;
    const message: Message = {
      ...toMessage(call, terms),
      page: isFull ? call.page : stripPage(call.page),
      id,
      who:
        known ??
        (session
          ? { deviceId: session.id }
          : (nobody ??= { deviceId: uuid() })),
      view,
      session: needs("session") ? session : undefined,
      tab: isFull && needs("tab") ? tab : undefined,
      before,
    };
    const item = destination.write(message);
    if (item) lanes.open(terms, identity.storedGrant()).add(item, delay);
  };

  /** Posts what was taken at a stricter level, on its own terms, and with ids that nothing else has. */
  const postAsTaken = (call: Call, taken: Level, delay: number): void => {
    const at = call.least
      ? { level: taken, serverAnonymity: true }
      : termsAt(taken);
    const item = destination.write({
      ...toMessage(call, at),
      page: stripPage(call.page),
      id: uuid(),
      who: { deviceId: uuid() },
      view: uuid(),
    });
    if (item) lanes.open(at).add(item, delay);
  };

  const nameVisitor = (call: Call, userId: string, delay: number): void => {
    const { userId: before, deviceId } = visitor(call.page?.referrer);
    if (before === userId) return;
    identity.update(() => ({ userId }));
    try {
      post({ ...call, name: userId }, delay, before ?? `$device:${deviceId}`);
    } finally {
      for (const profile of unnamed.splice(0)) post(profile, delay);
    }
  };

  /** Takes one call. Returns a promise where the next one must wait. */
  const handle = (call: Call, delay: number): Promise<void> | void => {
    const { verb, name: value } = call;
    // Where the destination was here already, the caller was told at the call.
    if (isLazy) destination.check?.(call);
    const isEvent = verb === "track" || verb === "page" || verb === "consent";
    // It was made while this code was on its way, and the level has risen since.
    const taken = call.least ?? call.level;
    if (
      terms.level !== taken &&
      terms.level !== "anonymous" &&
      (taken === "anonymous" || taken === "session")
    ) {
      if (isEvent) postAsTaken(call, taken, delay);
      return;
    }
    if (terms.level !== "full") {
      if (isEvent) post(call, delay);
      else if (
        terms.level === "session" &&
        (verb === "session" || verb === "reset")
      )
        sessions.session.forget();
      return;
    }
    // What writes an identifier looks at the stored record first: another tab may have said no.
    if (!(isEvent && identity.isKnown()) && look() !== "full") return;
    const { userId, deviceId } = visitor(call.page?.referrer);
    /** Uses the id that the call names, hashed where that is asked for. */
    const withId = (use: (id: string) => void) => {
      if (!call.hash && !hashIds) return use(value);
      const isMeant = () => look() === "full" && identity.isKnown();
      return hashed(value, hashSalt).then(
        // The identity that it was meant for may be gone: after a refusal, also when a new grant came since.
        (id) => {
          if (isMeant()) use(id);
        },
        (error) => {
          // What follows is about somebody who cannot be named, and not about who was named before.
          if (isMeant() && identity.get().userId) identity.renew();
          throw error;
        },
      );
    };
    if (isEvent || verb === "group") post(call, delay);
    else if (verb === "profile")
      if (userId) post(call, delay);
      else if (value === "delete")
        // Whoever is named next has not asked for it.
        throw new Error("consent-elements: identify() first");
      else {
        if (unnamed.push(call) > UNNAMED) unnamed.shift();
      }
    else if (verb === "alias")
      return withId((id) =>
        post(
          { ...call, name: id },
          delay,
          identity.get().userId ?? `$device:${deviceId}`,
        ),
      );
    else if (verb === "register") {
      const added = JSON.parse(call.json);
      identity.update(({ registered }) => ({
        registered: call.once
          ? { ...added, ...registered }
          : { ...registered, ...added },
      }));
    } else if (verb === "unregister") {
      identity.update(({ registered }) => {
        const { [value]: _, ...rest } = registered ?? {};
        return { registered: rest };
      });
    } else if (verb === "session") sessions.full.end();
    else if (verb === "reset") {
      unnamed = [];
      view = uuid();
      tab = uuid();
      // Also one that only an earlier page has counted.
      sessions.full.end();
      sessions.full.forget();
      identity.renew();
    } else return withId((id) => nameVisitor(call, id, delay));
    return;
  };

  const canSend = () => level() !== "off" && level() !== "hold";

  /** Takes what waits on the terms of now, with `most` up to the first call of another level. */
  const takeAll = (delay: number, most?: Level): void => {
    isDue = false;
    // Handing one call over may bring news, which must not begin a second round inside this one.
    if (isTaking) return;
    isTaking = true;
    while (canSend()) {
      const [call] = waiting.held;
      if (!call || (most && call.level !== most)) break;
      waiting.held.shift();
      if (call.level === "hold" && clock() - call.time > holdTime) {
        waiting.dropped++;
        continue;
      }
      try {
        const wait = handle(call, delay);
        if (!wait) continue;
        const goOn = () => {
          isTaking = false;
          take(delay);
        };
        wait.catch(report).then(goOn);
        return;
      } catch (error) {
        // One call that cannot be taken must not lose the others. Told later: who hears of it may track that.
        setTimeout(() => report(error));
      }
    }
    isTaking = false;
    const { dropped } = waiting;
    waiting.dropped = 0;
    if (dropped)
      report(
        new Error(
          `consent-elements: ${dropped} held calls were dropped; raise holdLimit, holdBytes or holdTime`,
        ),
      );
  };

  const take = (delay: number): void => {
    // The site may answer in another way than at the last change of level.
    if (!isTaking && currentTerms().serverAnonymity !== terms.serverAnonymity)
      follow();
    takeAll(delay);
  };

  /** Takes at the end of this task what is in no hurry: who calls does not wait for the work, and nothing outlives a page that dies within a task. */
  const takeSoon = (delay: number): void => {
    if (!isDue) {
      // At the end of the task the level may be another one, at which this may not be read.
      if (terms.level === "session") sessions.session.look();
      queueMicrotask(() => {
        // Looking may bring news, and with it what waited may be gone or taken.
        if (isDue) look();
        if (isDue && level() === "full") identity.look();
        if (isDue) take(delay);
      });
    }
    isDue = true;
  };

  const leave = (gone?: boolean): void => {
    take(0);
    lanes.leave(gone);
  };

  const follow = (): void => {
    // A refusal and a new grant that this page has slept through: what it knows, and what waits, is from before.
    const isStale = level() === "full" && identity.isStale();
    if (isStale) waiting.held = [];
    // What waits for the end of the task goes on the terms that it was taken on, where it may go at all.
    if (isDue && mayLeave(terms, currentTerms())) takeAll(0, terms.level);
    const before = terms;
    terms = currentTerms();
    const isFull = terms.level === "full";
    lanes.follow(isStale);
    if (!isFull || isStale) {
      unnamed = [];
      identity.release();
    }
    if (
      before.level === terms.level &&
      before.serverAnonymity === terms.serverAnonymity &&
      !isStale
    )
      return;
    if (stitch && !isStale && terms.level !== "off") {
      const [from, to] = [before.level, terms.level];
      if (from !== to && from in sessions && to in sessions)
        sessions[to as "full"].adopt(sessions[from as "full"].kept());
      return;
    }
    // No identifier of one level appears in another.
    nobody = undefined;
    view = uuid();
    tab = uuid();
    isViewed = false;
    sessions.session.forget();
    sessions.full.forget();
  };

  const page = globalThis.document;
  if (page) {
    page.addEventListener("visibilitychange", () => {
      if (page.hidden) leave();
    });
    addEventListener("pagehide", () => leave(true));
    addEventListener("online", () => lanes.retry());
  }
  // What an earlier page could not send.
  if (look() === "full") {
    visitor(page?.referrer);
    lanes.open(terms, identity.storedGrant()).flush();
  }

  return {
    take: (delay) => (delay ? takeSoon : take)(delay),
    follow,
    flush() {
      take(0);
      lanes.flush();
    },
    who() {
      if (isDue) take(0);
      identity.look();
      return identity.isKnown() ? JSON.stringify(identity.get()) : undefined;
    },
  };
}
