import type { Words } from "./words.js";

export const words: Words = {
  lang: "es",
  dir: "ltr",
  title: "Su privacidad, su elección",
  optIn:
    "Nos gustaría usar sus datos para estos fines: {purposes}. No se guarda ni se envía nada hasta que usted elija, y puede cambiar su elección en cualquier momento.",
  optOut:
    "Usamos sus datos para estos fines: {purposes}. Puede rechazarlo ahora o cambiar su elección en cualquier momento.",
  policy: "Política de privacidad",
  accept: "Aceptar todo",
  reject: "Rechazar todo",
  preferences: "Preferencias",
  preferencesTitle: "Preferencias de privacidad",
  preferencesText:
    "Elija qué puede hacer este sitio. Su elección es válida desde el momento en que la guarda.",
  save: "Guardar",
  close: "Cerrar",
  alwaysOn: "Siempre activado",
  off: "Desactivado",
  anonymous: "Anónimo",
  on: "Activado",
  offText: "No se mide nada.",
  anonymousText:
    "Se mide sin reconocerle: ninguna visita se relaciona con otra.",
  onText: "Se mide con un identificador que se conserva en su dispositivo.",
  services: "Servicios: {count}",
  findService: "Buscar un servicio",
  noService: "Ningún servicio con este nombre.",
  provider: "Proveedor",
  stores: "Guarda",
  sendsTo: "Envía datos a",
  keptFor: "Plazo de conservación",
  saved: "Su elección se ha guardado.",
  decided: "Guardado por última vez: {date}",
  signal: "Se respeta la señal de rechazo de su navegador.",
  leftovers: "No se pudo eliminar desde aquí: {names}",
  trigger: "Opciones de privacidad",
  embedTitle: "Contenido externo: {service}",
  embedText:
    "Al mostrarlo se envían datos, como su dirección IP, al proveedor del contenido.",
  embedLoad: "Mostrar una vez",
  embedAlways: "Mostrar siempre",
  purposes: {
    necessary: {
      label: "Necesario",
      description:
        "Lo que el sitio necesita para funcionar, como recordar esta elección.",
    },
    functional: {
      label: "Funcionalidad",
      description: "Recuerda sus ajustes, como un idioma o una región.",
    },
    analytics: {
      label: "Análisis",
      description: "Muestra qué páginas se usan y dónde surgen dificultades.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Muestra publicidad acorde con sus intereses y mide sus resultados.",
    },
  },
};
