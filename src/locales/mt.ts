import type { Words } from "./words.js";

export const words: Words = {
  lang: "mt",
  dir: "ltr",
  title: "Il-privatezza tiegħek, l-għażla tiegħek",
  optIn:
    "Nixtiequ nużaw id-data tiegħek għal dawn l-għanijiet: {purposes}. Xejn ma jinħażen jew jintbagħat qabel ma tagħżel, u tista’ tibdel l-għażla tiegħek fi kwalunkwe ħin.",
  optOut:
    "Nużaw id-data tiegħek għal dawn l-għanijiet: {purposes}. Tista’ tirrifjuta issa jew tibdel l-għażla tiegħek fi kwalunkwe ħin.",
  policy: "Politika tal-privatezza",
  accept: "Aċċetta kollox",
  reject: "Irrifjuta kollox",
  preferences: "Preferenzi",
  preferencesTitle: "Preferenzi tal-privatezza",
  preferencesText:
    "Agħżel x’jista’ jagħmel dan is-sit. L-għażla tiegħek tgħodd mill-mument li tissejvjaha.",
  save: "Issejvja",
  close: "Agħlaq",
  alwaysOn: "Dejjem mixgħul",
  off: "Mitfi",
  anonymous: "Anonimu",
  on: "Mixgħul",
  offText: "Ma jitkejjel xejn.",
  anonymousText:
    "Isir kejl mingħajr ma nagħrfuk: l-ebda żjara ma tintrabat ma’ oħra.",
  onText: "Isir kejl b’identifikatur li jinżamm fuq it-tagħmir tiegħek.",
  services: "Servizzi: {count}",
  findService: "Sib servizz",
  noService: "M’hemm l-ebda servizz b’dan l-isem.",
  provider: "Fornitur",
  stores: "Jaħżen",
  sendsTo: "Jibgħat data lil",
  keptFor: "Żmien taż-żamma",
  saved: "L-għażla tiegħek ġiet issejvjata.",
  decided: "Issejvjata l-aħħar darba: {date}",
  signal: "Is-sinjal ta’ rifjut tal-brawżer tiegħek jiġi rrispettat.",
  leftovers: "Ma setax jitneħħa minn hawn: {names}",
  trigger: "Għażliet tal-privatezza",
  embedTitle: "Kontenut estern: {service}",
  embedText:
    "Meta jintwera, tintbagħat data, bħall-indirizz IP tiegħek, lill-fornitur tiegħu.",
  embedLoad: "Uri darba",
  embedAlways: "Uri dejjem",
  purposes: {
    necessary: {
      label: "Meħtieġ",
      description:
        "Dak li s-sit ma jistax jaħdem mingħajru, bħaż-żamma ta’ din l-għażla.",
    },
    functional: {
      label: "Funzjonalità",
      description: "Iżomm il-preferenzi tiegħek, bħal-lingwa jew ir-reġjun.",
    },
    analytics: {
      label: "Analitika",
      description:
        "Juri liema paġni jintużaw u fejn il-viżitaturi jsibu diffikultà.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Juri reklami skont l-interessi tiegħek u jkejjel ir-riżultati tagħhom.",
    },
  },
};
