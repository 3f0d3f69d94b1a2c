/**
 * Takes out of js-cookie what only reads, configures or encodes. This library reads `document.cookie` itself, because it must see
 * duplicates, and a bundler cannot drop the methods of an object. What is left writes and removes.
 *
 * @returns {import("vite").Plugin}
 */
export function writingCookies() {
  /** What is found, and what stands there instead. @type {[RegExp, string][]} */
  const cuts = [
    // It guards against a key `__proto__`, which no attribute of ours has.
    [/function assign \(target\) \{.*?\n\}/s, "var assign = Object.assign;"],
    // Values need no encoding: the converter of `cookieStorage` changes nothing, and goes as well.
    [/var defaultConverter = \{.*?\n\};/s, ""],
    [/converter\.write\(value, name\)/, "value"],
    [/init\(defaultConverter, /, "init("],
    [/init\(converter, /, "init("],
    [/,\n\s*withAttributes: .*?withConverter: .*?\n      \}/s, ""],
    // Where there is no document there is no cookie storage either.
    [/\n    if \(typeof document === 'undefined'\) \{.*?\n    \}\n/s, ""],
    // `createConsent` takes simple names only.
    [/\n    name = encodeURIComponent\(name\).*?escape\);\n/s, ""],
    [/\n  function get\(name\) \{.*?\n  \}\n/s, ""],
    [/\n\s*get: get,/, ""],
    // This library gives dates, never numbers of days.
    [
      /\n    if \(typeof attributes\.expires === 'number'\) \{.*?\n    \}\n/s,
      "",
    ],
    [/expires: -1/, "expires: new Date(0)"],
    // Nobody asks a jar for its settings.
    [/Object\.create\(\s*(\{.*\n    \}),\s*\{.*?\n    \}\s*\)/s, "$1"],
  ];
  return {
    name: "writing-cookies",
    apply: "build",
    transform(code, id) {
      if (/storage.cookie\.ts$/.test(id))
        return {
          code: code.replace(/Cookies\.withConverter\(\{[^]*?\}\)/, "Cookies"),
          map: null,
        };
      if (!/js-cookie.*\.mjs$/.test(id)) return;
      for (const [cut, instead] of cuts) {
        // Another version may be written in another way: then this must be looked at again.
        if (!cut.test(code))
          throw new Error(
            `js-cookie has changed: ${cut} is not found in ${id}`,
          );
        code = code.replace(cut, instead);
      }
      return { code, map: null };
    },
  };
}
