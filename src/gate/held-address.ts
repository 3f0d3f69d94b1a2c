import { refuse } from "../consent/refuse.js";
import { shared } from "./shared.js";

/** Which attribute waits as `data-…`, by element. */
const NAMES = { iframe: "src", img: "src", link: "href" } as const;

/** An element whose address waits for a yes. */
export type Held = HTMLElement & { readonly localName: keyof typeof NAMES };

/** What was there before the address came, by element: a picture of the site's own, perhaps, or nothing. */
const before = shared("before", () => new WeakMap<Element, string | null>());

/** Whether `element` is one whose address can wait. */
export function isHeld(element: HTMLElement): element is Held {
  return element.localName in NAMES;
}

/**
 * Gives `element` the address that waits in its `data-src` (`data-href` of a link). Throws for one that has none, and for one that
 * would run code: sanitizers let `data-` attributes through.
 */
export function showAddress(element: Held): void {
  const name = NAMES[element.localName];
  const address = element.dataset[name];
  if (!address)
    refuse(
      `data-${name} of <${element.localName} data-consent>`,
      address ?? null,
      `the address in data-${name} and not in ${name}, from where it is loaded at once`,
    );
  const current = element.getAttribute(name);
  if (runsCode(address))
    refuse(`data-${name}`, address, "an address to load from");
  if (before.has(element) && current === address) return;
  // A copy of one that was shown brings the address along.
  if (!before.has(element))
    before.set(element, current === address ? null : current);
  element.setAttribute(name, address);
}

function runsCode(address: string): boolean {
  const link = document.createElement("a");
  link.href = address;
  return link.protocol === "javascript:";
}

/** Takes the address away again, and what it has brought. What was there before comes back. */
export function hideAddress(element: Held): void {
  const name = NAMES[element.localName];
  const current = element.getAttribute(name);
  if (
    !before.has(element) &&
    (current === null || current !== element.dataset[name])
  )
    return;
  const value = before.get(element) ?? null;
  before.delete(element);
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
  // A frame without an address goes on showing what it has, until it is put in anew.
  if (element.localName !== "img")
    element.parentNode?.insertBefore(element, element.nextSibling);
}
