import { shared } from "./shared.js";

/** How texts become scripts under Trusted Types, whose types TypeScript does not know yet. */
interface Trust {
  createScript(text: string): string;
  createScriptURL(url: string): string;
}

interface TrustFactory {
  createPolicy(name: string, rules: Trust): Trust;
}

const asItIs: Trust = {
  createScript: (text) => text,
  createScriptURL: (url) => url,
};

let trust: Trust | undefined;

/**
 * The Trusted Types policy `consent-elements`, made when the first script comes in and once for a page: where the page's list has no
 * `'allow-duplicates'`, a second one would be refused, so other copies of the library and `<consent-embed>` use the same.
 *
 * It passes on what it is given: scripts that the page itself has written down, and addresses that its code or its markup
 * names. Which hosts may be asked is for `script-src` to say. There is no `createHTML`, since nothing here makes HTML of a text.
 *
 * Where the page's list leaves it out, texts stay texts. The page's `default` policy may take them; otherwise the browser refuses.
 */
export function trusted(): Trust {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustFactory };
  try {
    return (trust ??= shared(
      "trust",
      () => trustedTypes?.createPolicy("consent-elements", asItIs) ?? asItIs,
    ));
  } catch {
    // Asked for once: each refusal is a report to the site.
    return (trust = asItIs);
  }
}
