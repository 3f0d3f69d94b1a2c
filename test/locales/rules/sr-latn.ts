import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(bolj\p{L}*|najbolj\p{L}*|iskustv\p{L}*|doživljaj\p{L}*|poboljša\p{L}*|unapred\p{L}*|unapređ\p{L}*|prilagođen\p{L}*|personaliz\p{L}*|uživa\p{L}*|preporuč\p{L}*|nastavi\p{L}*|dalje|ok|u redu|slažem|slažete|saglasn\p{L}*|pristajem|prihvatam|razumem|naravno|nažalost|na žalost|žao nam|ograničen\p{L}*|kasnije|ne sada|možda|ne,? hvala|cenimo|cijenimo|stalo nam|brinemo|važna nam|nam je važn\p{L}*|pomozite)(?!\p{L})/iu,
  labels: [
    /^(prihvati|prihvatite|dozvoli) sve$/iu,
    /^(odbij|odbijte|odbaci) sve$/iu,
    /^(podešavanja|postavke)$/iu,
    /^(sačuvaj|sačuvajte)$/iu,
  ],
};
