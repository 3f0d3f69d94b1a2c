import { ContextProvider } from "@lit/context";
import { loadWords } from "../locales/index.js";
import { ConsentBannerElement } from "./consent-banner.js";
import type { ConsentManagerElement, Interface } from "./consent-manager.js";
import { viewContext } from "./view.js";

/** Makes the visible part of `manager`. Elements that the page has put inside it are used; missing ones are made. */
export async function createInterface(
  manager: ConsentManagerElement,
): Promise<Interface> {
  const language = manager.closest<HTMLElement>("[lang]")?.lang ?? "";
  const words = await loadWords(language);
  const { consent } = manager;
  new ContextProvider(manager, {
    context: viewContext,
    initialValue: { manager, consent, words },
  });
  ConsentBannerElement.define();

  function find<K extends "consent-banner" | "consent-preferences">(tag: K) {
    const found = manager.querySelector<HTMLElementTagNameMap[K]>(tag);
    const element = found ?? document.createElement(tag);
    // A page that says nothing of its colours gets the visitor's; one that does is followed.
    if (getComputedStyle(manager).colorScheme === "normal")
      element.style.colorScheme = "light dark";
    if (found) found.findView();
    else manager.append(element);
    return element;
  }

  return {
    toggleBanner(open) {
      find("consent-banner").open = open;
    },
    async showPreferences(opener) {
      const { ConsentPreferencesElement } =
        await import("./consent-preferences.js");
      ConsentPreferencesElement.define();
      await find("consent-preferences").show(opener);
    },
  };
}
