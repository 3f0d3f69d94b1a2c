import type { RecordStorage } from "../consent/ports.js";
import { refuse, withDefaults } from "../consent/refuse.js";
import { unconfirmed } from "../consent/unconfirmed.js";
import { cookieStorage } from "./cookie.js";

/** What {@link serverStorage} may be told. */
export interface ServerStorageOptions {
  /** The path of this site where `recordHandler()` answers, such as `"/consent"`. */
  endpoint: string;
  /** The name of the cookie. Default: `"consent"`. Give the server the same. */
  name?: string;
  /** Share the cookie with subdomains: `"shop.example"`. Default: this host alone. Give the server the same. */
  domain?: string | undefined;
  /** Makes requests. Default: the browser's `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** Hears that the server could not be reached. Default: nobody; the next page tries again. */
  report?: ((error: unknown) => void) | undefined;
}

/**
 * Keeps the record in a cookie and has the server set it once more, because Safari keeps what a script has written for seven days:
 *
 * ```ts
 * const consent = createConsent({ storage: serverStorage({ endpoint: "/consent" }) });
 * ```
 *
 * The script's cookie is written at once, so that a no needs no network; the server only makes it last. Until it has, a second
 * cookie (`consent-new`) holds the same record, and each page tries again while that one is there. Throws a `RangeError` for an
 * endpoint that is no path.
 */
export function serverStorage(options: ServerStorageOptions): RecordStorage {
  const { endpoint, name, domain, fetch, report } = withDefaults(
    {
      endpoint: "",
      name: "consent",
      domain: undefined as string | undefined,
      fetch: ((...call) =>
        globalThis.fetch(...call)) as typeof globalThis.fetch,
      report: undefined as ((error: unknown) => void) | undefined,
    },
    options,
  );
  if (!/^\/[^/\\?#][^\\?#]*$/.test(endpoint))
    refuse("endpoint", endpoint, "a path of this site, such as /consent");
  const kept = cookieStorage(name, domain);
  const fresh = cookieStorage(unconfirmed(name), domain);
  /** The record that the server is being asked to set. */
  let flight:
    { readonly text: string; readonly abort: AbortController } | undefined;
  let hasLooked = false;

  const cutOff = () => {
    flight?.abort.abort();
    flight = undefined;
  };

  const post = async (text: string): Promise<void> => {
    cutOff();
    const abort = new AbortController();
    const own = (flight = { text, abort });
    // At the end of the task: of what one task writes, only the last counts.
    await undefined;
    if (flight !== own) return;
    try {
      const { ok, status } = await fetch(endpoint, {
        method: "POST",
        body: text,
        credentials: "same-origin",
        referrerPolicy: "origin",
        // Without `keepalive`: an earlier yes that is on its way must end with its page, and when a no is given. What is cut off is
        // tried again, because the second cookie is still there.
        signal: abort.signal,
      });
      // 409: another tab has decided since, and sees to it.
      if (!ok && status !== 409)
        throw new Error(
          `consent-elements: the endpoint of the record answered ${status}`,
        );
      if (ok && flight === own && `${kept.read()}` === text)
        fresh.write(undefined, new Date(0));
    } catch (error) {
      if (!abort.signal.aborted) report?.(error);
    }
    if (flight === own) flight = undefined;
  };

  return {
    read() {
      const waiting = fresh.read();
      // Another tab has decided, or has had it confirmed.
      if (flight && !waiting.includes(flight.text)) cutOff();
      if (!hasLooked && waiting[0]) void post(waiting[0]);
      hasLooked = true;
      return [...new Set([...kept.read(), ...waiting])];
    },
    write(text, expires) {
      fresh.write(text, expires);
      kept.write(text, expires);
      if (text) void post(text);
      else cutOff();
    },
  };
}
