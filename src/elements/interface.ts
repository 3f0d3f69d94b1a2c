import { ContextProvider } from "@lit/context";
import { CMP_VISIBLE } from "../cmp-visible.js";
import type { loadWords } from "../locales/index.js";
import { ConsentBannerElement } from "./consent-banner.js";
import type { ConsentManagerElement, Interface } from "./consent-manager.js";
import type { ConsentPreferencesElement } from "./consent-preferences.js";
import { languageOf } from "./language.js";
import { viewContext } from "./view.js";

/** Makes the visible part of `manager`. Elements that the page has put inside it are used; missing ones are made. */
export async function createInterface(
  manager: ConsentManagerElement,
  locales: { loadWords: typeof loadWords },
): Promise<Interface> {
  const words = await locales.loadWords(languageOf(manager));
  const { consent } = manager;
  new ContextProvider(manager, {
    context: viewContext,
    initialValue: { manager, consent, words },
  });
  ConsentBannerElement.define();

  function find(tag: "consent-banner"): ConsentBannerElement;
  function find(tag: "consent-preferences"): ConsentPreferencesElement;
  function find(tag: "consent-banner" | "consent-preferences") {
    const found = manager.querySelector(tag);
    const element = found ?? document.createElement(tag);
    // A page that says nothing of its colours gets the visitor's; one that does is followed.
    const { colorScheme } = getComputedStyle(manager);
    element.style.setProperty(
      "--_color-scheme",
      colorScheme === "normal" ? "light dark" : "",
    );
    if (!found) manager.append(element);
    element.hidden = false;
    // It may have been taken out of the page, or been there before there was anything to hand down.
    customElements.upgrade(element);
    element.findView();
    return element;
  }

  let isOpen = false;
  const drawn = () =>
    manager.querySelectorAll<ConsentBannerElement | ConsentPreferencesElement>(
      ":is(consent-banner, consent-preferences):defined",
    );
  consent.subscribe(() => {
    for (const element of drawn()) element.requestUpdate();
  });

  return {
    toggleBanner(open) {
      if (isOpen === open) return false;
      isOpen = open;
      // One that was taken away, by a blocker perhaps, is not put back to be hidden.
      const banner = open
        ? find("consent-banner")
        : manager.querySelector("consent-banner");
      if (banner) banner.open = open;
      // Snowplow has an event for it; it waits for the visitor's choice like any other.
      if (banner && open && manager.getAttribute("tracker") === "snowplow")
        manager.tracker?.track(CMP_VISIBLE, {
          elapsedTime: Math.round(performance.now()),
        });
      return true;
    },
    async showPreferences(opener) {
      const { ConsentPreferencesElement } =
        await import("./consent-preferences.js");
      ConsentPreferencesElement.define();
      await find("consent-preferences").show(opener);
    },
  };
}
