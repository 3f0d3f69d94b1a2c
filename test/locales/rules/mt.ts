import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(aħjar|l-aħjar|esperjenz\p{L}*|ittejjeb|ntejbu|titjib|tejjeb|personalizz\p{L}*|gawdi|tgawdi|igawdi|rakkomandat\p{L}*|rrakkomandat\p{L}*|irrakkomandat\p{L}*|kompli|tkompli|naqbel|taqbel|ok|tajjeb|fhimt|nifhem|ċert|sfortunatament|jiddispjaċina|skużana|limitat\p{L}*|aktar tard|mhux issa|forsi|le,? grazzi|napprezzaw|ngħożżu|nirrispettaw|importanti għalina|għinna)(?!\p{L})/iu,
  labels: [
    /^(aċċetta|ippermetti) kollox$/iu,
    /^(irrifjuta|iċħad) kollox$/iu,
    /^(preferenzi|settings)$/iu,
    /^(issejvja|aħżen)$/iu,
  ],
};
