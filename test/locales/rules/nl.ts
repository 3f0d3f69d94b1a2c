import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(beter|betere|beste|optimaal|optimale|ervaring\p{L}*|verbeter\p{L}*|personalis\p{L}*|gepersonaliseerd\p{L}*|geniet\p{L}*|aanbevolen|aanraden|aangeraden|doorgaan|ga door|verdergaan|ga verder|oké|ok|akkoord|eens|begrepen|begrijp\p{L}*|natuurlijk|prima|helaas|beperkt\p{L}*|later|niet nu|nu niet|misschien|liever niet|nee,? bedankt|nee,? dank u|waarderen|hechten|geven om|help ons)(?!\p{L})/iu,
  labels: [
    /^all(es|e) (accepteren|toestaan|aanvaarden)$/iu,
    /^all(es|e) (weigeren|afwijzen)$/iu,
    /^(instellingen|voorkeuren)$/iu,
    /^(opslaan|bewaren)$/iu,
  ],
};
