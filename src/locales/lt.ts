import type { Words } from "./words.js";

export const words: Words = {
  lang: "lt",
  dir: "ltr",
  title: "Jūsų privatumas, jūsų pasirinkimas",
  optIn:
    "Norėtume naudoti jūsų duomenis šiais tikslais: {purposes}. Kol nepasirinkote, niekas nėra saugoma ar siunčiama, o savo pasirinkimą galite bet kada pakeisti.",
  optOut:
    "Jūsų duomenis naudojame šiais tikslais: {purposes}. Galite dabar atsisakyti arba bet kada pakeisti savo pasirinkimą.",
  policy: "Privatumo politika",
  accept: "Priimti viską",
  reject: "Atmesti viską",
  preferences: "Nustatymai",
  preferencesTitle: "Privatumo nustatymai",
  preferencesText:
    "Pasirinkite, ką ši svetainė gali daryti. Jūsų pasirinkimas galioja nuo jo išsaugojimo.",
  save: "Išsaugoti",
  close: "Uždaryti",
  alwaysOn: "Visada įjungta",
  off: "Išjungta",
  anonymous: "Anonimiškai",
  on: "Įjungta",
  offText: "Niekas nėra matuojama.",
  anonymousText:
    "Matuojama jūsų neatpažįstant: joks apsilankymas nesiejamas su kitu.",
  onText:
    "Matuojama naudojant identifikatorių, kuris saugomas jūsų įrenginyje.",
  services: "Paslaugos: {count}",
  findService: "Rasti paslaugą",
  noService: "Paslaugos tokiu pavadinimu nėra.",
  provider: "Teikėjas",
  stores: "Saugo",
  sendsTo: "Duomenų gavėjai",
  keptFor: "Saugojimo trukmė",
  saved: "Jūsų pasirinkimas išsaugotas.",
  decided: "Paskutinį kartą išsaugota: {date}",
  signal: "Jūsų naršyklės atsisakymo signalo paisoma.",
  leftovers: "Iš čia nepavyko pašalinti: {names}",
  trigger: "Privatumo pasirinkimai",
  embedTitle: "Išorinis turinys: {service}",
  embedText:
    "Jį rodant, turinio teikėjui siunčiami duomenys, pavyzdžiui, jūsų IP adresas.",
  embedLoad: "Rodyti vieną kartą",
  embedAlways: "Rodyti visada",
  purposes: {
    necessary: {
      label: "Būtina",
      description:
        "Tai, be ko svetainė negali veikti, pavyzdžiui, šio pasirinkimo įsiminimas.",
    },
    functional: {
      label: "Funkcijos",
      description: "Įsimena jūsų nustatymus, pavyzdžiui, kalbą ar regioną.",
    },
    analytics: {
      label: "Analizė",
      description:
        "Rodo, kurie puslapiai naudojami ir kur lankytojams kyla sunkumų.",
    },
    marketing: {
      label: "Rinkodara",
      description:
        "Rodo jūsų pomėgius atitinkančią reklamą ir matuoja jos rezultatus.",
    },
  },
};
