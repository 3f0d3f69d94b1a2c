import { onlyKnown, refuse, text } from "../consent/refuse.js";
import type { Receipts } from "../consent/receipt.js";
import { openReceipts, type ReceiptsOptions } from "./open-receipts.js";

const NAMES: readonly (keyof ReceiptsOptions)[] = [
  "consent",
  "endpoint",
  "shown",
  "services",
  "name",
  "storage",
  "fetch",
  "inTurn",
  "clock",
];

/**
 * Keeps a receipt of each decision that is made in this page: `consent-receipt` tells of it, localStorage keeps the last 50, and
 * with an `endpoint` each is sent there until it is acknowledged. A receipt decides nothing: whatever fails becomes a
 * `consent-error`, and the decision stands.
 *
 * ```ts
 * const receipts = keepReceipts({
 *   consent,
 *   endpoint: "/consent-receipts",
 *   shown: () => ({ locale: "en", texts: { question: "…", yes: "…", no: "…" }, purposes: ["analytics"], services: [] }),
 * });
 * ```
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for an endpoint of another site.
 */
export function keepReceipts(options: ReceiptsOptions): Receipts {
  onlyKnown(options, NAMES);
  if (typeof Object(options.consent).subscribe !== "function")
    refuse("consent", [options.consent], "a store of createConsent()");
  if (options.name !== undefined) text("name", options.name);
  return openReceipts(options);
}
