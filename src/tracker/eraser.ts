import type { Delivery, Destination, Identity } from "./destination.js";
import type { EngineOptions } from "./engine.js";
// Through the code that sends, which has it all: two chunks that share a third cost a page one more request.
import { isPassing, pauseAfter, refusal, toWait, uuid } from "./sender.js";

/**
 * Asks the receiver to delete the profile of the identity in `kept` (JSON), until the receiver has said yes, the visitor has
 * given a new yes, or the page is gone. It is the one thing that leaves after a no: it names that profile and nothing
 * else, and it is kept nowhere but in this page's memory. Resolves to whether the receiver took it.
 */
export async function eraseProfile(
  kept: string,
  given: EngineOptions,
): Promise<boolean> {
  const { consent, purpose = "analytics" } = given;
  const { report } = consent;
  const over = new AbortController();
  const look = () => {
    if (consent.get(purpose) !== "denied") over.abort();
  };
  // From now on, so that a yes is seen that a no takes back before the next attempt: there is a new profile since.
  const unsubscribe = consent.subscribe(look);
  try {
    const destination =
      typeof given.destination === "function"
        ? await given.destination()
        : given.destination;
    const delivery = write(kept, destination, given.clock);
    await shown();
    return (
      !!delivery &&
      (await insist(delivery, destination, given, over.signal, () => {
        consent.refresh();
        look();
      }))
    );
  } catch (error) {
    report(error);
    return false;
  } finally {
    unsubscribe();
  }
}

/** The request; `undefined` where there is nothing to delete. */
function write(
  kept: string,
  destination: Destination,
  clock = Date.now,
): Delivery | undefined {
  const { userId } = Object(JSON.parse(kept));
  // Without an id of the site's own there is no profile.
  if (!userId || typeof userId !== "string") return;
  const terms = { level: "anonymous", serverAnonymity: true } as const;
  const item = destination.write({
    ...terms,
    verb: "profile",
    name: "delete",
    properties: {},
    time: clock(),
    id: uuid(),
    view: uuid(),
    // No id beside the one that the profile is known by.
    who: { userId } as Identity,
  });
  return (
    item &&
    destination.deliver({
      ...terms,
      route: item.route,
      texts: [item.text],
      now: clock(),
    })
  );
}

/** Resolves when somebody sees the page: before a prerendered one is shown nobody can have said no on it. */
async function shown(): Promise<void> {
  const page = globalThis.document as
    (Document & { prerendering?: boolean }) | undefined;
  if (page?.prerendering)
    await new Promise((done) =>
      page.addEventListener("prerenderingchange", done, { once: true }),
    );
}

/** A request under way. One with `keepalive` outlives the page. */
interface Flight {
  readonly abort: AbortController;
  readonly keepalive: boolean;
}

/** Asks until the receiver has answered for good, or it is `over`. Resolves to whether it said yes. */
function insist(
  { url, method = "POST", headers = {}, body }: Delivery,
  destination: Destination,
  {
    consent: { report },
    clock = Date.now,
    fetch = globalThis.fetch,
    requestTimeout = 30_000,
  }: EngineOptions,
  over: AbortSignal,
  look: () => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let flight: Flight | undefined;
    let failures = 0;
    const page = globalThis.document;

    /** Cuts off what is under way, and ends the pause. */
    const cutOff = () => {
      clearTimeout(timer);
      const before = flight;
      // First: what was cut off on purpose is not tried again.
      flight = undefined;
      before?.abort.abort();
    };

    const end = (isTaken: boolean) => {
      cutOff();
      over.removeEventListener("abort", giveUp);
      globalThis.removeEventListener?.("pagehide", leave);
      page?.removeEventListener("visibilitychange", hide);
      resolve(isTaken);
    };
    const giveUp = () => end(false);

    /** Asks now, and deals with the answer. */
    const ask = async (keepalive = false): Promise<void> => {
      cutOff();
      // Looking may bring the news that ends it.
      look();
      if (over.aborted) return giveUp();
      const abort = new AbortController();
      const own = (flight = { abort, keepalive });
      const alarm = setTimeout(
        () => abort.abort(new Error("consent-elements: no answer in time")),
        requestTimeout,
      );
      let response: Response | undefined;
      let text = "";
      let reason: unknown;
      try {
        response = await fetch(url, {
          method,
          headers,
          ...(body !== undefined && { body }),
          signal: abort.signal,
          credentials: "omit",
          referrerPolicy: "origin",
          keepalive,
        });
        text = await response.text();
      } catch (error) {
        response = undefined;
        reason = abort.signal.aborted ? abort.signal.reason : error;
      }
      clearTimeout(alarm);
      // Cut off on purpose: it is over, or was asked again.
      if (flight !== own) return;
      flight = undefined;
      const { status = 500, headers: answered } = response ?? {};
      const wrong = refusal(destination, status, text);
      if (!wrong) return end(true);
      if (!isPassing(status)) {
        report(
          new Error(`consent-elements: the deletion was refused: ${wrong}`),
        );
        return end(false);
      }
      reason ??= new Error(`consent-elements: the receiver answered ${status}`);
      if (!failures) report(reason);
      const wait = toWait(answered?.get("retry-after"), clock());
      timer = setTimeout(ask, pauseAfter(failures++, wait));
    };

    // As the queue's requests, plain until the page goes: Chromium goes on with a keepalive request although it was cut off, and
    // a new yes must cut off. Then it is asked once more, as the last word, whatever the pause: nobody can ask later.
    const leave = () => {
      if (!flight?.keepalive) void ask(true);
    };
    // A page in the background may be ended without another word. A pause goes on, since the receiver may have asked for it.
    const hide = () => {
      if (page!.hidden && flight) leave();
    };
    over.addEventListener("abort", giveUp);
    globalThis.addEventListener?.("pagehide", leave);
    page?.addEventListener("visibilitychange", hide);
    void ask();
  });
}
