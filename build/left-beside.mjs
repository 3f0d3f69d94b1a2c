/**
 * Leaves out of the classic script what few pages need: every language but English, embeds, and what helps a developer. The script
 * fetches them from beside itself, where the modules' build has put them under plain names.
 *
 * @returns {import("vite").Plugin}
 */
export function leftBeside() {
  return {
    name: "left-beside",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer = "") {
      const name = /([\w-]+)\.js$/.exec(source)?.[1] ?? "";
      const isLanguage =
        /locales.index\.ts$/.test(importer) && !/^(en|language)$/.test(name);
      if (!isLanguage && !/^(embed|developer)$/.test(name)) return;
      return {
        id: `./${isLanguage ? "locales/" : ""}${name}.js`,
        external: "absolute",
      };
    },
  };
}
