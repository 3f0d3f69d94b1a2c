import type { Words } from "./words.js";

export const words: Words = {
  lang: "is",
  dir: "ltr",
  title: "Þín persónuvernd, þitt val",
  optIn:
    "Við viljum nota gögn um þig í eftirfarandi tilgangi: {purposes}. Ekkert er vistað eða sent fyrr en þú hefur valið og þú getur breytt vali þínu hvenær sem er.",
  optOut:
    "Við notum gögn um þig í eftirfarandi tilgangi: {purposes}. Þú getur hafnað því núna eða breytt vali þínu hvenær sem er.",
  policy: "Persónuverndarstefna",
  accept: "Samþykkja allt",
  reject: "Hafna öllu",
  preferences: "Stillingar",
  preferencesTitle: "Persónuverndarstillingar",
  preferencesText:
    "Veldu hvað þessi vefur má gera. Val þitt gildir frá því að þú vistar það.",
  save: "Vista",
  close: "Loka",
  alwaysOn: "Alltaf kveikt",
  off: "Slökkt",
  anonymous: "Nafnlaust",
  on: "Kveikt",
  offText: "Ekkert er mælt.",
  anonymousText:
    "Mælingar fara fram án þess að borin séu kennsl á þig: engin heimsókn er tengd við aðra.",
  onText: "Við mælingar er notað auðkenni sem geymt er í tækinu þínu.",
  services: "Þjónustur: {count}",
  findService: "Finna þjónustu",
  noService: "Engin þjónusta með þessu heiti.",
  provider: "Þjónustuveitandi",
  stores: "Vistar",
  sendsTo: "Viðtakendur gagna",
  keptFor: "Geymslutími",
  saved: "Val þitt hefur verið vistað.",
  decided: "Síðast vistað: {date}",
  signal: "Farið er eftir merki um höfnun frá vafranum þínum.",
  leftovers: "Ekki tókst að fjarlægja héðan: {names}",
  trigger: "Persónuverndarstillingar",
  embedTitle: "Utanaðkomandi efni: {service}",
  embedText:
    "Þegar efnið er birt eru gögn, til dæmis IP-talan þín, send til þjónustuveitandans.",
  embedLoad: "Birta einu sinni",
  embedAlways: "Birta alltaf",
  purposes: {
    necessary: {
      label: "Nauðsynlegt",
      description:
        "Það sem vefurinn getur ekki verið án, til dæmis að muna þetta val.",
    },
    functional: {
      label: "Virkni",
      description: "Man stillingarnar þínar, til dæmis tungumál eða svæði.",
    },
    analytics: {
      label: "Greining",
      description:
        "Sýnir hvaða síður eru notaðar og hvar gestir lenda í vandræðum.",
    },
    marketing: {
      label: "Markaðssetning",
      description:
        "Birtir auglýsingar í samræmi við áhugasvið þín og mælir árangur þeirra.",
    },
  },
};
