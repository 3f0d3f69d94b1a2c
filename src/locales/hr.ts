import type { Words } from "./words.js";

export const words: Words = {
  lang: "hr",
  dir: "ltr",
  title: "Vaša privatnost, vaš izbor",
  optIn:
    "Željeli bismo upotrebljavati vaše podatke u sljedeće svrhe: {purposes}. Dok ne odaberete, ništa se ne pohranjuje i ne šalje, a svoj izbor možete promijeniti u bilo kojem trenutku.",
  optOut:
    "Vaše podatke upotrebljavamo u sljedeće svrhe: {purposes}. Možete odmah odbiti ili u bilo kojem trenutku promijeniti svoj izbor.",
  policy: "Pravila o privatnosti",
  accept: "Prihvati sve",
  reject: "Odbij sve",
  preferences: "Postavke",
  preferencesTitle: "Postavke privatnosti",
  preferencesText:
    "Odaberite što ova stranica smije raditi. Vaš izbor vrijedi od trenutka kad ga spremite.",
  save: "Spremi",
  close: "Zatvori",
  alwaysOn: "Uvijek uključeno",
  off: "Isključeno",
  anonymous: "Anonimno",
  on: "Uključeno",
  offText: "Ništa se ne mjeri.",
  anonymousText:
    "Mjeri se tako da vas se ne prepoznaje: nijedan se posjet ne povezuje s drugim.",
  onText: "Mjeri se pomoću identifikatora koji se čuva na vašem uređaju.",
  services: "Usluge: {count}",
  findService: "Pronađi uslugu",
  noService: "Nema usluge s tim nazivom.",
  provider: "Pružatelj",
  stores: "Pohranjuje",
  sendsTo: "Primatelji podataka",
  keptFor: "Rok čuvanja",
  saved: "Vaš je izbor spremljen.",
  decided: "Zadnji put spremljeno: {date}",
  signal: "Poštuje se signal za odbijanje koji šalje vaš preglednik.",
  leftovers: "Odavde se nije moglo ukloniti: {names}",
  trigger: "Postavke privatnosti",
  embedTitle: "Vanjski sadržaj: {service}",
  embedText:
    "Prikazom se pružatelju sadržaja šalju podaci, primjerice vaša IP adresa.",
  embedLoad: "Prikaži jednom",
  embedAlways: "Uvijek prikaži",
  purposes: {
    necessary: {
      label: "Nužno",
      description:
        "Ono bez čega stranica ne može raditi, primjerice pamćenje ovog izbora.",
    },
    functional: {
      label: "Funkcionalnost",
      description: "Pamti vaše postavke, primjerice jezik ili regiju.",
    },
    analytics: {
      label: "Analitika",
      description:
        "Pokazuje koje se stranice upotrebljavaju i gdje posjetitelji nailaze na poteškoće.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Prikazuje oglase u skladu s vašim interesima i mjeri njihov učinak.",
    },
  },
};
