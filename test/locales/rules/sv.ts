import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(bättre|bäst|bästa|upplevelse\p{L}*|förbättr\p{L}*|optimer\p{L}*|personlig\p{L}*|personanpass\p{L}*|skräddarsy\p{L}*|njut|njuta|rekommender\p{L}*|fortsätt\p{L}*|gå vidare|ok|okej|jag godkänner|jag samtycker|håller med|förstår|förstått|uppfattat|självklart|visst|tyvärr|beklagar|begräns\p{L}*|senare|inte nu|kanske|nej,? tack|vi värdesätter|vi värnar|vi bryr oss|viktig för oss|hjälp oss)(?!\p{L})/iu,
  labels: [
    /^(godkänn|acceptera|tillåt) alla$/iu,
    /^(avvisa|neka) alla$/iu,
    /^(inställningar|alternativ)$/iu,
    /^spara$/iu,
  ],
};
