/**
 * Vendors' tags that follow the record. Each vendor is an entry of its own: `consent-elements/vendors/posthog`.
 * @module
 */
export { attach, type AttachOptions } from "./attach.js";
export type { Answers, Permit, Vendor } from "./vendor.js";
