import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(bedre|best|beste|opplevelse\p{L}*|forbedr\p{L}*|tilpass\p{L}*|skreddersy\p{L}*|persontilpass\p{L}*|personlig\p{L}*|nyt|nyte|anbefal\p{L}*|fortsett\p{L}*|ok|okei|greit|den er grei|enig|samtykker|forstår|skjønner|gjerne|selvfølgelig|dessverre|beklager|begrens\p{L}*|senere|ikke nå|kanskje|nei,? takk|setter pris på|verdsetter|bryr oss|viktig for oss|hjelp oss|la oss)(?!\p{L})/iu,
  labels: [
    /^(godta|aksepter|tillat) alle$/iu,
    /^(avvis|avslå) alle$/iu,
    /^(innstillinger|valg)$/iu,
    /^lagre$/iu,
  ],
};
