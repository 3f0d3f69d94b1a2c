import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(mellor|mellores|mellora\p{L}*|óptim\p{L}*|experienci\p{L}*|personaliz\p{L}*|goza\p{L}*|desfruta\p{L}*|recomend\p{L}*|continu\p{L}*|seguir|ok|vale|de acordo|conforme|acepto|entendo|entendido|claro|por desgraza|desgraciadamente|lamentablemente|sentímolo|limitad\p{L}*|máis tarde|despois|agora non|quizais|non,? grazas|valoramos|coidamos|preocúpanos|impórtanos|importante para nós|axúd\p{L}*)(?!\p{L})/iu,
  labels: [
    /^aceptar (todo|todas|todos)$/iu,
    /^rexeitar (todo|todas|todos)$/iu,
    /^(preferencias|configuración|configurar)$/iu,
    /^gardar$/iu,
  ],
};
