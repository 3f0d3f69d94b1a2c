/**
 * For tests: looks into what a page really sent, and says where it names a person. Takes requests that a browser, a
 * proxy or a collector has written down; needs no DOM and runs in Node and in browsers.
 * @module
 */
export { assertNoLeaks, findLeaks } from "./find-leaks.js";
export type { Findings, Leak, LeakOptions } from "./leak.js";
export type { Level } from "./level.js";
export type { Capture, PlainRequest } from "./capture.js";
