import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(parem\p{L}*|paras\p{L}*|parha\p{L}*|kokemu\p{L}*|elämyk\p{L}*|paran\p{L}*|kehit\p{L}*|personoi\p{L}*|räätälöi\p{L}*|yksilöi\p{L}*|nauti\p{L}*|nautti\p{L}*|suositel\p{L}*|suositt\p{L}*|jatka\p{L}*|ok|okei|selvä|sopii|samaa mieltä|hyväksyn|ymmärrän|ymmärsin|toki|valitettavasti|pahoittelemme|rajoit\p{L}*|rajalli\p{L}*|myöhemmin|ei nyt|ehkä|ei kiitos|arvostamme|välitämme|meille tärkeä\p{L}*|auta meitä|auttakaa)(?!\p{L})/iu,
  labels: [
    /^(hyväksy|salli) kaikki$/iu,
    /^(hylkää|estä|kiellä) kaikki$/iu,
    /^(asetukset|valinnat)$/iu,
    /^tallenna$/iu,
  ],
};
