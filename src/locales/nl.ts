import type { Words } from "./words.js";

export const words: Words = {
  lang: "nl",
  dir: "ltr",
  title: "Uw privacy, uw keuze",
  optIn:
    "We willen uw gegevens graag gebruiken voor deze doelen: {purposes}. Zolang u niet hebt gekozen, wordt er niets opgeslagen of verzonden. U kunt uw keuze op elk moment wijzigen.",
  optOut:
    "We gebruiken uw gegevens voor deze doelen: {purposes}. U kunt dit nu weigeren of uw keuze op elk moment wijzigen.",
  policy: "Privacybeleid",
  accept: "Alles accepteren",
  reject: "Alles weigeren",
  preferences: "Instellingen",
  preferencesTitle: "Privacy-instellingen",
  preferencesText:
    "Kies wat deze website mag doen. Uw keuze geldt vanaf het moment dat u die opslaat.",
  save: "Opslaan",
  close: "Sluiten",
  alwaysOn: "Altijd aan",
  off: "Uit",
  anonymous: "Anoniem",
  on: "Aan",
  offText: "Er wordt niets gemeten.",
  anonymousText:
    "Er wordt gemeten zonder u te herkennen: geen enkel bezoek wordt met een ander bezoek verbonden.",
  onText:
    "Er wordt gemeten met een identificatiecode die op uw apparaat wordt bewaard.",
  services: "Diensten: {count}",
  findService: "Een dienst zoeken",
  noService: "Geen dienst met deze naam.",
  provider: "Aanbieder",
  stores: "Slaat op",
  sendsTo: "Verzendt gegevens naar",
  keptFor: "Bewaartermijn",
  saved: "Uw keuze is opgeslagen.",
  decided: "Laatst opgeslagen: {date}",
  signal: "Het opt-outsignaal van uw browser wordt gerespecteerd.",
  leftovers: "Kon hier niet worden verwijderd: {names}",
  trigger: "Privacykeuzes",
  embedTitle: "Externe inhoud: {service}",
  embedText:
    "Bij het tonen worden gegevens, zoals uw IP-adres, naar de aanbieder verzonden.",
  embedLoad: "Eén keer tonen",
  embedAlways: "Altijd tonen",
  purposes: {
    necessary: {
      label: "Noodzakelijk",
      description:
        "Waar de website niet zonder kan, zoals het onthouden van deze keuze.",
    },
    functional: {
      label: "Functionaliteit",
      description: "Onthoudt uw instellingen, zoals een taal of een regio.",
    },
    analytics: {
      label: "Statistieken",
      description:
        "Laat zien welke pagina’s worden gebruikt en waar bezoekers vastlopen.",
    },
    marketing: {
      label: "Marketing",
      description: "Toont reclame die bij u past en meet die.",
    },
  },
};
