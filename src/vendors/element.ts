import { refuse } from "../consent/refuse.js";
import type { ConsentManagerElement } from "../elements/consent-manager.js";
import { passOnLeftovers } from "../gate/leftover-news.js";
import { attach } from "./attach.js";
import { isOption, vendorOf, wishOf } from "./shared/markup.js";
import { VENDORS } from "./table.js";

/** The elements that have been started. Wherever one is put afterwards, it stays what it was. */
const started = new WeakSet<Element>();
/** What is attached in this page, or about to be: the same wish twice is one vendor. */
const wishes = new Set<string>();

/** The roots around `element`, the nearest first. Nothing sees into a shadow root from outside. */
function rootsOf(element: Element): (Document | ShadowRoot)[] {
  const root = element.getRootNode() as Document | ShadowRoot;
  return [root, ...(root instanceof ShadowRoot ? rootsOf(root.host) : [])];
}

/** The manager around `element`, or the first of the nearest root that has one; absent while it cannot answer. */
function managerOf(element: Element): ConsentManagerElement | undefined {
  let found = element.closest("consent-manager");
  for (const root of rootsOf(element))
    found ??= root.querySelector("consent-manager");
  return found?.matches(":defined") ? found : undefined;
}

/** Resolves to the manager of `element`, now or when there is one; to nothing when `element` is taken away before. */
function whenManaged(
  element: Element,
): Promise<ConsentManagerElement | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const manager = element.isConnected ? managerOf(element) : undefined;
      if (element.isConnected && !manager) return;
      arrivals.disconnect();
      resolve(manager);
    };
    const arrivals = new MutationObserver(look);
    for (const root of rootsOf(element))
      arrivals.observe(root, { childList: true, subtree: true });
    void customElements.whenDefined("consent-manager").then(look);
    look();
  });
}

const lateChange = (name: string, value: string | null) =>
  new RangeError(
    `consent-elements: ${name} of a <consent-vendor> that has begun is ${JSON.stringify(value)}; write another element`,
  );

/**
 * Lets the record drive the vendor that `element` names, from the moment when it has a manager. That goes on when the element
 * is moved or taken away: a vendor that runs must hear of a no.
 */
export async function start(element: HTMLElement): Promise<void> {
  if (started.has(element)) return;
  started.add(element);
  const manager = await whenManaged(element);
  // Who puts a manager in may give it a store in the same task.
  await undefined;
  // Taken away before anything of it ran: put back, it begins anew.
  if (!manager || !element.isConnected) {
    started.delete(element);
    return;
  }
  const { consent } = manager;
  const wish = wishOf(element);
  new MutationObserver((changes) => {
    for (const { attributeName: name } of changes)
      if (name === "name" || isOption(name!))
        consent.report(lateChange(name!, element.getAttribute(name!)));
  }).observe(element, { attributes: true });
  if (wishes.has(wish)) return;
  wishes.add(wish);
  try {
    const name = element.getAttribute("name") ?? "";
    if (!Object.hasOwn(VENDORS, name))
      refuse(
        "name of <consent-vendor>",
        name,
        Object.keys(VENDORS).join(" or "),
      );
    const file = await VENDORS[name]!();
    attach(consent, vendorOf(element, name, file), {
      reload: element.hasAttribute("reload"),
    });
    passOnLeftovers(manager, consent);
  } catch (error) {
    wishes.delete(wish);
    consent.report(error);
  }
}
