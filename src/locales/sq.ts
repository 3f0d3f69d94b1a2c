import type { Words } from "./words.js";

export const words: Words = {
  lang: "sq",
  dir: "ltr",
  title: "Privatësia juaj, zgjedhja juaj",
  optIn:
    "Dëshirojmë t’i përdorim të dhënat tuaja për këto qëllime: {purposes}. Asgjë nuk ruhet dhe nuk dërgohet para se të zgjidhni, dhe zgjedhjen mund ta ndryshoni në çdo kohë.",
  optOut:
    "Të dhënat tuaja i përdorim për këto qëllime: {purposes}. Mund të refuzoni tani ose ta ndryshoni zgjedhjen në çdo kohë.",
  policy: "Politika e privatësisë",
  accept: "Prano të gjitha",
  reject: "Refuzo të gjitha",
  preferences: "Cilësimet",
  preferencesTitle: "Cilësimet e privatësisë",
  preferencesText:
    "Zgjidhni se çfarë mund të bëjë ky uebsajt. Zgjedhja juaj vlen nga çasti kur e ruani.",
  save: "Ruaj",
  close: "Mbyll",
  alwaysOn: "Gjithmonë aktiv",
  off: "Joaktiv",
  anonymous: "Anonim",
  on: "Aktiv",
  offText: "Nuk matet asgjë.",
  anonymousText: "Matet pa ju njohur: asnjë vizitë nuk lidhet me një tjetër.",
  onText: "Matet me një identifikues që ruhet në pajisjen tuaj.",
  services: "Shërbime: {count}",
  findService: "Gjej një shërbim",
  noService: "Nuk ka shërbim me këtë emër.",
  provider: "Ofruesi",
  stores: "Ruan",
  sendsTo: "Marrësit e të dhënave",
  keptFor: "Koha e ruajtjes",
  saved: "Zgjedhja juaj u ruajt.",
  decided: "Ruajtja e fundit: {date}",
  signal: "Sinjali i refuzimit nga shfletuesi juaj respektohet.",
  leftovers: "Nuk mund të hiqej nga këtu: {names}",
  trigger: "Cilësimet e privatësisë",
  embedTitle: "Përmbajtje e jashtme: {service}",
  embedText:
    "Kur shfaqet përmbajtja, ofruesit i dërgohen të dhëna, për shembull adresa juaj IP.",
  embedLoad: "Shfaq një herë",
  embedAlways: "Shfaq gjithmonë",
  purposes: {
    necessary: {
      label: "Të nevojshme",
      description:
        "Çfarë i duhet uebsajtit për të funksionuar, për shembull të mbajë mend këtë zgjedhje.",
    },
    functional: {
      label: "Funksionalitet",
      description:
        "Mban mend cilësimet tuaja, për shembull gjuhën ose rajonin.",
    },
    analytics: {
      label: "Analitikë",
      description:
        "Tregon cilat faqe përdoren dhe ku hasin vështirësi vizitorët.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Shfaq reklama sipas interesave tuaja dhe mat rezultatet e tyre.",
    },
  },
};
