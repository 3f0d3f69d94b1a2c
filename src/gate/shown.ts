import type { ConsentRecord } from "../consent/record.js";
import type { ConsentManagerElement } from "../elements/consent-manager.js";
import type { OwnWords, Words } from "../locales/words.js";
import type { Shown } from "./text-hash.js";

/** The words of banner and preferences. */
export const INTERFACE_WORDS = [
  "title",
  "policy",
  "accept",
  "reject",
  "preferences",
  "preferencesTitle",
  "preferencesText",
  "save",
  "close",
  "alwaysOn",
  "off",
  "anonymous",
  "on",
  "offText",
  "anonymousText",
  "onText",
  "services",
  "findService",
  "noService",
  "provider",
  "stores",
  "sendsTo",
  "keptFor",
  "decided",
  "signal",
] as const;

/** The words of an embed's placeholder. */
export const EMBED_WORDS = [
  "embedTitle",
  "embedText",
  "embedLoad",
  "embedAlways",
] as const;

/** Attributes that a visitor reads, and the names that `details` has for them. */
const READ: Readonly<Record<string, string>> = {
  label: "label",
  description: "description",
  anonymous: "anonymous",
  "text-off": "offText",
  "text-anonymous": "anonymousText",
  "text-on": "onText",
  provider: "provider",
  "policy-href": "policyHref",
  stores: "stores",
  "sends-to": "sendsTo",
  "kept-for": "keptFor",
};

const told = (element: Element | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(READ).flatMap(([attribute, name]) => {
      const value = element?.getAttribute(attribute);
      return value == null ? [] : [[name, value]];
    }),
  );

/** What the page tells of its purposes and of the services in them, wherever it tells it. */
function described(manager: ConsentManagerElement) {
  const { consent, details = {}, words } = manager;
  const elements = [...manager.querySelectorAll("consent-purpose")];
  const services: object[] = [];
  const purposes = consent.purposes.map(({ name, required }) => {
    const element = elements.find((each) => each.getAttribute("name") === name);
    const { services: listed = [], ...own } = details[name] ?? {};
    for (const each of element?.querySelectorAll("consent-service") ?? [])
      services.push({
        purpose: name,
        name: each.getAttribute("name") ?? "",
        ...told(each),
      });
    for (const each of listed) services.push({ purpose: name, ...each });
    const texts = words?.purposes?.[name];
    return Object.assign({ name, required }, texts, own, told(element));
  });
  return { purposes, services };
}

/** The page's own content in the slots of banner and preferences. */
const slotted = (layers: readonly Element[]): object[] =>
  layers.flatMap((layer) =>
    Array.from(layer.children, ({ slot, textContent }) => ({
      layer: layer.localName,
      slot,
      text: textContent.trim().replace(/\s+/g, " "),
    })),
  );

/** The language in which banner or preferences are drawn; English where the page's own could not be fetched. */
const drawnIn = (layers: readonly HTMLElement[]): string | undefined =>
  layers.find(({ shadowRoot, lang }) => shadowRoot?.childElementCount && lang)
    ?.lang;

/**
 * What the visitor is shown by `manager` when `record` is made: the words of banner and preferences in the language in which they
 * are drawn, or of an embed's placeholder for its buttons; the page's own words, details and slots; purposes and services.
 * `undefined` where nothing was drawn in this page. What the page says is taken at once; our words may have to be fetched.
 *
 * Texts are taken before they are filled in, since browsers write lists and dates each in their own way.
 */
export async function shownBy(
  manager: ConsentManagerElement,
  record: ConsentRecord | undefined,
): Promise<Shown | undefined> {
  const isEmbed = record?.action === "embed";
  const layers = [
    ...manager.querySelectorAll<HTMLElement>(
      "consent-banner, consent-preferences",
    ),
  ];
  const drawn = isEmbed ? undefined : drawnIn(layers);
  if (!isEmbed && !drawn) return;
  const own: OwnWords = { ...manager.words };
  const slots = isEmbed ? undefined : slotted(layers);
  const { purposes, services } = described(manager);
  const asked = manager.consent.mode === "opt-in" ? "optIn" : "optOut";
  const names = isEmbed ? EMBED_WORDS : [...INTERFACE_WORDS, asked];

  const { languageOf, loadWords } = await import("../locales/index.js");
  const ours = await loadWords(drawn ?? languageOf(manager));
  // An embed reads our words alone.
  const words = Object.fromEntries(
    names.map((name) => [
      name,
      (isEmbed ? undefined : own[name as keyof OwnWords]) ??
        ours[name as keyof Words],
    ]),
  );
  return {
    locale: ours.lang,
    texts: { ...words, slots },
    purposes: purposes.map((purpose) =>
      Object.assign({}, ours.purposes[purpose.name], purpose),
    ),
    services,
  };
}
