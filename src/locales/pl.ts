import type { Words } from "./words.js";

export const words: Words = {
  lang: "pl",
  dir: "ltr",
  title: "Państwa prywatność, Państwa wybór",
  optIn:
    "Chcemy wykorzystywać Państwa dane w następujących celach: {purposes}. Przed dokonaniem wyboru nic nie jest zapisywane ani wysyłane, a wybór można zmienić w każdej chwili.",
  optOut:
    "Wykorzystujemy Państwa dane w następujących celach: {purposes}. Mogą Państwo teraz odmówić lub w każdej chwili zmienić swój wybór.",
  policy: "Polityka prywatności",
  accept: "Zaakceptuj wszystko",
  reject: "Odrzuć wszystko",
  preferences: "Ustawienia",
  preferencesTitle: "Ustawienia prywatności",
  preferencesText:
    "Proszę wybrać, co może robić ta witryna. Wybór obowiązuje od chwili zapisania.",
  save: "Zapisz",
  close: "Zamknij",
  alwaysOn: "Zawsze włączone",
  off: "Wyłączone",
  anonymous: "Anonimowo",
  on: "Włączone",
  offText: "Nic nie jest mierzone.",
  anonymousText:
    "Pomiar bez rozpoznawania Państwa: żadna wizyta nie jest łączona z inną.",
  onText:
    "Pomiar z użyciem identyfikatora przechowywanego na Państwa urządzeniu.",
  services: "Usługi: {count}",
  findService: "Znajdź usługę",
  noService: "Brak usługi o tej nazwie.",
  provider: "Dostawca",
  stores: "Zapisuje",
  sendsTo: "Odbiorcy danych",
  keptFor: "Okres przechowywania",
  saved: "Państwa wybór został zapisany.",
  decided: "Ostatni zapis: {date}",
  signal:
    "Sygnał sprzeciwu wysyłany przez Państwa przeglądarkę jest respektowany.",
  leftovers: "Nie udało się stąd usunąć: {names}",
  trigger: "Ustawienia prywatności",
  embedTitle: "Treść zewnętrzna: {service}",
  embedText:
    "Wyświetlenie treści powoduje wysłanie danych, na przykład Państwa adresu IP, do jej dostawcy.",
  embedLoad: "Pokaż raz",
  embedAlways: "Pokazuj zawsze",
  purposes: {
    necessary: {
      label: "Niezbędne",
      description:
        "To, bez czego witryna nie może działać, na przykład zapamiętanie tego wyboru.",
    },
    functional: {
      label: "Funkcje",
      description:
        "Zapamiętuje Państwa ustawienia, na przykład język lub region.",
    },
    analytics: {
      label: "Analityka",
      description:
        "Pokazuje, które strony są używane i gdzie pojawiają się trudności.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Pokazuje reklamy zgodne z Państwa zainteresowaniami i mierzy ich skuteczność.",
    },
  },
};
