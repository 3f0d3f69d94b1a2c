import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(lepsz\p{L}*|lepiej|najleps\p{L}*|doświadcze\p{L}*|wrażeni\p{L}*|popraw\p{L}*|ulepsz\p{L}*|ulepszy\p{L}*|usprawn\p{L}*|spersonaliz\p{L}*|personaliz\p{L}*|ciesz\p{L}*|korzystaj\p{L}*|zaleca\p{L}*|poleca\p{L}*|rekomend\p{L}*|kontynuuj\p{L}*|dalej|przejdź dalej|ok|okej|zgadzam|zgoda|akceptuję|rozumiem|zrozumiał\p{L}*|jasne|dobrze|niestety|przykro|ogranicz\p{L}*|później|nie teraz|może później|nie,? dziękuję|cenimy|dbamy|szanujemy|ważna dla nas|zależy nam|pomóż\p{L}*)(?!\p{L})/iu,
  labels: [
    /^(zaakceptuj|akceptuj|zezwól na) wszystk(o|ie)$/iu,
    /^(odrzuć|odrzucaj) wszystk(o|ie)$/iu,
    /^(ustawienia|preferencje)$/iu,
    /^zapisz$/iu,
  ],
};
