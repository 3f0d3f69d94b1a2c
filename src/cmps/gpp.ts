/**
 * The sections of IAB's GPP for the United States, from the record.
 * @module
 */
export type { ConsentRecord } from "../consent/record.js";
