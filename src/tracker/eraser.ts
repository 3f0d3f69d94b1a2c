import type { Delivery, Destination, Identity } from "./destination.js";
import type { EngineOptions } from "./engine.js";
import { uuid } from "./random.js";

/** The first and the longest wait before another attempt. In milliseconds. */
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;

/**
 * Asks the receiver to delete the profile of the identity in `kept` (JSON), until the receiver has said yes, the visitor has
 * given a new yes, or the page is gone. It is the one thing that leaves after a no: it names that profile and nothing
 * else, and it is kept nowhere but in this page's memory. Resolves to whether the receiver took it.
 */
export async function eraseProfile(
  kept: string,
  given: EngineOptions,
): Promise<boolean> {
  const {
    consent,
    purpose = "analytics",
    clock = Date.now,
    fetch = globalThis.fetch,
  } = given;
  const { report } = consent;
  const isOut = () => {
    consent.refresh();
    return consent.get(purpose) === "denied";
  };
  let complaint: Destination["complaint"];
  /** The request; `undefined` where there is nothing to delete. */
  const write = async (): Promise<Delivery | undefined> => {
    const destination =
      typeof given.destination === "function"
        ? await given.destination()
        : given.destination;
    complaint = (answer) => destination.complaint?.(answer) ?? "";
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
  };
  const delivery = await write().catch(report);
  if (!delivery) return false;
  const { url, method = "POST", headers = {}, body } = delivery;
  for (let wait = FIRST_RETRY; isOut(); wait = Math.min(wait * 2, LAST_RETRY)) {
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        credentials: "omit",
        referrerPolicy: "origin",
        // It may outlive the page: it is the last word.
        keepalive: true,
      });
      const { status } = response;
      const wrong =
        status > 299 ? `${status}` : complaint?.(await response.text());
      if (!wrong) return true;
      if (status !== 429 && status !== 408 && status < 500) {
        report(
          new Error(`consent-elements: the deletion was refused: ${wrong}`),
        );
        return false;
      }
    } catch (error) {
      report(error);
    }
    await new Promise((done) => setTimeout(done, wait));
  }
  return false;
}
