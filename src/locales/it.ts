import type { Words } from "./words.js";

export const words: Words = {
  lang: "it",
  dir: "ltr",
  title: "La tua privacy, la tua scelta",
  optIn:
    "Vorremmo usare i tuoi dati per queste finalità: {purposes}. Finché non scegli, nulla viene salvato o inviato, e puoi cambiare la tua scelta in qualsiasi momento.",
  optOut:
    "Usiamo i tuoi dati per queste finalità: {purposes}. Puoi rifiutare ora o cambiare la tua scelta in qualsiasi momento.",
  policy: "Informativa sulla privacy",
  accept: "Accetta tutti i cookie",
  reject: "Rifiuta tutti i cookie",
  preferences: "Personalizza cookie",
  preferencesTitle: "Preferenze sulla privacy",
  preferencesText:
    "Scegli che cosa può fare questo sito. La scelta vale dal momento in cui la salvi.",
  save: "Salva",
  close: "Chiudi",
  alwaysOn: "Sempre attivo",
  off: "Disattivato",
  anonymous: "Anonimo",
  on: "Attivato",
  offText: "Nulla viene misurato.",
  anonymousText:
    "Misurazione senza riconoscerti: nessuna visita viene collegata a un’altra.",
  onText: "Misurazione con un identificativo conservato sul tuo dispositivo.",
  services: "Servizi: {count}",
  findService: "Cerca un servizio",
  noService: "Nessun servizio con questo nome.",
  provider: "Fornitore",
  stores: "Memorizza",
  sendsTo: "Invia dati a",
  keptFor: "Periodo di conservazione",
  saved: "La tua scelta è stata salvata.",
  decided: "Ultimo salvataggio: {date}",
  signal: "Il segnale di rifiuto del tuo browser viene rispettato.",
  leftovers: "Non è stato possibile rimuovere da qui: {names}",
  trigger: "Scelte sulla privacy",
  embedTitle: "Contenuto esterno: {service}",
  embedText:
    "Mostrandolo si inviano dati, come il tuo indirizzo IP, al fornitore del contenuto.",
  embedLoad: "Mostra una volta",
  embedAlways: "Mostra sempre",
  purposes: {
    necessary: {
      label: "Necessario",
      description:
        "Ciò di cui il sito ha bisogno per funzionare, come ricordare questa scelta.",
    },
    functional: {
      label: "Funzionalità",
      description:
        "Ricorda le tue impostazioni, come una lingua o una regione.",
    },
    analytics: {
      label: "Statistiche",
      description:
        "Mostra quali pagine vengono usate e dove chi visita il sito incontra difficoltà.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Mostra pubblicità in linea con i tuoi interessi e ne misura i risultati.",
    },
  },
};
