/**
 * Leaves parts out of a build: they are fetched from files of their own beside it, where another build has put them under plain
 * names. A bundler would cut what both have in common out of the drop-in, and every page would ask for two files.
 *
 * @param {Record<string, RegExp>} parts - Files by their plain names: what the source that is imported ends in.
 * @returns {import("vite").Plugin}
 */
export function leftBeside(parts) {
  return {
    name: "left-beside",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer = "") {
      if (!importer) return;
      // A language is imported by its bare name from the table of languages.
      const language = /locales.index\.ts$/.test(importer)
        ? /^\.\/(?!en\.|language\.)([\w-]+)\.js$/.exec(source)?.[1]
        : undefined;
      if (language && parts.language)
        return { id: `./locales/${language}.js`, external: "absolute" };
      const found = Object.entries(parts).find(
        ([name, end]) => name !== "language" && end.test(source),
      );
      return found && { id: `./${found[0]}.js`, external: "absolute" };
    },
  };
}
