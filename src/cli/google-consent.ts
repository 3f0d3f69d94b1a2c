import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError, type Subcommand } from "./words.js";

/** What the snippet's attributes may hold, and what to write instead. */
const CHECKS = {
  "cookie-name": [/^[\w.-]+$/, "a word such as consent"],
  revision: [/./, "a text such as 2026-11"],
  "max-age": [/^P\d+D$/, "days, such as P180D"],
  "data-layer": [/^[a-z_$][\w$]*$/i, "a name such as dataLayer"],
  purposes: [/^\{/, 'JSON such as {"ad_storage":"marketing"}'],
  regions: [/^\[/, 'JSON such as [{"region":["ES"]}]'],
  "wait-for-update": [/^\d+$/, "milliseconds such as 500"],
} as const;

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** Prints the script for a page's head that says Google's default, inline, and the hash by which a strict CSP lets it run. */
export const googleConsent: Subcommand = {
  usage: `google-consent ${Object.keys(CHECKS)
    .map((name) => `[--${name} <…>]`)
    .join(" ")}`,
  summary:
    "prints the inline script that says Google's consent defaults, and its CSP hash",
  run(words) {
    const { values } = parseArgs({
      args: words,
      options: Object.fromEntries(
        Object.keys(CHECKS).map((name) => [name, { type: "string" as const }]),
      ),
    });
    const attributes = Object.entries(values as Record<string, string>).map(
      ([name, value]) => {
        const [pattern, instead] = CHECKS[name as keyof typeof CHECKS];
        let isRight = pattern.test(value);
        if (/^(purposes|regions)$/.test(name))
          try {
            JSON.parse(value);
          } catch {
            isRight = false;
          }
        if (!isRight)
          throw new UsageError(`--${name} is "${value}"; write ${instead}`);
        return ` data-${name}="${escape(value)}"`;
      },
    );
    // The bundler must not take the file for one of its own.
    const beside = ["cdn", "google-consent.js"].join("/");
    const code = readFileSync(new URL(beside, import.meta.url), "utf8").trim();
    const hash = createHash("sha256").update(code).digest("base64");
    return `<!-- Content-Security-Policy: script-src 'sha256-${hash}' -->
<script${attributes.join("")}>${code}</script>
`;
  },
};
