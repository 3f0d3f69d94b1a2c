import type { Words } from "./words.js";

export const words: Words = {
  lang: "sr-Latn",
  dir: "ltr",
  title: "Vaša privatnost, vaš izbor",
  optIn:
    "Želeli bismo da koristimo vaše podatke u sledeće svrhe: {purposes}. Dok ne izaberete, ništa se ne čuva i ne šalje, a svoj izbor možete da promenite u svakom trenutku.",
  optOut:
    "Vaše podatke koristimo u sledeće svrhe: {purposes}. Možete odmah da odbijete ili u svakom trenutku da promenite svoj izbor.",
  policy: "Politika privatnosti",
  accept: "Prihvati sve",
  reject: "Odbij sve",
  preferences: "Podešavanja",
  preferencesTitle: "Podešavanja privatnosti",
  preferencesText:
    "Izaberite šta ovaj sajt sme da radi. Vaš izbor važi od trenutka kada ga sačuvate.",
  save: "Sačuvaj",
  close: "Zatvori",
  alwaysOn: "Uvek uključeno",
  off: "Isključeno",
  anonymous: "Anonimno",
  on: "Uključeno",
  offText: "Ništa se ne meri.",
  anonymousText:
    "Meri se tako da vas ne prepoznajemo: nijedna poseta se ne povezuje sa drugom.",
  onText: "Meri se pomoću identifikatora koji se čuva na vašem uređaju.",
  services: "Usluge: {count}",
  findService: "Pronađi uslugu",
  noService: "Nema usluge sa tim nazivom.",
  provider: "Pružalac",
  stores: "Čuva",
  sendsTo: "Primaoci podataka",
  keptFor: "Rok čuvanja",
  saved: "Vaš izbor je sačuvan.",
  decided: "Poslednji put sačuvano: {date}",
  signal: "Poštuje se signal odbijanja koji šalje vaš pregledač.",
  leftovers: "Odavde nije moglo da se ukloni: {names}",
  trigger: "Podešavanja privatnosti",
  embedTitle: "Spoljni sadržaj: {service}",
  embedText:
    "Prikazivanjem se pružaocu sadržaja šalju podaci, na primer vaša IP adresa.",
  embedLoad: "Prikaži jednom",
  embedAlways: "Uvek prikaži",
  purposes: {
    necessary: {
      label: "Neophodno",
      description:
        "Ono bez čega sajt ne može da radi, na primer pamćenje ovog izbora.",
    },
    functional: {
      label: "Funkcionalnost",
      description: "Pamti vaša podešavanja, na primer jezik ili region.",
    },
    analytics: {
      label: "Analitika",
      description:
        "Pokazuje koje se stranice koriste i gde posetioci nailaze na teškoće.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Prikazuje oglase u skladu sa vašim interesovanjima i meri njihov učinak.",
    },
  },
};
