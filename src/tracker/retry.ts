import type { Destination } from "./destination.js";

// Mixpanel's documentation asks for a retry after 2 s, doubling to 60 s, with jitter, and for none after a 400.
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;

/** The longest wait that a receiver may ask for. In milliseconds. */
const LONGEST_WAIT = 86_400_000;

/** Whether a receiver that answers with this may take the same later. */
export const isPassing = (status: number): boolean =>
  status === 429 || status === 408 || status > 499;

/** Why the receiver has refused what it has answered; empty when it took it. */
export function refusal(
  destination: Pick<Destination, "complaint">,
  status: number,
  answer: string,
): unknown {
  try {
    return status > 299 ? status : destination.complaint?.(answer);
  } catch (error) {
    return error;
  }
}

/** Reads a `Retry-After` header (RFC 9110, section 10.2.3), seconds or a date, as milliseconds from `now`. */
export function toWait(header: string | null | undefined, now: number): number {
  const wait = Number(header) * 1000 || Date.parse(header ?? "") - now;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : 0;
}

/**
 * How long to wait after so many failures before this one, and no less than the receiver asked for. The last pause has
 * no jitter of its own: those before it have spread the pages. In milliseconds.
 */
export const pauseAfter = (failures: number, wait = 0): number =>
  Math.max(
    wait,
    Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures * (1 + Math.random() / 2)),
  );
