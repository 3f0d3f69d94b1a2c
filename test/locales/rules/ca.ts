import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(millor\p{L}*|òptim\p{L}*|optimitz\p{L}*|experiènci\p{L}*|personalitz\p{L}*|a mida|gaud\p{L}*|aprofit\p{L}*|recoman\p{L}*|aconsell\p{L}*|continu\p{L}*|seguiu|segueix|d['’]acord(?! amb)|accepto|entesos|entès|entenc|ho entenc|ok|val|esclar|és clar|malauradament|dissortadament|ho sentim|limitad\p{L}*|limitat\p{L}*|més tard|ara no|potser|no,? gràcies|valorem|respectem|ens importa|ajudeu-nos|permeteu-nos)(?!\p{L})/iu,
  labels: [
    /^(accepta-ho|permet-ho) tot$/iu,
    /^(rebutja-ho|denega-ho) tot$/iu,
    /^(configura|preferències|configuració)$/iu,
    /^desa$/iu,
  ],
};
