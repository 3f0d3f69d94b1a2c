/**
 * The page obeys: what removes leftovers, and what else a page's own code may want of the gate. Registers nothing, no Lit.
 * @module
 */
export { keepInert } from "./inert.js";
export {
  keepStored,
  removeStored,
  type Leftover,
  type RemoveOptions,
} from "./clean-up.js";
export { watchDeclared } from "./declared.js";
export type { Pattern, Stored } from "./stored.js";
export type { Receipt, Receipts } from "../consent/receipt.js";
export { keepReceipts } from "./receipts.js";
export type { ReceiptsOptions } from "./open-receipts.js";
export { canonical, textHash, textOf, type Shown } from "./text-hash.js";
