import type { Words } from "./words.js";

export const words: Words = {
  lang: "hu",
  dir: "ltr",
  title: "Az Ön adatai, az Ön döntése",
  optIn:
    "Az Ön adatait a következő célokra szeretnénk használni: {purposes}. Amíg nem dönt, semmit sem tárolunk és semmit sem küldünk el, döntését pedig bármikor megváltoztathatja.",
  optOut:
    "Az Ön adatait a következő célokra használjuk: {purposes}. Ezt most elutasíthatja, döntését pedig bármikor megváltoztathatja.",
  policy: "Adatvédelmi tájékoztató",
  accept: "Összes elfogadása",
  reject: "Összes elutasítása",
  preferences: "Beállítások",
  preferencesTitle: "Adatvédelmi beállítások",
  preferencesText:
    "Válassza ki, mit tehet ez a webhely. Döntése a mentés pillanatától érvényes.",
  save: "Mentés",
  close: "Bezárás",
  alwaysOn: "Mindig bekapcsolva",
  off: "Ki",
  anonymous: "Anonim",
  on: "Be",
  offText: "Semmit sem mérünk.",
  anonymousText:
    "Úgy mérünk, hogy nem ismerjük fel Önt: egyetlen látogatást sem kapcsolunk össze másikkal.",
  onText: "Az Ön eszközén tárolt azonosítóval mérünk.",
  services: "Szolgáltatások: {count}",
  findService: "Szolgáltatás keresése",
  noService: "Nincs ilyen nevű szolgáltatás.",
  provider: "Szolgáltató",
  stores: "Tárolt elemek",
  sendsTo: "Adatok címzettjei",
  keptFor: "Megőrzési idő",
  saved: "Döntését mentettük.",
  decided: "Utoljára mentve: {date}",
  signal: "Böngészője elutasítási jelzését figyelembe vesszük.",
  leftovers: "Innen nem sikerült eltávolítani: {names}",
  trigger: "Adatvédelmi beállítások",
  embedTitle: "Külső tartalom: {service}",
  embedText:
    "A megjelenítéssel adatok, például az Ön IP-címe, jutnak el a tartalom szolgáltatójához.",
  embedLoad: "Megjelenítés egyszer",
  embedAlways: "Megjelenítés mindig",
  purposes: {
    necessary: {
      label: "Szükséges",
      description:
        "Ami nélkül a webhely nem működik, például ennek a döntésnek a megjegyzése.",
    },
    functional: {
      label: "Funkciók",
      description:
        "Megjegyzi az Ön beállításait, például a nyelvet vagy a régiót.",
    },
    analytics: {
      label: "Elemzés",
      description:
        "Megmutatja, mely oldalakat használják, és hol akadnak el a látogatók.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Az Önhöz illő hirdetéseket jelenít meg, és méri azok hatását.",
    },
  },
};
