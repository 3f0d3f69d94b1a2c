import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(bedre|bedste|oplevelse\p{L}*|forbedr\p{L}*|optimer\p{L}*|persontilpas\p{L}*|personlig\p{L}*|skræddersy\p{L}*|nyd|nyde|anbefal\p{L}*|fortsæt\p{L}*|ok|okay|enig|jeg accepterer|forstået|forstår|selvfølgelig|desværre|begræns\p{L}*|senere|ikke nu|måske|nej,? tak|vi værdsætter|vi vægter|vi går op i|hjælp os)(?!\p{L})/iu,
  labels: [
    /^(accepter|acceptér|tillad|godkend) alle$/iu,
    /^(afvis|nægt) alle$/iu,
    /^(indstillinger|præferencer)$/iu,
    /^gem$/iu,
  ],
};
