import { ContextProvider } from "@lit/context";
import { CMP_VISIBLE } from "../cmp-visible.js";
import { languageOf, watchLanguage, type loadWords } from "../locales/index.js";
import type { Words } from "../locales/words.js";
import { ConsentBannerElement } from "./consent-banner.js";
import type { ConsentManagerElement, Interface } from "./consent-manager.js";
import type { ConsentPreferencesElement } from "./consent-preferences.js";
import { createStatus } from "./status.js";
import { tellUnknown, viewContext, type View } from "./view.js";

/** What the page may set on the manager, beside its attributes, and change at any time. */
const OWN = ["words", "details"] as const;

/** Names of a developer's own machine. */
const WORKSHOP = /(^|\.)(localhost|local|test)$/;

/** Tells a developer what a visitor would stumble over. It is fetched on a developer's machine alone. */
async function inspect(
  element: ConsentBannerElement | ConsentPreferencesElement,
): Promise<void> {
  if (!WORKSHOP.test(location.hostname)) return;
  const developer = await import("./developer.js");
  await element.updateComplete;
  developer.inspect(element);
}

/** Makes the visible part of `manager`. Elements that the page has put inside it are used; missing ones are made. */
export async function createInterface(
  manager: ConsentManagerElement,
  locales: { loadWords: typeof loadWords },
): Promise<Interface> {
  const { consent } = manager;

  /** The words of the page's language, or English whole where that language cannot be fetched. */
  const load = async () => {
    try {
      return await locales.loadWords(languageOf(manager));
    } catch (error) {
      consent.report(error);
      return locales.loadWords("en");
    }
  };
  let words = await load();

  /** What was looked at already: a mistake is told once, however often all is drawn anew. */
  const checked = new Set<string>();
  const check = (what: string, name: string, known: readonly string[]) => {
    const key = `${what} ${name}`;
    if (!checked.has(key)) tellUnknown(manager, what, name, known);
    checked.add(key);
  };

  const view = (): View => ({ manager, consent, words: withOwn(words) });
  const withOwn = (ours: Words): Words => {
    const { purposes: texts = {}, ...own } = manager.words ?? {};
    for (const name in own) check("a word", name, Object.keys(ours));
    const known = consent.purposes.map(({ name }) => name);
    for (const name of Object.keys({ ...texts, ...manager.details }))
      check("a purpose", name, known);
    const purposes = { ...ours.purposes };
    for (const [name, text] of Object.entries(texts))
      purposes[name] = {
        label: name,
        description: "",
        ...purposes[name],
        ...text,
      };
    const given = Object.entries(own).filter(([, text]) => text !== undefined);
    return { ...ours, ...Object.fromEntries(given), purposes };
  };

  const provider = new ContextProvider(manager, {
    context: viewContext,
    initialValue: view(),
  });
  const renew = () => provider.setValue(view());
  for (const name of OWN) {
    let value: unknown = manager[name];
    Object.defineProperty(manager, name, {
      configurable: true,
      enumerable: true,
      get: () => value,
      set(next) {
        value = next;
        renew();
      },
    });
  }
  let asked = 0;
  watchLanguage(manager, async () => {
    const turn = ++asked;
    const next = await load();
    // Another language was asked for meanwhile, and may have been here first.
    if (turn !== asked) return;
    if (next.lang === words.lang) {
      // Perhaps another direction.
      for (const element of drawn()) element.requestUpdate();
      return;
    }
    words = next;
    renew();
  });
  const say = createStatus(manager);
  ConsentBannerElement.define();

  function find(tag: "consent-banner"): ConsentBannerElement;
  function find(tag: "consent-preferences"): ConsentPreferencesElement;
  function find(tag: "consent-banner" | "consent-preferences") {
    const found = manager.querySelector(tag);
    const element = found ?? document.createElement(tag);
    // `banner-layout` and `preferences-layout`, where the element itself says nothing.
    const layout = manager.getAttribute(`${tag.slice(8)}-layout`);
    if (layout !== null && !element.hasAttribute("layout"))
      element.setAttribute("layout", layout);
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

  const findPreferences = async () => {
    const { ConsentPreferencesElement } =
      await import("./consent-preferences.js");
    ConsentPreferencesElement.define();
    return find("consent-preferences");
  };

  let isOpen = false;
  const drawn = () =>
    manager.querySelectorAll<ConsentBannerElement | ConsentPreferencesElement>(
      ":is(consent-banner, consent-preferences):defined",
    );
  consent.subscribe(({ source }) => {
    for (const element of drawn()) element.requestUpdate();
    if (source === "user") say(view().words);
  });
  // Preferences that are a part of the page are there at once.
  if (manager.querySelector("consent-preferences[layout=inline]"))
    await findPreferences();

  return {
    toggleBanner(open) {
      if (isOpen === open) return false;
      isOpen = open;
      // One that was taken away, by a blocker perhaps, is not put back to be hidden.
      const banner = open
        ? find("consent-banner")
        : manager.querySelector("consent-banner");
      if (banner) banner.open = open;
      if (banner && open) void inspect(banner);
      // Snowplow has an event for it; it waits for the visitor's choice like any other.
      if (banner && open && manager.getAttribute("tracker") === "snowplow")
        manager.tracker?.track(CMP_VISIBLE, {
          elapsedTime: Math.round(performance.now()),
        });
      return true;
    },
    async showPreferences(opener) {
      const preferences = await findPreferences();
      await preferences.show(opener);
      void inspect(preferences);
    },
  };
}
