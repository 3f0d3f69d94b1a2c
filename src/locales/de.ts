import type { Words } from "./words.js";

export const words: Words = {
  lang: "de",
  dir: "ltr",
  title: "Ihre Privatsphäre, Ihre Entscheidung",
  optIn:
    "Wir möchten Ihre Daten für folgende Zwecke verwenden: {purposes}. Bevor Sie sich entscheiden, wird nichts gespeichert oder gesendet, und Sie können Ihre Entscheidung jederzeit ändern.",
  optOut:
    "Wir verwenden Ihre Daten für folgende Zwecke: {purposes}. Sie können dies jetzt ablehnen oder Ihre Entscheidung jederzeit ändern.",
  policy: "Datenschutzerklärung",
  accept: "Alle akzeptieren",
  reject: "Alle ablehnen",
  preferences: "Einstellungen",
  preferencesTitle: "Datenschutzeinstellungen",
  preferencesText:
    "Wählen Sie, was diese Website tun darf. Ihre Entscheidung gilt ab dem Moment, in dem Sie sie speichern.",
  save: "Speichern",
  close: "Schließen",
  alwaysOn: "Immer an",
  off: "Aus",
  anonymous: "Anonym",
  on: "An",
  offText: "Es wird nichts gemessen.",
  anonymousText:
    "Es wird gemessen, ohne Sie wiederzuerkennen: Kein Besuch wird mit einem anderen verbunden.",
  onText:
    "Es wird mit einer Kennung gemessen, die auf Ihrem Gerät gespeichert wird.",
  services: "Dienste: {count}",
  findService: "Dienst suchen",
  noService: "Kein Dienst mit diesem Namen.",
  provider: "Anbieter",
  stores: "Speichert",
  sendsTo: "Sendet Daten an",
  keptFor: "Speicherdauer",
  saved: "Ihre Entscheidung ist gespeichert.",
  decided: "Zuletzt gespeichert: {date}",
  signal: "Das Widerspruchssignal Ihres Browsers wird beachtet.",
  leftovers: "Konnte von hier aus nicht entfernt werden: {names}",
  trigger: "Datenschutzeinstellungen",
  embedTitle: "Externer Inhalt: {service}",
  embedText:
    "Beim Anzeigen werden Daten, etwa Ihre IP-Adresse, an den Anbieter gesendet.",
  embedLoad: "Einmal anzeigen",
  embedAlways: "Immer anzeigen",
  purposes: {
    necessary: {
      label: "Notwendig",
      description:
        "Was die Website zum Funktionieren braucht, etwa um sich diese Entscheidung zu merken.",
    },
    functional: {
      label: "Funktionen",
      description: "Merkt sich Ihre Einstellungen, etwa Sprache oder Region.",
    },
    analytics: {
      label: "Analyse",
      description:
        "Zeigt, welche Seiten genutzt werden und wo es bei der Nutzung hakt.",
    },
    marketing: {
      label: "Marketing",
      description: "Zeigt Werbung, die zu Ihnen passt, und misst ihre Wirkung.",
    },
  },
};
