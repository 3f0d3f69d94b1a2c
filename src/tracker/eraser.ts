import type { Identity } from "./destination.js";
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
  const destination =
    typeof given.destination === "function"
      ? await given.destination()
      : given.destination;
  const isOut = () => {
    consent.refresh();
    return consent.get(purpose) === "denied";
  };
  const who = JSON.parse(kept) as Identity;
  // Without an id of the site's own there is no profile.
  if (!who.userId) return false;
  const terms = { level: "anonymous", serverAnonymity: true } as const;
  const item = destination.write({
    ...terms,
    verb: "profile",
    name: "delete",
    properties: {},
    time: clock(),
    id: uuid(),
    view: uuid(),
    who: { deviceId: who.deviceId, userId: who.userId },
  });
  if (!item) return false;
  const {
    url,
    method = "POST",
    headers = {},
    body,
  } = destination.deliver({
    ...terms,
    route: item.route,
    texts: [item.text],
    now: clock(),
  });
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
        status > 299
          ? `${status}`
          : destination.complaint?.(await response.text());
      if (!wrong) return true;
      if (status !== 429 && status < 500) {
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
