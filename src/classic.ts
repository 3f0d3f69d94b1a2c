/**
 * Everything in one classic script: the drop-in, and the library's functions on `window.ConsentElements`.
 * @module
 */
import "./auto.js";

export * from "./index.js";
