import { brotliCompressSync } from "node:zlib";
import { minify } from "terser";

const BASE = {
  passes: 3,
  unsafe_arrows: true,
  keep_fargs: false,
  // Shorter built-ins, such as Error(…) without new. The whole visits run what comes out.
  unsafe: true,
};

const EITHER = [true, false];

/** Which of these makes a file smaller once it is compressed depends on the file. */
const WAYS = EITHER.flatMap((hoist_vars) =>
  EITHER.flatMap((reduce_vars) =>
    EITHER.flatMap((join_vars) =>
      EITHER.map((sequences) =>
        Object.assign({ hoist_vars, reduce_vars, join_vars, sequences }, BASE),
      ),
    ),
  ),
);

/** What a visitor who comes back loads, page after page. */
const OFTEN = /auto|sender/;

/** It goes over once more, each time with one letter that no name may be: how names repeat decides as well. */
const WITHOUT = [undefined, ..."nvybck"];

/**
 * Goes over what the bundler has minified once more, in several ways, and takes the smallest. The returning visitor's
 * file has a limit in bytes, and this takes about 2 % off it.
 *
 * @returns {import("vite").Plugin}
 */
export function squeeze() {
  return {
    name: "squeeze",
    apply: "build",
    async generateBundle({ format }, bundle) {
      for (const chunk of Object.values(bundle)) {
        // A language is text, and of the vendors a page fetches one or two.
        if (
          chunk.type !== "chunk" ||
          /^(locales\/|vendors)/.test(chunk.fileName)
        )
          continue;
        for (const letter of OFTEN.test(chunk.fileName)
          ? WITHOUT
          : [undefined]) {
          let best = chunk.code;
          for (const compress of WAYS) {
            const { code = best } = await minify(chunk.code, {
              module: format === "es",
              ecma: 2020,
              compress,
              mangle: { reserved: [letter ?? []].flat() },
            });
            if (
              brotliCompressSync(code).length < brotliCompressSync(best).length
            )
              best = code;
          }
          chunk.code = best;
        }
      }
    },
  };
}
