import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(lepš\p{L}*|najlepš\p{L}*|zážit\p{L}*|skúsenos\p{L}*|zlepš\p{L}*|vylepš\p{L}*|personaliz\p{L}*|prispôsob\p{L}*|užite|užívaj\p{L}*|užiť|odporúč\p{L}*|pokračov\p{L}*|pokračuj\p{L}*|súhlasím|súhlasíte|rozumiem|chápem|ok|okej|jasné|dobre|bohužiaľ|žiaľ|ľutujeme|je nám ľúto|obmedzen\p{L}*|neskôr|teraz nie|možno|nie,? ďakujem|nie,? vďaka|vážime si|záleží nám|pomôžte)(?!\p{L})/iu,
  labels: [
    /^(prijať|povoliť) všetko$/iu,
    /^(odmietnuť|zamietnuť) všetko$/iu,
    /^(nastavenia|predvoľby)$/iu,
    /^uložiť$/iu,
  ],
};
