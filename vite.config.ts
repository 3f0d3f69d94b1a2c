import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type UserConfig } from "vite";
import { inBrowser } from "./build/in-browser.mjs";
import { litLiterals } from "./build/lit-literals.mjs";
import { leftBeside } from "./build/left-beside.mjs";
import { squeeze } from "./build/squeeze.mjs";
import { writingCookies } from "./build/writing-cookies.mjs";
import { collectorPlugin } from "./collector/vite.mjs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** One entry a vendor: `consent-elements/vendors/posthog`. */
const vendors = Object.fromEntries(
  readdirSync("src/vendors")
    .filter((file) =>
      /^(?!(index|element|attach|vendor|table)\.).+\.ts$/.test(file),
    )
    .map((file) => file.replace(".ts", ""))
    .map((name) => [`vendors/${name}`, `src/vendors/${name}.ts`]),
);

/** What few pages need. The drop-in fetches it from beside itself, and shares no code with it. */
const late = {
  late: "src/late.ts",
  vendor: "src/vendors/element.ts",
};

/** How the sources import it. */
const LATE = {
  late: /\/late\.js$/,
  vendor: /vendors\/element\.js$/,
};

// One build a mode: npm (ES modules, dependencies outside), testing (tools and servers), cdn (the drop-in, dependencies inside, the
// interface in chunks of its own), late (what the drop-in fetches where a page asks for it) and classic (one script for pages
// without modules).
export default defineConfig(({ mode, command }): UserConfig => {
  if (command === "serve")
    return {
      server: { host: "127.0.0.1", port: 5173 },
      plugins: [collectorPlugin()],
    };
  const classic = mode === "classic";
  const npm = mode === "npm";
  // Tools for tests share nothing with the library's chunks, so that these stay as they are.
  if (mode === "testing")
    return {
      build: {
        target: "es2022",
        outDir: "dist",
        emptyOutDir: false,
        lib: {
          entry: {
            testing: "src/testing/index.ts",
            "verify-no-pii": "src/testing/command.ts",
            server: "src/server/index.ts",
            cli: "src/cli/command.ts",
          },
          formats: ["es"],
        },
        rolldownOptions: {
          external: [/^node:/],
          output: { chunkFileNames: "chunks/[name]-[hash:6].js" },
        },
      },
    };
  // A classic script for the page's head. `scripts/copy.mjs` asks for it.
  if (mode === "head")
    return {
      plugins: [squeeze()],
      build: {
        target: "es2022",
        minify: "oxc",
        outDir: "dist/cdn",
        emptyOutDir: false,
        lib: {
          entry: "src/vendors/google/head.ts",
          formats: ["iife"],
          name: "ConsentElementsGoogle",
          fileName: () => "google-consent.js",
        },
      },
    };
  if (mode === "late")
    return {
      plugins: [squeeze(), leftBeside({ language: /^$/ })],
      build: {
        target: "es2022",
        minify: "oxc",
        outDir: "dist/cdn",
        emptyOutDir: false,
        lib: { entry: late, formats: ["es"] },
        rolldownOptions: {
          output: {
            minify: true,
            chunkFileNames: ({ facadeModuleId }) =>
              facadeModuleId?.includes("/src/vendors/")
                ? "vendors/[name].js"
                : "late/[name]-[hash:6].js",
          },
        },
      },
    };
  return {
    // Elsewhere than in a browser nobody loads the drop-in.
    define: npm
      ? {}
      : {
          "globalThis.document": "document",
          "globalThis.HTMLElement": "HTMLElement",
        },
    plugins: [
      litLiterals(),
      ...(npm ? [] : [inBrowser(), writingCookies(), squeeze()]),
      ...(classic
        ? [
            leftBeside({
              ...LATE,
              embed: /elements\/embed\.js$/,
              developer: /\/developer\.js$/,
              language: /^$/,
            }),
          ]
        : npm
          ? []
          : [leftBeside(LATE)]),
    ],
    build: {
      target: "es2022",
      sourcemap: npm,
      minify: "oxc",
      outDir: npm ? "dist" : "dist/cdn",
      emptyOutDir: !classic,
      lib: classic
        ? {
            entry: "src/classic.ts",
            formats: ["iife"],
            name: "ConsentElements",
            fileName: () => "consent-elements.global.js",
          }
        : {
            entry: npm
              ? {
                  index: "src/index.ts",
                  auto: "src/auto.ts",
                  elements: "src/elements.ts",
                  define: "src/define.ts",
                  mixpanel: "src/dialects/mixpanel.ts",
                  snowplow: "src/dialects/snowplow.ts",
                  gate: "src/gate/index.ts",
                  vendors: "src/vendors/index.ts",
                  ...vendors,
                  cmps: "src/cmps/index.ts",
                  gpp: "src/cmps/gpp.ts",
                  "bridges/mixpanel": "src/bridges/mixpanel-browser.ts",
                  "bridges/snowplow": "src/bridges/snowplow-browser-tracker.ts",
                }
              : { auto: "src/auto.ts" },
            formats: ["es"],
          },
      rolldownOptions: {
        optimization: { inlineConst: true },
        external: npm
          ? [/^lit(\/|$)/, /^@lit\//, "js-cookie", "@iabgpp/cmpapi"]
          : [],
        output: {
          minify: true,
          ...(classic
            ? { codeSplitting: false }
            : {
                // A page may name its language's file beforehand, and the classic script names all of these.
                chunkFileNames: ({ facadeModuleId }) =>
                  /src.locales.(?!index)/.test(facadeModuleId ?? "")
                    ? "locales/[name].js"
                    : /elements.(embed|developer)\.ts$/.test(
                          facadeModuleId ?? "",
                        )
                      ? "[name].js"
                      : npm
                        ? "chunks/[name]-[hash:6].js"
                        : // A hash for each would be the drop-in's most expensive letters; a version never changes either.
                          `chunks/[name]-${version}.js`,
              }),
        },
      },
    },
  };
});
