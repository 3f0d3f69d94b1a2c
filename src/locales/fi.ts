import type { Words } from "./words.js";

export const words: Words = {
  lang: "fi",
  dir: "ltr",
  title: "Sinun yksityisyytesi, sinun valintasi",
  optIn:
    "Haluaisimme käyttää tietojasi seuraaviin tarkoituksiin: {purposes}. Mitään ei tallenneta eikä lähetetä ennen valintaasi, ja voit muuttaa valintaasi milloin tahansa.",
  optOut:
    "Käytämme tietojasi seuraaviin tarkoituksiin: {purposes}. Voit kieltäytyä nyt tai muuttaa valintaasi milloin tahansa.",
  policy: "Tietosuojaseloste",
  accept: "Hyväksy kaikki",
  reject: "Hylkää kaikki",
  preferences: "Asetukset",
  preferencesTitle: "Tietosuoja-asetukset",
  preferencesText:
    "Valitse, mitä tämä sivusto saa tehdä. Valintasi on voimassa siitä hetkestä, kun tallennat sen.",
  save: "Tallenna",
  close: "Sulje",
  alwaysOn: "Aina päällä",
  off: "Pois",
  anonymous: "Anonyymi",
  on: "Päällä",
  offText: "Mitään ei mitata.",
  anonymousText:
    "Mitataan tunnistamatta sinua: yhtäkään käyntiä ei yhdistetä toiseen.",
  onText: "Mitataan tunnisteella, joka säilytetään laitteellasi.",
  services: "Palvelut: {count}",
  findService: "Etsi palvelua",
  noService: "Tämännimistä palvelua ei ole.",
  provider: "Tarjoaja",
  stores: "Tallentaa",
  sendsTo: "Tietojen vastaanottajat",
  keptFor: "Säilytysaika",
  saved: "Valintasi on tallennettu.",
  decided: "Viimeksi tallennettu: {date}",
  signal: "Selaimesi lähettämää kieltosignaalia noudatetaan.",
  leftovers: "Ei voitu poistaa täältä: {names}",
  trigger: "Tietosuojavalinnat",
  embedTitle: "Ulkoinen sisältö: {service}",
  embedText:
    "Kun sisältö näytetään, sen tarjoajalle lähetetään tietoja, kuten IP-osoitteesi.",
  embedLoad: "Näytä kerran",
  embedAlways: "Näytä aina",
  purposes: {
    necessary: {
      label: "Välttämättömät toiminnot",
      description:
        "Toiminnot, joita ilman sivusto ei toimi, kuten tämän valinnan muistaminen.",
    },
    functional: {
      label: "Lisätoiminnot",
      description: "Muistaa asetuksesi, kuten kielen tai alueen.",
    },
    analytics: {
      label: "Analytiikka",
      description:
        "Näyttää, mitä sivuja käytetään ja missä kävijät kohtaavat ongelmia.",
    },
    marketing: {
      label: "Markkinointi",
      description: "Näyttää sinulle sopivaa mainontaa ja mittaa sen tuloksia.",
    },
  },
};
