import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(besser\p{L}*|beste[nrs]?|optimal\p{L}*|optimier\p{L}*|erlebnis\p{L}*|erfahrung\p{L}*|verbesser\p{L}*|personalisier\p{L}*|maßgeschneidert\p{L}*|genieß\p{L}*|empfohlen\p{L}*|empfehl\p{L}*|weiter|weitersurfen|weitermachen|fortfahren|ok|okay|einverstanden|zustimm\p{L}*|ich stimme zu|verstanden|alles klar|gerne?|leider|schade|bedau\p{L}*|eingeschränk\p{L}*|beschränk\p{L}*|später|nicht jetzt|jetzt nicht|vielleicht|nein,? danke|schätzen|liegt uns am herzen|uns wichtig|respektieren|helfen sie)(?!\p{L})/iu,
  labels: [
    /^alle[s]? (akzeptieren|annehmen|zulassen|erlauben)$/iu,
    /^alle[s]? (ablehnen|verweigern)$/iu,
    /^(einstellungen|präferenzen)$/iu,
    /^speichern$/iu,
  ],
};
