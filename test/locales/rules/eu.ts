import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(hobe\p{L}*|onen\p{L}*|esperientzi\p{L}*|pertsonalizat\p{L}*|egokitu\p{L}*|gozatu\p{L}*|disfruta\p{L}*|gomenda\p{L}*|jarraitu\p{L}*|aurrera jo|ados|ok|bale|konforme|onartzen dut|ulertu dut|ulertzen dut|jakina|zoritxarrez|tamalez|sentitzen dugu|mugatu\p{L}*|geroago|gero|orain ez|agian|beharbada|ez,? eskerrik asko|baloratzen dugu|axola zaigu|garrantzitsu\p{L}*|lagundu\p{L}*)(?!\p{L})/iu,
  labels: [
    /^(denak|guztiak) (onartu|baimendu)$/iu,
    /^(denak|guztiak) (baztertu|ukatu)$/iu,
    /^(konfigurazioa|konfiguratu|hobespenak)$/iu,
    /^gorde$/iu,
  ],
};
