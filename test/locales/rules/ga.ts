import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(níos fearr|is fearr|eispéireas\p{L}*|feabhs\p{L}*|fheabhs\p{L}*|bhfeabhs\p{L}*|pearsant\p{L}*|bain taitneamh|bain sult|moltar|mholtar|molta|mholaimid|molaimid|lean ar aghaidh|leanúint ar aghaidh|lean leat|ceart go leor|ok|aontaím|aontú|aontaigh|glacaim|tuigim|cinnte|faraor|ar an drochuair|brón orainn|tá brón|teoranta|theoranta|níos déanaí|ar ball|ní anois|b['’]fhéidir|níl,? go raibh maith agat|ná bac|go raibh maith agat|is mór againn|tá meas againn|cabhraigh)(?!\p{L})/iu,
  labels: [
    /^(glac le gach rud|glac leo uile|glac leis go léir|ceadaigh gach rud)$/iu,
    /^(diúltaigh do gach rud|diúltaigh dóibh uile|diúltaigh dó go léir)$/iu,
    /^(socruithe|roghanna)$/iu,
    /^sábháil$/iu,
  ],
};
