import { trusted } from "./trusted-types.js";

/** What a script is made of: its address or its text, and what else it is told. */
export interface ScriptParts {
  readonly src?: string | undefined;
  readonly text?: string;
  /** Without `async` among them, scripts that are fetched run in the order in which they come into the page. */
  readonly attributes: Iterable<readonly [name: string, value: string]>;
  readonly nonce?: string;
}

/** Makes a script that has never run. Throws a `TypeError` where the page's Trusted Types refuse it. */
export function makeScript({
  src,
  text = "",
  attributes,
  nonce,
}: ScriptParts): HTMLScriptElement {
  const script = document.createElement("script");
  // Those that a script makes run when they arrive, unless told otherwise.
  script.async = false;
  for (const [name, value] of attributes) script.setAttribute(name, value);
  if (nonce) script.nonce = nonce;
  try {
    if (src === undefined) script.text = trusted().createScript(text);
    else script.src = trusted().createScriptURL(src);
  } catch (cause) {
    throw new TypeError(
      "consent-elements: the page's Trusted Types refuse a script; write trusted-types consent-elements in its Content-Security-Policy",
      { cause },
    );
  }
  return script;
}

/** Takes a script out for good. In a document that is never shown it does not run, even if it is still on its way. */
export function discardScript(script: HTMLScriptElement): void {
  // Taken out and no more, it would run when it arrives.
  document.implementation.createHTMLDocument("").adoptNode(script);
}

/**
 * Resolves when `script`, which has an address and comes into the page now, has run. Rejects when it cannot be fetched, or with
 * the signal's reason when that aborts first: the script is then discarded and does not run.
 */
export function whenRun(
  script: HTMLScriptElement,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      discardScript(script);
      reject(signal!.reason as Error);
    };
    const end = (step: () => void) => () => {
      signal?.removeEventListener("abort", stop);
      step();
    };
    signal?.addEventListener("abort", stop);
    script.addEventListener("load", end(resolve));
    script.addEventListener(
      "error",
      end(() =>
        reject(Error(`consent-elements: ${script.src} could not be loaded`)),
      ),
    );
  });
}
