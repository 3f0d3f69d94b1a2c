/**
 * What a server can do for a visitor's decision: set the record's cookie, remove what a page cannot, read Sec-GPC.
 * @module
 */
export type { ConsentRecord } from "../consent/record.js";
