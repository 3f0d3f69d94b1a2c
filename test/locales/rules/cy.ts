import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(gwell|well|gorau|orau|profiad\p{L}*|phrofiad\p{L}*|brofiad\p{L}*|gwella|wella|personol\p{L}*|bersonol\p{L}*|mwynh\p{L}*|fwynh\p{L}*|argymh\p{L}*|hargymh\p{L}*|parhau|parhewch|ymlaen â|iawn|ocê|ok|cytuno|rwy’n derbyn|rwy’n deall|deall|wrth gwrs|yn anffodus|anffodus|mae’n ddrwg|cyfyng\p{L}*|gyfyng\p{L}*|wedyn|yn nes ymlaen|yn hwyrach|nid nawr|dim nawr|efallai|dim diolch|na,? dim diolch|gwerthfawrog\p{L}*|bwysig i ni|poeni am|helpwch)(?!\p{L})/iu,
  labels: [
    /^(derbyn|caniatáu) (y cyfan|y cwbl|popeth)$/iu,
    /^gwrthod (y cyfan|y cwbl|popeth)$/iu,
    /^(dewisiadau|gosodiadau)$/iu,
    /^cadw$/iu,
  ],
};
