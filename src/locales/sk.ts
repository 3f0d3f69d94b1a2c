import type { Words } from "./words.js";

export const words: Words = {
  lang: "sk",
  dir: "ltr",
  title: "Vaše súkromie, vaša voľba",
  optIn:
    "Chceli by sme používať vaše údaje na tieto účely: {purposes}. Kým si nevyberiete, nič sa neukladá ani neodosiela a svoju voľbu môžete kedykoľvek zmeniť.",
  optOut:
    "Vaše údaje používame na tieto účely: {purposes}. Môžete to hneď odmietnuť alebo svoju voľbu kedykoľvek zmeniť.",
  policy: "Zásady ochrany osobných údajov",
  accept: "Prijať všetko",
  reject: "Odmietnuť všetko",
  preferences: "Nastavenia",
  preferencesTitle: "Nastavenia súkromia",
  preferencesText:
    "Zvoľte, čo smie tento web robiť. Vaša voľba platí od okamihu, keď ju uložíte.",
  save: "Uložiť",
  close: "Zavrieť",
  alwaysOn: "Vždy zapnuté",
  off: "Vypnuté",
  anonymous: "Anonymne",
  on: "Zapnuté",
  offText: "Nič sa nemeria.",
  anonymousText:
    "Meria sa bez toho, aby sme vás rozpoznali: žiadna návšteva sa nespája s inou.",
  onText: "Meria sa pomocou identifikátora uloženého vo vašom zariadení.",
  services: "Služby: {count}",
  findService: "Nájsť službu",
  noService: "Žiadna služba s týmto názvom.",
  provider: "Poskytovateľ",
  stores: "Ukladá",
  sendsTo: "Príjemcovia údajov",
  keptFor: "Doba uchovávania",
  saved: "Vaša voľba je uložená.",
  decided: "Naposledy uložené: {date}",
  signal: "Signál odmietnutia z vášho prehliadača sa rešpektuje.",
  leftovers: "Odtiaľto sa nepodarilo odstrániť: {names}",
  trigger: "Nastavenia súkromia",
  embedTitle: "Externý obsah: {service}",
  embedText:
    "Zobrazením sa poskytovateľovi obsahu odošlú údaje, napríklad vaša IP adresa.",
  embedLoad: "Zobraziť raz",
  embedAlways: "Zobrazovať vždy",
  purposes: {
    necessary: {
      label: "Nevyhnutné",
      description:
        "To, bez čoho web nemôže fungovať, napríklad zapamätanie tejto voľby.",
    },
    functional: {
      label: "Funkcie",
      description: "Pamätá si vaše nastavenia, napríklad jazyk alebo región.",
    },
    analytics: {
      label: "Analytika",
      description:
        "Ukazuje, ktoré stránky sa používajú a kde majú návštevníci ťažkosti.",
    },
    marketing: {
      label: "Marketing",
      description: "Zobrazuje reklamu podľa vašich záujmov a meria jej účinok.",
    },
  },
};
