import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(bolj[eaiu]|boljeg|boljem|najbolj\p{L}*|iskustv\p{L}*|poboljša\p{L}*|unaprijed\p{L}*|prilagođen\p{L}*|personaliz\p{L}*|uživaj\p{L}*|preporuč\p{L}*|nastavi\p{L}*|slažem|slažete|prihvaćam|razumijem|shvaćam|u redu|ok|naravno|nažalost|žao nam|ograničen\p{L}*|kasnije|ne sada|možda|ne,? hvala|cijenimo|stalo nam|važna nam|pomozite)(?!\p{L})/iu,
  labels: [
    /^(prihvati|prihvatite|dopusti|dopustite) sve$/iu,
    /^(odbij|odbijte|odbaci|odbacite) sve$/iu,
    /^(postavke|preference)$/iu,
    /^(spremi|spremite)$/iu,
  ],
};
