import type { Words } from "./words.js";

export const words: Words = {
  lang: "sv",
  dir: "ltr",
  title: "Din integritet, ditt val",
  optIn:
    "Vi vill använda dina uppgifter för följande ändamål: {purposes}. Inget sparas eller skickas innan du har valt, och du kan ändra ditt val när som helst.",
  optOut:
    "Vi använder dina uppgifter för följande ändamål: {purposes}. Du kan neka nu eller ändra ditt val när som helst.",
  policy: "Integritetspolicy",
  accept: "Godkänn alla",
  reject: "Avvisa alla",
  preferences: "Inställningar",
  preferencesTitle: "Integritetsinställningar",
  preferencesText:
    "Välj vad den här webbplatsen får göra. Ditt val gäller från det att du sparar det.",
  save: "Spara",
  close: "Stäng",
  alwaysOn: "Alltid på",
  off: "Av",
  anonymous: "Anonymt",
  on: "På",
  offText: "Inget mäts.",
  anonymousText:
    "Mätning utan att du känns igen: inget besök kopplas till ett annat.",
  onText: "Mätning med en identifierare som sparas på din enhet.",
  services: "Tjänster: {count}",
  findService: "Sök efter en tjänst",
  noService: "Ingen tjänst med det namnet.",
  provider: "Leverantör",
  stores: "Lagrar",
  sendsTo: "Skickar uppgifter till",
  keptFor: "Lagringstid",
  saved: "Ditt val är sparat.",
  decided: "Senast sparat: {date}",
  signal: "Avvisningssignalen från din webbläsare respekteras.",
  leftovers: "Kunde inte tas bort härifrån: {names}",
  trigger: "Integritetsval",
  embedTitle: "Externt innehåll: {service}",
  embedText:
    "När innehållet visas skickas uppgifter, till exempel din IP-adress, till leverantören.",
  embedLoad: "Visa en gång",
  embedAlways: "Visa alltid",
  purposes: {
    necessary: {
      label: "Nödvändigt",
      description:
        "Det som webbplatsen inte kan fungera utan, till exempel att komma ihåg detta val.",
    },
    functional: {
      label: "Funktioner",
      description:
        "Kommer ihåg dina inställningar, till exempel språk eller region.",
    },
    analytics: {
      label: "Statistik",
      description:
        "Visar vilka sidor som används och var besökare stöter på problem.",
    },
    marketing: {
      label: "Marknadsföring",
      description: "Visar annonser som passar dig och mäter dem.",
    },
  },
};
