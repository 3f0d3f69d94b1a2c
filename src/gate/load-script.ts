import { text } from "../consent/refuse.js";
import { makeScript, whenRun } from "./script.js";

/**
 * Fetches a script from elsewhere into the page's head and resolves when it has run. It goes through the Trusted Types policy
 * `consent-elements`, is `async`, and has the nonce of the page's own scripts; `attributes` (`integrity`, `crossorigin`,
 * `referrerpolicy`, …) are set as they are and may say otherwise.
 *
 * Rejects when it cannot be fetched, with a `TypeError` where Trusted Types refuse it, and with the signal's reason where `signal`
 * aborts first: the script is then taken out and does not run, even if it arrives later.
 */
export async function loadScript(
  src: string,
  attributes: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const { nonce = pageNonce(), ...others } = attributes;
  const script = makeScript({
    src: text("src of a script", src),
    nonce,
    attributes: Object.entries({ async: "", ...others }),
  });
  const run = whenRun(script, signal);
  document.head.append(script);
  return run;
}

/** The nonce of the page's scripts, ours among them. Only scripts can still read it: the attribute looks empty. */
function pageNonce(): string {
  for (const { nonce } of document.scripts) if (nonce) return nonce;
  return "";
}
