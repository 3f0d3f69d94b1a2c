import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(betr[ia]|best[aiur]?|upplifun\p{L}*|bæt[at]\p{L}*|sérsníð\p{L}*|sérsnið\p{L}*|njót\p{L}*|njóttu|mæl(um|t er|ir|i) með|ráðl\p{L}*|áfram|ok|ókei|í lagi|sammála|samþykki|skil|já|endilega|því miður|takm[aö]rk\p{L}*|seinna|síðar|ekki núna|kannski|nei,? takk|annt um|metum|skiptir okkur máli|hjálp\p{L}*)(?!\p{L})/iu,
  labels: [
    /^(samþykkja|leyfa) allt$/iu,
    /^hafna öllu$/iu,
    /^(stillingar|valkostir)$/iu,
    /^vista$/iu,
  ],
};
