import type { ConsentStore } from "../consent/store.js";
import type { ConsentManagerElement } from "../elements/consent-manager.js";
import { watchDeclared } from "./declared.js";
import { isKept, keepInert } from "./inert.js";

/** Starts what a page's markup asks for: inert scripts and frames, leftovers to remove, receipts. Fetched when there is any. */
export async function obey(
  manager: HTMLElement,
  consent: ConsentStore,
): Promise<void> {
  // The first manager of a document or a shadow root is asked for all of it, a second one for what is inside it.
  const root = manager.getRootNode() as Document | ShadowRoot;
  keepInert(consent, isKept(root) ? manager : root);
  watchDeclared(manager, consent);
  if (manager.hasAttribute("receipts"))
    await import("./tag-receipts.js").then(
      ({ receiptsOf }) => receiptsOf(manager as ConsentManagerElement, consent),
      // Without proof the decision stands all the same.
      consent.report,
    );
}
