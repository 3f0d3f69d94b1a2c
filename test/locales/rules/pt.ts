import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(melhor\p{L}*|experiência\p{L}*|aprimor\p{L}*|aperfeiço\p{L}*|otimiz\p{L}*|personaliz\p{L}*|aproveit\p{L}*|desfrut\p{L}*|usufru\p{L}*|recomend\p{L}*|aconselh\p{L}*|continu\p{L}*|prossegu\p{L}*|ok|okay|de acordo(?! com)|concordo|concordar|aceito|entendi|percebi|compreendo|claro|certo|infelizmente|lamentamos|desculp\p{L}*|limitad\p{L}*|mais tarde|agora não|talvez|não,? obrigad[oa]|valorizamos|prezamos|respeitamos|importante para nós|ajude-nos|permita-nos)(?!\p{L})/iu,
  labels: [
    /^(aceitar|permitir) (tudo|todos)$/iu,
    /^(rejeitar|recusar) (tudo|todos)$/iu,
    /^(configurar|preferências|definições)$/iu,
    /^guardar$/iu,
  ],
};
