import type { Call } from "../destination.js";

// What a caller's mistake looks like: Mixpanel takes none of these for an id, and tells nobody. What begins with
// `$device:` is the id of someone without a name. (Mixpanel's documentation of distinct_id.)
const REFUSED =
  /^(0|-1|null|nil|<nil>|none|n\/?a|anon(ymous)?|unknown|undefined|true|false|\[]|{}|[0-]{36}|\$device:.*)$/s;

/**
 * Throws a `RangeError` for an id that Mixpanel would not take. It does without `refuse()`: the drop-in fetches this
 * with the code that sends, which shares nothing with the code of every page.
 */
export function checkId({ verb, name }: Pick<Call, "verb" | "name">): void {
  if ((verb === "identify" || verb === "alias") && REFUSED.test(name))
    throw RangeError(
      `consent-elements: user id is ${JSON.stringify(name)}; write the site's own id of one visitor`,
    );
}
