import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(lepší\p{L}*|lépe|nejlepší\p{L}*|zážit\p{L}*|zkušenost\p{L}*|zlepš\p{L}*|vylepš\p{L}*|personaliz\p{L}*|přizpůsob\p{L}*|užij\p{L}*|užív\p{L}*|doporuč\p{L}*|pokračov\p{L}*|pokračuj\p{L}*|souhlasím|souhlasíte|rozumím|chápu|ok|okej|jasně|dobře|bohužel|je nám líto|omezen\p{L}*|později|teď ne|nyní ne|možná|ne,? děkuji|ne,? díky|vážíme si|záleží nám|pomozte|pomůžete)(?!\p{L})/iu,
  labels: [
    /^(přijmout|povolit) vše$/iu,
    /^(odmítnout|zamítnout) vše$/iu,
    /^((podrobné )?nastavení|předvolby)$/iu,
    /^uložit$/iu,
  ],
};
