import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(geresn\p{L}*|geriaus\p{L}*|geriau|patirt\p{L}*|tobulin\p{L}*|patobulin\p{L}*|pagerin\p{L}*|gerin\p{L}*|personaliz\p{L}*|pritaiky\p{L}*|pritaikom\p{L}*|mėgau\p{L}*|rekomend\p{L}*|siūlom\p{L}*|tęs\p{L}*|toliau|sutinku|sutikti|gerai|ok|supratau|suprantu|žinoma|deja|apgailestau\p{L}*|atsipraš\p{L}*|ribot\p{L}*|apribo\p{L}*|vėliau|ne dabar|galbūt|gal|ne,? ačiū|vertinam\p{L}*|gerbiame|mums rūpi|mums svarb\p{L}*|padėkite)(?!\p{L})/iu,
  labels: [
    /^(priimti|leisti) (viską|visus)$/iu,
    /^(atmesti|neleisti) (viską|visus)$/iu,
    /^(nustatymai|nuostatos)$/iu,
    /^(išsaugoti|įrašyti)$/iu,
  ],
};
