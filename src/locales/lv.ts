import type { Words } from "./words.js";

export const words: Words = {
  lang: "lv",
  dir: "ltr",
  title: "Jūsu privātums, jūsu izvēle",
  optIn:
    "Mēs vēlamies izmantot jūsu datus šādiem mērķiem: {purposes}. Pirms jūsu izvēles nekas netiek ne saglabāts, ne nosūtīts, un savu izvēli varat mainīt jebkurā laikā.",
  optOut:
    "Mēs izmantojam jūsu datus šādiem mērķiem: {purposes}. Varat atteikties tagad vai mainīt savu izvēli jebkurā laikā.",
  policy: "Privātuma politika",
  accept: "Pieņemt visu",
  reject: "Noraidīt visu",
  preferences: "Iestatījumi",
  preferencesTitle: "Privātuma iestatījumi",
  preferencesText:
    "Izvēlieties, ko šī vietne drīkst darīt. Jūsu izvēle ir spēkā no saglabāšanas brīža.",
  save: "Saglabāt",
  close: "Aizvērt",
  alwaysOn: "Vienmēr ieslēgts",
  off: "Izslēgts",
  anonymous: "Anonīmi",
  on: "Ieslēgts",
  offText: "Nekas netiek mērīts.",
  anonymousText:
    "Mērījumi notiek, jūs neatpazīstot: neviens apmeklējums netiek saistīts ar citu.",
  onText: "Mērījumiem izmanto identifikatoru, kas glabājas jūsu ierīcē.",
  services: "Pakalpojumi: {count}",
  findService: "Atrast pakalpojumu",
  noService: "Nav pakalpojuma ar šādu nosaukumu.",
  provider: "Sniedzējs",
  stores: "Saglabā",
  sendsTo: "Datu saņēmēji",
  keptFor: "Glabāšanas ilgums",
  saved: "Jūsu izvēle ir saglabāta.",
  decided: "Pēdējoreiz saglabāts: {date}",
  signal: "Jūsu pārlūkprogrammas atteikuma signāls tiek ievērots.",
  leftovers: "No šejienes neizdevās noņemt: {names}",
  trigger: "Privātuma izvēles",
  embedTitle: "Ārējs saturs: {service}",
  embedText:
    "To parādot, satura sniedzējam tiek nosūtīti dati, piemēram, jūsu IP adrese.",
  embedLoad: "Rādīt vienreiz",
  embedAlways: "Rādīt vienmēr",
  purposes: {
    necessary: {
      label: "Nepieciešamais",
      description:
        "Tas, bez kā vietne nevar darboties, piemēram, šīs izvēles atcerēšanās.",
    },
    functional: {
      label: "Funkcionalitāte",
      description: "Atceras jūsu iestatījumus, piemēram, valodu vai reģionu.",
    },
    analytics: {
      label: "Analītika",
      description:
        "Rāda, kuras lapas tiek izmantotas un kur apmeklētājiem rodas grūtības.",
    },
    marketing: {
      label: "Mārketings",
      description:
        "Rāda jūsu interesēm atbilstošu reklāmu un mēra tās rezultātus.",
    },
  },
};
