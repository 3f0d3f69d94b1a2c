/**
 * Takes out of js-cookie what only reads, configures or encodes. This library reads `document.cookie` itself, because it must see
 * duplicates, and a bundler cannot drop the methods of an object. What is left writes and removes.
 *
 * @returns {import("vite").Plugin}
 */
export function writingCookies() {
  const cuts = [
    // Values need no encoding of its: `cookieStorage` brings a converter.
    /(?<=var defaultConverter = \{).*?(?=\n\};)/s,
    // Where there is no document there is no cookie storage either.
    /\n    if \(typeof document === 'undefined'\) \{.*?\n    \}\n/s,
    // `createConsent` takes simple names only.
    /\n    name = encodeURIComponent\(name\).*?escape\);\n/s,
    /\n  function get\(name\) \{.*?\n  \}\n/s,
    /\n\s*get: get,/,
    /\n\s*withAttributes: function \(attributes\) \{.*?\n      \},/s,
  ];
  return {
    name: "writing-cookies",
    apply: "build",
    transform(code, id) {
      if (!/js-cookie.*\.mjs$/.test(id)) return;
      for (const cut of cuts) {
        // Another version may be written in another way: then this must be looked at again.
        if (!cut.test(code))
          throw new Error(
            `js-cookie has changed: ${cut} is not found in ${id}`,
          );
        code = code.replace(cut, "");
      }
      return { code, map: null };
    },
  };
}
