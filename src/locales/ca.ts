import type { Words } from "./words.js";

export const words: Words = {
  lang: "ca",
  dir: "ltr",
  title: "La vostra privacitat, la vostra elecció",
  optIn:
    "Voldríem fer servir les vostres dades per a aquestes finalitats: {purposes}. No es desa ni s’envia res fins que trieu, i podeu canviar la vostra elecció en qualsevol moment.",
  optOut:
    "Fem servir les vostres dades per a aquestes finalitats: {purposes}. Podeu rebutjar-ho ara o canviar la vostra elecció en qualsevol moment.",
  policy: "Política de privacitat",
  accept: "Accepta-ho tot",
  reject: "Rebutja-ho tot",
  preferences: "Configura",
  preferencesTitle: "Preferències de privacitat",
  preferencesText:
    "Trieu què pot fer aquest lloc web. La vostra elecció és vàlida des del moment en què la deseu.",
  save: "Desa",
  close: "Tanca",
  alwaysOn: "Sempre activat",
  off: "Desactivat",
  anonymous: "Anònim",
  on: "Activat",
  offText: "No es mesura res.",
  anonymousText:
    "Es mesura sense reconèixer-vos: cap visita no es relaciona amb una altra.",
  onText:
    "Es mesura amb un identificador que es conserva al vostre dispositiu.",
  services: "Serveis: {count}",
  findService: "Cerca un servei",
  noService: "Cap servei amb aquest nom.",
  provider: "Proveïdor",
  stores: "Emmagatzema",
  sendsTo: "Envia dades a",
  keptFor: "Termini de conservació",
  saved: "S’ha desat la vostra elecció.",
  decided: "Desat per última vegada: {date}",
  signal: "Es respecta el senyal de rebuig del vostre navegador.",
  leftovers: "No s’ha pogut eliminar des d’aquí: {names}",
  trigger: "Opcions de privacitat",
  embedTitle: "Contingut extern: {service}",
  embedText:
    "En mostrar-lo, s’envien dades, com ara la vostra adreça IP, al proveïdor del contingut.",
  embedLoad: "Mostra una vegada",
  embedAlways: "Mostra sempre",
  purposes: {
    necessary: {
      label: "Necessari",
      description:
        "El que el lloc web necessita per funcionar, com ara recordar aquesta elecció.",
    },
    functional: {
      label: "Funcionalitat",
      description:
        "Recorda la vostra configuració, com ara una llengua o una regió.",
    },
    analytics: {
      label: "Anàlisi",
      description:
        "Mostra quines pàgines es fan servir i on sorgeixen dificultats.",
    },
    marketing: {
      label: "Màrqueting",
      description:
        "Mostra publicitat d’acord amb els vostres interessos i en mesura els resultats.",
    },
  },
};
