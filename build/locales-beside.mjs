/**
 * Leaves every language but English out of the classic script, which fetches it from the `locales` folder beside itself.
 *
 * @returns {import("vite").Plugin}
 */
export function localesBeside() {
  return {
    name: "locales-beside",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer) {
      const language = /^\.\/(?!(?:en|language)\.)([\w-]+)\.js$/.exec(
        source,
      )?.[1];
      if (!/locales.index\.ts$/.test(importer ?? "") || !language) return;
      return { id: `./locales/${language}.js`, external: "absolute" };
    },
  };
}
