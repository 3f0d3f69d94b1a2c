import type { snowplow } from "../../tracker/destinations/snowplow.js";
import { dressed } from "./destination.js";
import { uuid } from "../../tracker/random.js";

/**
 * Asks a collector to expire its own cookie: it does so when a request says `SP-Anonymous` and brings the cookie along.
 * The request must carry an event, or the pipeline counts a failure: a structured one that says what it is for.
 */
export async function networkCookie(
  options: Parameters<typeof snowplow>[0],
  fetch: typeof globalThis.fetch,
  report: (error: unknown) => void,
): Promise<boolean> {
  const destination = dressed(
    { ...options, contexts: { webPage: false }, method: "post" },
    { hasSession: false },
  );
  const time = Date.now();
  const terms = { level: "anonymous", serverAnonymity: true } as const;
  const { route, text } = destination.write({
    ...terms,
    verb: "track",
    name: "expire_network_cookie",
    properties: { category: "consent" },
    time,
    id: uuid(),
    who: { deviceId: uuid() },
    view: uuid(),
  })!;
  const {
    url,
    method = "POST",
    body,
    headers,
  } = destination.deliver({
    ...terms,
    route,
    texts: [text],
    now: time,
  });
  try {
    const { ok } = await fetch(url, {
      method,
      body: body ?? null,
      headers: { ...headers },
      credentials: "include",
      referrerPolicy: "origin",
    });
    return ok;
  } catch (error) {
    report(error);
    return false;
  }
}
