/** This library's version, as its events name it. `test/version.test.mjs` holds it to package.json. */
export const VERSION = "0.1.0";
