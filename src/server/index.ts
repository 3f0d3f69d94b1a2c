/**
 * What a server can do for a visitor's decision: set the record's cookie, remove what a page cannot, read Sec-GPC.
 * @module
 */
export type { ConsentRecord } from "../consent/record.js";
export type { Receipt } from "../consent/receipt.js";
export {
  recordCookie,
  recordHandler,
  recordOf,
  type RecordCookieOptions,
} from "./record-cookie.js";
export {
  receiptsHandler,
  type ReceiptsHandlerOptions,
} from "./receipts-handler.js";
export type { OwnSiteOptions } from "./own-site.js";
export { gpcJson, secGpc } from "./sec-gpc.js";
export {
  nodeHandler,
  type NodeRequest,
  type NodeResponse,
} from "./node-handler.js";
export { clearCookies, type ClearOptions } from "./clear-cookies.js";
