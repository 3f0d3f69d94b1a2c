import { createContext, type Context } from "@lit/context";
import type { Choices } from "../consent/choice.js";
import type { Purpose } from "../consent/purpose.js";
import type { ConsentStore } from "../consent/store.js";
import type { Words } from "../locales/words.js";
import type { ConsentManagerElement } from "./consent-manager.js";

/** What `<consent-manager>` hands down to the visible elements inside it. */
export interface View {
  readonly manager: ConsentManagerElement;
  readonly consent: ConsentStore;
  readonly words: Words;
}

/** The context under which it is handed down. */
export const viewContext: Context<symbol, View> = createContext<View, symbol>(
  Symbol("consent-elements"),
);

/** The purposes that are asked about, services with an answer of their own among them. */
export function askedFor({ consent }: View): Purpose[] {
  return consent.purposes.filter(({ required }) => !required);
}

/** The same answer for each of `purposes`. */
export function answerAll(
  purposes: readonly Purpose[],
  choice: "granted" | "denied",
): Choices {
  return Object.fromEntries(purposes.map(({ name }) => [name, choice]));
}

/** `names` as a list in the language of `words`; with commas alone where the browser does not know that language. */
export function listOf({ words }: View, given: readonly string[]): string {
  // A name in another script must not turn the sentence around (Unicode, UAX 9: first strong isolate).
  const names = given.map((name) => `\u2068${name}\u2069`);
  return Intl.ListFormat.supportedLocalesOf(words.lang)[0]
    ? new Intl.ListFormat(words.lang).format(names)
    : names.join(", ");
}

/** A day in the language of `words`; in figures where the browser does not know that language. */
export function dayOf({ words }: View, time: string): string {
  return Intl.DateTimeFormat.supportedLocalesOf(words.lang)[0]
    ? new Intl.DateTimeFormat(words.lang, { dateStyle: "long" }).format(
        new Date(time),
      )
    : time.slice(0, 10);
}

/** An address that may be followed: one that would run code, or is none, gives way to `instead`. */
export function safeHref(href: string, instead: string): string {
  try {
    return /^https?:$/.test(new URL(href, document.baseURI).protocol)
      ? href
      : instead;
  } catch {
    return instead;
  }
}

/** The privacy policy's address. */
export const policyOf = ({ manager }: View): string =>
  safeHref(manager.getAttribute("policy-href") ?? "/privacy", "/privacy");

/**
 * Tells, by `consent-error`, of a value that there is not, and of what to write instead: a mistake in the interface must
 * not take the interface away. (The gate's own `oneOf` cannot be shared with what is fetched late without one more request
 * on every page.)
 */
export function tellUnknown(
  { consent }: Pick<View, "consent">,
  what: string,
  given: string,
  known: readonly string[],
): void {
  if (!known.includes(given))
    consent.report(
      new RangeError(
        `consent-elements: ${what} is ${JSON.stringify(given)}; write ${known.join(" or ")}`,
      ),
    );
}
