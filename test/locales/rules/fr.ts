import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(meilleur\p{L}*|mieux|expérience\p{L}*|amélior\p{L}*|optimis\p{L}*|enrichi\p{L}*|personnalis\p{L}*|sur mesure|profit\p{L}*|recommand\p{L}*|conseillé\p{L}*|continu\p{L}*|poursui\p{L}*|ok|okay|d['’]accord|j['’]accepte|compris|je comprends|bien sûr|désolé\p{L}*|malheureusement|hélas|limité\p{L}*|dégradé\p{L}*|plus tard|pas maintenant|peut-être|non,? merci|tenons à|soucieux|nous respectons|nous tient à cœur|chère?s? à nos yeux|aidez-nous|permettez-nous)(?!\p{L})/iu,
  labels: [
    /^tout (accepter|autoriser)$/iu,
    /^tout (refuser|rejeter)$/iu,
    /^(préférences|paramètres|paramétrer|réglages)$/iu,
    /^enregistrer$/iu,
  ],
};
