import { withDefaults } from "../consent/refuse.js";
import {
  cookieTexts,
  localTexts,
  readAll,
  toChoices,
  type Decision,
  type Earlier,
} from "./earlier.js";

/** What {@link vanillaCookieconsent} takes. */
export interface VanillaCookieconsentOptions {
  /** The name of its cookie, or of its localStorage entry. Default: `"cc_cookie"`. */
  cookieName?: string;
  /** The revision that was asked last over there. A decision on another one is none. Default: 0, as over there. */
  revision?: number;
}

/** The part of `cc_cookie` that is read. Another's object: anything may be missing. */
interface Kept {
  readonly categories: readonly string[];
  readonly services: Readonly<Record<string, readonly string[]>>;
  readonly revision: number;
  readonly lastConsentTimestamp: string;
}

/**
 * Decisions of vanilla-cookieconsent 3 (seen with 3.1.0). Its categories are the site's own. One with services is not
 * granted as a whole, since the cookie does not tell which services were refused: name each as `"analytics/matomo"`.
 */
export function vanillaCookieconsent(
  options: VanillaCookieconsentOptions = {},
): Earlier {
  const { cookieName, revision } = withDefaults(
    { cookieName: "cc_cookie", revision: 0 },
    options,
  );

  const read = (text: string): Decision | undefined => {
    // In localStorage it is not encoded.
    const kept = JSON.parse(
      text[0] === "{" ? text : decodeURIComponent(text),
    ) as Kept;
    if (kept.revision !== revision) return;
    const answers: [category: string, isGranted: unknown][] = [];
    for (const [category, services] of Object.entries(kept.services)) {
      const isGranted = kept.categories.includes(category);
      if (!isGranted || !services[0]) answers.push([category, isGranted]);
      for (const service of services)
        answers.push([`${category}/${service}`, isGranted]);
    }
    return {
      choices: toChoices(answers),
      time: Date.parse(kept.lastConsentTimestamp),
    };
  };

  return {
    name: "vanilla-cookieconsent",
    stores: { cookies: [cookieName], local: [cookieName] },
    read: () =>
      readAll([...cookieTexts(cookieName), ...localTexts(cookieName)], read),
  };
}
