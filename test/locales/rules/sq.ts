import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(më (e |të )?mir\p{L}*|përvoj\p{L}*|eksperienc\p{L}*|përmirës\p{L}*|personaliz\p{L}*|përshtatur\p{L}*|shijo\p{L}*|kënaq\p{L}*|rekomand\p{L}*|këshill\p{L}*|vazhdo\p{L}*|ok|në rregull|mirë|pajtohem|jam dakord|dakord|pranoj|kuptoj|e kuptova|kuptova|sigurisht|fatkeqësisht|na vjen keq|kufizuar\p{L}*|më vonë|jo tani|ndoshta|jo,? faleminderit|vlerësojmë|kujdesemi|rëndësishme për ne|na ndihmo\p{L}*)(?!\p{L})/iu,
  labels: [
    /^(prano|pranoji|lejo|lejoji) të gjitha$/iu,
    /^(refuzo|refuzoji) të gjitha$/iu,
    /^(cilësimet|parapëlqimet|preferencat)$/iu,
    /^(ruaj|ruaji)$/iu,
  ],
};
