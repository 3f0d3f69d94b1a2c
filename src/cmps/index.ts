/**
 * Other consent layers: their earlier decisions, and their live word. No TC string is ever made here.
 * @module
 */
export type { ConsentRecord } from "../consent/record.js";
