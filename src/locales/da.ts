import type { Words } from "./words.js";

export const words: Words = {
  lang: "da",
  dir: "ltr",
  title: "Dit privatliv, dit valg",
  optIn:
    "Vi vil gerne bruge dine data til disse formål: {purposes}. Intet gemmes eller sendes, før du har valgt, og du kan til enhver tid ændre dit valg.",
  optOut:
    "Vi bruger dine data til disse formål: {purposes}. Du kan afvise det nu eller til enhver tid ændre dit valg.",
  policy: "Privatlivspolitik",
  accept: "Accepter alle",
  reject: "Afvis alle",
  preferences: "Indstillinger",
  preferencesTitle: "Privatlivsindstillinger",
  preferencesText:
    "Vælg, hvad dette websted må. Dit valg gælder fra det øjeblik, du gemmer det.",
  save: "Gem",
  close: "Luk",
  alwaysOn: "Altid slået til",
  off: "Fra",
  anonymous: "Anonymt",
  on: "Til",
  offText: "Der måles ikke noget.",
  anonymousText:
    "Der måles, uden at du genkendes: Intet besøg forbindes med et andet.",
  onText: "Der måles med en identifikator, der gemmes på din enhed.",
  services: "Tjenester: {count}",
  findService: "Find en tjeneste",
  noService: "Ingen tjeneste med dette navn.",
  provider: "Udbyder",
  stores: "Gemmer",
  sendsTo: "Sender data til",
  keptFor: "Opbevaringstid",
  saved: "Dit valg er gemt.",
  decided: "Senest gemt: {date}",
  signal: "Fravalgssignalet fra din browser respekteres.",
  leftovers: "Kunne ikke fjernes herfra: {names}",
  trigger: "Privatlivsvalg",
  embedTitle: "Eksternt indhold: {service}",
  embedText:
    "Når indholdet vises, sendes der data, for eksempel din IP-adresse, til udbyderen.",
  embedLoad: "Vis én gang",
  embedAlways: "Vis altid",
  purposes: {
    necessary: {
      label: "Nødvendigt",
      description:
        "Det, som webstedet ikke kan fungere uden, for eksempel at huske dette valg.",
    },
    functional: {
      label: "Funktioner",
      description:
        "Husker dine indstillinger, for eksempel sprog eller region.",
    },
    analytics: {
      label: "Statistik",
      description:
        "Viser, hvilke sider der bruges, og hvor besøgende går i stå.",
    },
    marketing: {
      label: "Markedsføring",
      description: "Viser annoncer, der passer til dig, og måler dem.",
    },
  },
};
