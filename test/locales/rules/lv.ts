import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(labāk\p{L}*|vislabāk\p{L}*|pieredz\p{L}*|uzlabo\p{L}*|pilnveido\p{L}*|personaliz\p{L}*|pielāgo\p{L}*|izbaudi\p{L}*|baudi\p{L}*|iesak\p{L}*|ieteic\p{L}*|turpin\p{L}*|piekrīt\p{L}*|piekrist|labi|ok|sapratu|saprotu|protams|diemžēl|atvainojiet|ierobežo\p{L}*|vēlāk|ne tagad|varbūt|nē,? paldies|novērtējam|cienām|mums rūp|svarīg\p{L}* mums|palīdziet)(?!\p{L})/iu,
  labels: [
    /^(pieņemt|atļaut) visu$/iu,
    /^(noraidīt|aizliegt) visu$/iu,
    /^(iestatījumi|preferences)$/iu,
    /^saglabāt$/iu,
  ],
};
