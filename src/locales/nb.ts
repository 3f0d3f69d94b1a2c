import type { Words } from "./words.js";

export const words: Words = {
  lang: "nb",
  dir: "ltr",
  title: "Ditt personvern, ditt valg",
  optIn:
    "Vi ønsker å bruke opplysninger om deg til disse formålene: {purposes}. Ingenting lagres eller sendes før du har valgt, og du kan når som helst endre valget ditt.",
  optOut:
    "Vi bruker opplysninger om deg til disse formålene: {purposes}. Du kan si nei nå eller endre valget ditt når som helst.",
  policy: "Personvernerklæring",
  accept: "Godta alle",
  reject: "Avvis alle",
  preferences: "Innstillinger",
  preferencesTitle: "Personverninnstillinger",
  preferencesText:
    "Velg hva dette nettstedet får gjøre. Valget ditt gjelder fra du lagrer det.",
  save: "Lagre",
  close: "Lukk",
  alwaysOn: "Alltid på",
  off: "Av",
  anonymous: "Anonymt",
  on: "På",
  offText: "Ingenting måles.",
  anonymousText:
    "Målingen skjer uten at du gjenkjennes: Besøk knyttes ikke til hverandre.",
  onText: "Målingen skjer med en identifikator som lagres på enheten din.",
  services: "Tjenester: {count}",
  findService: "Finn en tjeneste",
  noService: "Ingen tjeneste med dette navnet.",
  provider: "Leverandør",
  stores: "Lagrer",
  sendsTo: "Sender data til",
  keptFor: "Lagringstid",
  saved: "Valget ditt er lagret.",
  decided: "Sist lagret: {date}",
  signal: "Reservasjonssignalet fra nettleseren din blir fulgt.",
  leftovers: "Kunne ikke fjernes herfra: {names}",
  trigger: "Personvernvalg",
  embedTitle: "Eksternt innhold: {service}",
  embedText:
    "Når innholdet vises, sendes data, for eksempel IP-adressen din, til leverandøren.",
  embedLoad: "Vis én gang",
  embedAlways: "Vis alltid",
  purposes: {
    necessary: {
      label: "Nødvendig",
      description:
        "Det nettstedet ikke kan virke uten, for eksempel å huske dette valget.",
    },
    functional: {
      label: "Funksjoner",
      description:
        "Husker innstillingene dine, for eksempel språk eller region.",
    },
    analytics: {
      label: "Analyse",
      description:
        "Viser hvilke sider som brukes, og hvor besøkende står fast.",
    },
    marketing: {
      label: "Markedsføring",
      description:
        "Viser annonser ut fra interessene dine og måler effekten av dem.",
    },
  },
};
