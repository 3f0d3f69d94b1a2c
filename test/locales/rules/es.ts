import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(mejor\p{L}*|óptim\p{L}*|optimiz\p{L}*|experiencia\p{L}*|personaliz\p{L}*|a medida|disfrut\p{L}*|aprovech\p{L}*|recomend\p{L}*|aconsej\p{L}*|continu\p{L}*|seguir|ok|vale|de acuerdo|estoy de acuerdo|acepto|entendido|entiendo|comprendo|claro|por supuesto|lamentablemente|desafortunadamente|por desgracia|lo sentimos|limitad\p{L}*|más tarde|ahora no|quizás?|tal vez|no,? gracias|valoramos|respetamos|nos importa|ayúdenos|permítanos)(?!\p{L})/iu,
  labels: [
    /^(aceptar|permitir) tod[oa]s?$/iu,
    /^(rechazar|denegar) tod[oa]s?$/iu,
    /^(preferencias|ajustes|configuración)$/iu,
    /^guardar$/iu,
  ],
};
