import type { ConsentStore } from "../consent/store.js";
import type { ConsentManagerElement } from "../elements/consent-manager.js";
import { openReceipts } from "./open-receipts.js";
import { shownBy } from "./shown.js";

/**
 * Keeps receipts as `<consent-manager receipts="/consent-receipts">` asks; without a value they are kept in the browser alone.
 * `manager.receipts` are they, and `consent-receipt` is told by the manager too. A mistake in the attribute becomes a `consent-error`.
 */
export function receiptsOf(
  manager: ConsentManagerElement,
  consent: ConsentStore,
): void {
  consent.addEventListener("consent-receipt", ({ type, receipt }) => {
    const news = new Event(type, { bubbles: true, composed: true });
    manager.dispatchEvent(Object.assign(news, { receipt }));
  });
  const open = (endpoint?: string) => {
    manager.receipts = openReceipts({
      consent,
      endpoint,
      name: manager.getAttribute("cookie-name") ?? undefined,
      shown: (record) => shownBy(manager, record),
      services: () =>
        Array.from(
          manager.querySelectorAll("consent-service[switch]"),
          (each) => each.getAttribute("name") ?? "",
        ),
    });
  };
  try {
    open(manager.getAttribute("receipts") || undefined);
  } catch (error) {
    consent.report(error);
    // Proof that cannot be sent is kept.
    open();
  }
}
