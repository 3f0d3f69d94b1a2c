import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(miglior\p{L}*|meglio|esperienz\p{L}*|ottimizz\p{L}*|ottimale|su misura|personalizzat\p{L}*|goder\p{L}*|godi|goditi|consigliat\p{L}*|consiglia\p{L}*|raccomand\p{L}*|continu\p{L}*|prosegu\p{L}*|ok|okay|d['’]accordo|accetto|acconsento|capito|ho capito|certo|purtroppo|spiacent\p{L}*|ci dispiace|limitat\p{L}*|più tardi|non ora|adesso no|forse|no,? grazie|teniamo|ci sta a cuore|rispettiamo|apprezziamo|aiutaci|consentici)(?!\p{L})/iu,
  labels: [
    /^(accetta|accetto|consenti) tutt[oi]( i cookie)?$/iu,
    /^(rifiuta|rifiuto) tutt[oi]( i cookie)?$/iu,
    /^(personalizza( i)? cookie|preferenze|impostazioni)$/iu,
    /^(salva|salvare)$/iu,
  ],
};
