import type { Words } from "./words.js";

export const words: Words = {
  lang: "gl",
  dir: "ltr",
  title: "A súa privacidade, a súa elección",
  optIn:
    "Queremos usar os seus datos para os seguintes fins: {purposes}. Non se garda nin se envía nada ata que elixa, e pode cambiar a súa elección en calquera momento.",
  optOut:
    "Usamos os seus datos para os seguintes fins: {purposes}. Pode rexeitalo agora ou cambiar a súa elección en calquera momento.",
  policy: "Política de privacidade",
  accept: "Aceptar todo",
  reject: "Rexeitar todo",
  preferences: "Preferencias",
  preferencesTitle: "Preferencias de privacidade",
  preferencesText:
    "Elixa que pode facer este sitio web. A súa elección aplícase desde o momento en que a garde.",
  save: "Gardar",
  close: "Pechar",
  alwaysOn: "Sempre activado",
  off: "Desactivado",
  anonymous: "Anónimo",
  on: "Activado",
  offText: "Non se mide nada.",
  anonymousText:
    "Mídese sen recoñecer a quen visita o sitio: ningunha visita se vincula con outra.",
  onText: "Mídese cun identificador que se garda no seu dispositivo.",
  services: "Servizos: {count}",
  findService: "Buscar un servizo",
  noService: "Non hai ningún servizo con este nome.",
  provider: "Provedor",
  stores: "Garda",
  sendsTo: "Envía datos a",
  keptFor: "Prazo de conservación",
  saved: "Gardouse a súa elección.",
  decided: "Gardado por última vez: {date}",
  signal: "Respéctase o sinal de rexeitamento do seu navegador.",
  leftovers: "Non se puido eliminar desde aquí: {names}",
  trigger: "Opcións de privacidade",
  embedTitle: "Contido externo: {service}",
  embedText: "Ao mostralo, envíanse ao provedor datos como o seu enderezo IP.",
  embedLoad: "Mostrar unha vez",
  embedAlways: "Mostrar sempre",
  purposes: {
    necessary: {
      label: "Necesario",
      description:
        "O que o sitio web precisa para funcionar, como lembrar esta elección.",
    },
    functional: {
      label: "Funcionalidade",
      description: "Lembra a súa configuración, como o idioma ou a rexión.",
    },
    analytics: {
      label: "Analítica",
      description:
        "Mostra que páxinas se usan e onde atopa dificultades quen visita o sitio.",
    },
    marketing: {
      label: "Mercadotecnia",
      description:
        "Mostra publicidade segundo os seus intereses e mide os resultados.",
    },
  },
};
