import { createContext, type Context } from "@lit/context";
import type { Choices } from "../consent/choice.js";
import type { Purpose } from "../consent/purpose.js";
import type { ConsentStore } from "../consent/store.js";
import type { PurposeWords, Words } from "../locales/words.js";
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

/** What the visitor reads about `purpose`: the page's own words, ours, or its name. */
export function wordsFor(
  { manager, words }: View,
  { name }: Purpose,
): PurposeWords {
  const element = Array.from(manager.querySelectorAll("consent-purpose")).find(
    (each) => each.getAttribute("name") === name,
  );
  const known = words.purposes[name];
  return {
    label: element?.getAttribute("label") ?? known?.label ?? name,
    description:
      element?.getAttribute("description") ?? known?.description ?? "",
  };
}

/** The purposes that are asked about. */
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

/** The policy's address. One that would run code, or is none, is not followed. */
export function policyOf({ manager }: View): string {
  const href = manager.getAttribute("policy-href") ?? "/privacy";
  try {
    return /^https?:$/.test(new URL(href, document.baseURI).protocol)
      ? href
      : "/privacy";
  } catch {
    return "/privacy";
  }
}
