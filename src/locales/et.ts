import type { Words } from "./words.js";

export const words: Words = {
  lang: "et",
  dir: "ltr",
  title: "Teie privaatsus, teie valik",
  optIn:
    "Soovime kasutada teie andmeid järgmistel eesmärkidel: {purposes}. Enne teie valikut ei salvestata ega saadeta midagi ning oma valikut saate igal ajal muuta.",
  optOut:
    "Kasutame teie andmeid järgmistel eesmärkidel: {purposes}. Võite sellest kohe keelduda või oma valikut igal ajal muuta.",
  policy: "Privaatsuspoliitika",
  accept: "Luba kõik",
  reject: "Keela kõik",
  preferences: "Seaded",
  preferencesTitle: "Privaatsusseaded",
  preferencesText:
    "Valige, mida see veebisait teha tohib. Teie valik kehtib salvestamise hetkest.",
  save: "Salvesta",
  close: "Sulge",
  alwaysOn: "Alati sees",
  off: "Väljas",
  anonymous: "Anonüümselt",
  on: "Sees",
  offText: "Midagi ei mõõdeta.",
  anonymousText:
    "Mõõdetakse teid ära tundmata: ühtki külastust ei seostata teisega.",
  onText: "Mõõdetakse identifikaatoriga, mida hoitakse teie seadmes.",
  services: "Teenused: {count}",
  findService: "Otsi teenust",
  noService: "Sellise nimega teenust ei ole.",
  provider: "Pakkuja",
  stores: "Salvestab",
  sendsTo: "Andmete saajad",
  keptFor: "Säilitusaeg",
  saved: "Teie valik on salvestatud.",
  decided: "Viimati salvestatud: {date}",
  signal: "Teie brauseri keeldumissignaali järgitakse.",
  leftovers: "Siit ei saanud eemaldada: {names}",
  trigger: "Privaatsusvalikud",
  embedTitle: "Väline sisu: {service}",
  embedText:
    "Sisu kuvamisel saadetakse selle pakkujale andmeid, näiteks teie IP-aadress.",
  embedLoad: "Kuva üks kord",
  embedAlways: "Kuva alati",
  purposes: {
    necessary: {
      label: "Vajalik",
      description:
        "See, milleta veebisait ei tööta, näiteks selle valiku meelespidamine.",
    },
    functional: {
      label: "Funktsionaalsus",
      description: "Peab meeles teie seaded, näiteks keele või piirkonna.",
    },
    analytics: {
      label: "Analüütika",
      description:
        "Näitab, milliseid lehti kasutatakse ja kus külastajad hätta jäävad.",
    },
    marketing: {
      label: "Turundus",
      description:
        "Näitab teie huvidele vastavat reklaami ja mõõdab selle mõju.",
    },
  },
};
