import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(jobb\p{L}*|legjobb\p{L}*|élmény\p{L}*|tapasztalat\p{L}*|javít\p{L}*|fejleszt\p{L}*|tökéletes\p{L}*|személyre szab\p{L}*|testre szab\p{L}*|élvez\p{L}*|ajánl\p{L}*|javasol\p{L}*|folytat\p{L}*|tovább|rendben|oké|ok|egyetért\p{L}*|elfogadom|hozzájárulok|értem|megértettem|persze|sajnos|sajnál\p{L}*|korlátoz\p{L}*|később|most nem|ne most|talán|nem,? köszönöm|köszönöm,? nem|fontos nekünk|fontos számunkra|értékeljük|tiszteletben|segítsen)(?!\p{L})/iu,
  labels: [
    /^(az )?összes (elfogadása|engedélyezése)$/iu,
    /^(az )?összes (elutasítása|tiltása)$/iu,
    /^(beállítások|lehetőségek)$/iu,
    /^mentés$/iu,
  ],
};
