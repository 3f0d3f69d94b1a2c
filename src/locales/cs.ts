import type { Words } from "./words.js";

export const words: Words = {
  lang: "cs",
  dir: "ltr",
  title: "Vaše soukromí, vaše volba",
  optIn:
    "Chtěli bychom používat vaše údaje k těmto účelům: {purposes}. Dokud si nevyberete, nic se neukládá ani neodesílá, a svou volbu můžete kdykoli změnit.",
  optOut:
    "Vaše údaje používáme k těmto účelům: {purposes}. Můžete to hned odmítnout nebo svou volbu kdykoli změnit.",
  policy: "Zásady ochrany osobních údajů",
  accept: "Přijmout vše",
  reject: "Odmítnout vše",
  preferences: "Podrobné nastavení",
  preferencesTitle: "Nastavení soukromí",
  preferencesText:
    "Zvolte, co tento web smí dělat. Vaše volba platí od okamžiku, kdy ji uložíte.",
  save: "Uložit",
  close: "Zavřít",
  alwaysOn: "Vždy zapnuto",
  off: "Vypnuto",
  anonymous: "Anonymně",
  on: "Zapnuto",
  offText: "Nic se neměří.",
  anonymousText:
    "Měří se, aniž bychom vás rozpoznali: žádná návštěva se nespojuje s jinou.",
  onText: "Měří se pomocí identifikátoru uloženého ve vašem zařízení.",
  services: "Služby: {count}",
  findService: "Najít službu",
  noService: "Žádná služba s tímto názvem.",
  provider: "Poskytovatel",
  stores: "Ukládá",
  sendsTo: "Příjemci údajů",
  keptFor: "Doba uchování",
  saved: "Vaše volba je uložena.",
  decided: "Naposledy uloženo: {date}",
  signal: "Signál odmítnutí z vašeho prohlížeče je respektován.",
  leftovers: "Odtud nebylo možné odstranit: {names}",
  trigger: "Nastavení soukromí",
  embedTitle: "Externí obsah: {service}",
  embedText:
    "Zobrazením se poskytovateli obsahu odešlou údaje, například vaše IP adresa.",
  embedLoad: "Zobrazit jednou",
  embedAlways: "Zobrazovat vždy",
  purposes: {
    necessary: {
      label: "Nezbytné",
      description:
        "To, bez čeho web nemůže fungovat, například zapamatování této volby.",
    },
    functional: {
      label: "Funkce",
      description: "Pamatuje si vaše nastavení, například jazyk nebo region.",
    },
    analytics: {
      label: "Analytika",
      description:
        "Ukazuje, které stránky se používají a kde mají návštěvníci potíže.",
    },
    marketing: {
      label: "Marketing",
      description: "Zobrazuje reklamu podle vašich zájmů a měří její účinek.",
    },
  },
};
