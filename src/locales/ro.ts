import type { Words } from "./words.js";

export const words: Words = {
  lang: "ro",
  dir: "ltr",
  title: "Datele dumneavoastră, alegerea dumneavoastră",
  optIn:
    "Am dori să folosim datele dumneavoastră în următoarele scopuri: {purposes}. Nimic nu este stocat sau trimis înainte să alegeți, iar alegerea poate fi schimbată oricând.",
  optOut:
    "Folosim datele dumneavoastră în următoarele scopuri: {purposes}. Puteți refuza acum sau vă puteți schimba alegerea oricând.",
  policy: "Politica de confidențialitate",
  accept: "Acceptați tot",
  reject: "Refuzați tot",
  preferences: "Preferințe",
  preferencesTitle: "Preferințe de confidențialitate",
  preferencesText:
    "Alegeți ce poate face acest site. Alegerea este valabilă din momentul în care o salvați.",
  save: "Salvați",
  close: "Închideți",
  alwaysOn: "Mereu activat",
  off: "Dezactivat",
  anonymous: "Anonim",
  on: "Activat",
  offText: "Nu se măsoară nimic.",
  anonymousText:
    "Se măsoară fără a vă recunoaște: nicio vizită nu este legată de alta.",
  onText:
    "Se măsoară cu un identificator păstrat pe dispozitivul dumneavoastră.",
  services: "Servicii: {count}",
  findService: "Căutați un serviciu",
  noService: "Nu există niciun serviciu cu acest nume.",
  provider: "Furnizor",
  stores: "Stochează",
  sendsTo: "Trimite date către",
  keptFor: "Durata păstrării",
  saved: "Alegerea dumneavoastră a fost salvată.",
  decided: "Ultima salvare: {date}",
  signal: "Semnalul de refuz al browserului dumneavoastră este respectat.",
  leftovers: "Nu s-a putut elimina de aici: {names}",
  trigger: "Opțiuni de confidențialitate",
  embedTitle: "Conținut extern: {service}",
  embedText:
    "La afișare se trimit date, precum adresa dumneavoastră IP, către furnizorul conținutului.",
  embedLoad: "Afișați o dată",
  embedAlways: "Afișați mereu",
  purposes: {
    necessary: {
      label: "Necesare",
      description:
        "Cele fără de care site-ul nu poate funcționa, precum reținerea acestei alegeri.",
    },
    functional: {
      label: "Funcționalitate",
      description: "Reține setările dumneavoastră, precum limba sau regiunea.",
    },
    analytics: {
      label: "Analiză",
      description:
        "Arată ce pagini sunt folosite și unde întâmpină dificultăți vizitatorii.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Afișează reclame în funcție de interesele dumneavoastră și le măsoară rezultatele.",
    },
  },
};
