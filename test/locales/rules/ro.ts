import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(mai bun\p{L}*|mai bine|cel mai bun|cea mai bună|experienț\p{L}*|îmbunătăț\p{L}*|optimiz\p{L}*|personaliz\p{L}*|bucurați\p{L}*|recomand\p{L}*|continua\p{L}*|continuă|continuați|mergi mai departe|ok|okay|sunt de acord|de acord|accept|am înțeles|înțeleg|desigur|din păcate|regretăm|ne pare rău|limitat\p{L}*|mai târziu|nu acum|poate mai târziu|nu,? mulțumesc|prețuim|apreciem|respectăm|ne pasă|importantă pentru noi|ajutați)(?!\p{L})/iu,
  labels: [
    /^(acceptați|acceptă|permiteți) (tot|toate)$/iu,
    /^(refuzați|refuză|respingeți|respinge) (tot|toate)$/iu,
    /^(preferințe|setări)$/iu,
    /^(salvați|salvează|salvare)$/iu,
  ],
};
