import type { Words } from "./words.js";

export const words: Words = {
  lang: "sl",
  dir: "ltr",
  title: "Vaša zasebnost, vaša izbira",
  optIn:
    "Vaše podatke želimo uporabljati za naslednje namene: {purposes}. Dokler ne izberete, se nič ne shranjuje in ne pošilja, svojo izbiro pa lahko kadar koli spremenite.",
  optOut:
    "Vaše podatke uporabljamo za naslednje namene: {purposes}. To lahko zdaj zavrnete ali svojo izbiro kadar koli spremenite.",
  policy: "Politika zasebnosti",
  accept: "Sprejmi vse",
  reject: "Zavrni vse",
  preferences: "Nastavitve",
  preferencesTitle: "Nastavitve zasebnosti",
  preferencesText:
    "Izberite, kaj sme to spletno mesto delati. Vaša izbira velja od trenutka, ko jo shranite.",
  save: "Shrani",
  close: "Zapri",
  alwaysOn: "Vedno vklopljeno",
  off: "Izklopljeno",
  anonymous: "Anonimno",
  on: "Vklopljeno",
  offText: "Nič se ne meri.",
  anonymousText:
    "Meri se, ne da bi vas prepoznali: noben obisk se ne poveže z drugim.",
  onText: "Meri se z identifikatorjem, ki se hrani v vaši napravi.",
  services: "Storitve: {count}",
  findService: "Poišči storitev",
  noService: "Ni storitve s tem imenom.",
  provider: "Ponudnik",
  stores: "Shranjuje",
  sendsTo: "Prejemniki podatkov",
  keptFor: "Čas hrambe",
  saved: "Vaša izbira je shranjena.",
  decided: "Nazadnje shranjeno: {date}",
  signal: "Signal za zavrnitev, ki ga pošilja vaš brskalnik, se upošteva.",
  leftovers: "Od tod ni bilo mogoče odstraniti: {names}",
  trigger: "Nastavitve zasebnosti",
  embedTitle: "Zunanja vsebina: {service}",
  embedText:
    "S prikazom se ponudniku vsebine pošljejo podatki, na primer vaš naslov IP.",
  embedLoad: "Prikaži enkrat",
  embedAlways: "Prikaži vedno",
  purposes: {
    necessary: {
      label: "Nujno",
      description:
        "To, brez česar spletno mesto ne more delovati, na primer zapomnitev te izbire.",
    },
    functional: {
      label: "Funkcionalnost",
      description: "Zapomni si vaše nastavitve, na primer jezik ali regijo.",
    },
    analytics: {
      label: "Analitika",
      description:
        "Prikazuje, katere strani se uporabljajo in kje obiskovalci naletijo na težave.",
    },
    marketing: {
      label: "Trženje",
      description:
        "Prikazuje oglase glede na vaša zanimanja in meri njihov učinek.",
    },
  },
};
