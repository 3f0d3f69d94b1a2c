import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(boljš\p{L}*|bolje|najboljš\p{L}*|izkušnj\p{L}*|doživet\p{L}*|izboljš\p{L}*|izpopoln\p{L}*|prilagojen\p{L}*|personaliz\p{L}*|poosebl\p{L}*|uživajte|uživaj|priporoč\p{L}*|nadaljuj\p{L}*|naprej|strinjam|strinjate|soglašam|razumem|v redu|ok|seveda|žal|oprostite|omejen\p{L}*|kasneje|pozneje|ne zdaj|morda|mogoče bi|ne,? hvala|cenimo|spoštujemo|skrbimo|nam je mar|pomembna za nas|pomagajte)(?!\p{L})/iu,
  labels: [
    /^(sprejmi|sprejmite|dovoli|dovolite) vse$/iu,
    /^(zavrni|zavrnite) vse$/iu,
    /^(nastavitve|možnosti)$/iu,
    /^(shrani|shranite)$/iu,
  ],
};
