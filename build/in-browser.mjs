/**
 * Takes out what asks whether there is a document at all: elsewhere than in a browser nobody loads the drop-in.
 *
 * @returns {import("vite").Plugin}
 */
export function inBrowser() {
  /** @type {[RegExp, string][]} */
  const cuts = [
    [/if \(!globalThis\.document\) return( \{\})?;/g, ""],
    [/globalThis\.document &&/g, ""],
    [/globalThis\.HTMLElement \?\? \(Object .*?\);/g, "HTMLElement;"],
  ];
  return {
    name: "in-browser",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!/src.*\.ts$/.test(id) || !/globalThis\.(doc|HTML)/.test(code))
        return;
      return {
        code: cuts.reduce((left, cut) => left.replace(...cut), code),
        map: null,
      };
    },
  };
}
