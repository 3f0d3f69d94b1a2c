import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(parem\p{L}*|parim\p{L}*|kogemus\p{L}*|elamus\p{L}*|paranda\p{L}*|täiusta\p{L}*|parenda\p{L}*|isikupära\p{L}*|naudi\p{L}*|nauti\p{L}*|soovita\p{L}*|jätka\p{L}*|nõus|nõustu\p{L}*|ok|okei|selge|sain aru|mõistan|muidugi|kahjuks|kahju|piira\p{L}*|hiljem|mitte praegu|võib-olla|ei,? aitäh|ei,? tänan|väärtusta\p{L}*|hoolime|hindame|aidake)(?!\p{L})/iu,
  labels: [
    /^(luba|aktsepteeri) kõik$/iu,
    /^keela kõik$/iu,
    /^(seaded|eelistused)$/iu,
    /^salvesta$/iu,
  ],
};
