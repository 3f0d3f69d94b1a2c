import { oneOf } from "../consent/refuse.js";
import { makeScript } from "./script.js";
import { shared } from "./shared.js";

/** The scripts that have begun, in this copy of the library or another. */
const begun = shared("begun", () => new WeakSet<Element>());

/** On a script that has begun, so that a copy of it, from a page cache perhaps, does not run again. */
const RAN = "data-consent-ran";

/** Whether `script` has begun. It does so once in a page. */
export const hasBegun = (script: HTMLScriptElement): boolean =>
  begun.has(script) || script.hasAttribute(RAN);

/** Notes that `script` begins, or that it was cancelled before it ran. */
export function setBegun(
  script: HTMLScriptElement,
  hasBegunNow: boolean,
): void {
  if (hasBegunNow) begun.add(script);
  else begun.delete(script);
  script.toggleAttribute(RAN, hasBegunNow);
}

/** The address of a script that is fetched. */
const addressOf = (script: HTMLScriptElement) =>
  script.dataset.src ?? script.getAttribute("src") ?? undefined;

/** What a page's own script of this kind would do to the others, if a parser had met it. */
export interface Kind {
  /** It says when it has run. A module within the page never does, and one for browsers without modules is not run at all. */
  readonly isFetched: boolean;
  /** Those behind it wait until it has run. */
  readonly blocks: boolean;
  /** It comes after all those that are not deferred. */
  readonly isDeferred: boolean;
  readonly isModule: boolean;
  /** It is fetched, and waits for nobody. */
  readonly isAsync: boolean;
}

/** Tells the kind of an inert script. Throws a `RangeError` for a `data-type` that is no script's. */
export function kindOf(script: HTMLScriptElement): Kind {
  const type = script.dataset.type?.trim().toLowerCase() ?? "";
  if (!/^(text|application)\/(x-)?(java|ecma)script$/.test(type))
    oneOf("data-type of a <script data-consent>", type, ["module", ""]);
  const isModule = type === "module";
  const hasAddress = addressOf(script) !== undefined;
  const isFetched = hasAddress && (isModule || !script.noModule);
  const isAsync = hasAddress && script.hasAttribute("async");
  const isDeferred =
    !isAsync && (isModule || (hasAddress && script.hasAttribute("defer")));
  return {
    isFetched,
    isModule,
    isAsync,
    isDeferred,
    blocks: isFetched && !isAsync && !isDeferred,
  };
}

/**
 * Makes the script that runs in place of the inert one: with the same text or address, nonce and attributes. What is told by
 * `onload` and `onerror` stays with the inert one, which hears of the end. A nonce that it has not got it does not get: who can
 * slip an inert script into a page must not be lent the page's own.
 */
export function revive(script: HTMLScriptElement): HTMLScriptElement {
  const type = script.dataset.type;
  return makeScript({
    src: addressOf(script),
    text: script.text,
    nonce: script.nonce,
    attributes: [
      ...Array.from(
        script.attributes,
        ({ name, value }) => [name, value] as const,
      ).filter(
        ([name]) =>
          !/^(type|src|nonce|on\w+|data-(type|src|consent|consent-ran))$/.test(
            name,
          ),
      ),
      ...(type ? [["type", type] as const] : []),
    ],
  });
}
