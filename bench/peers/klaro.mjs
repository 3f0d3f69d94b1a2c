import { inlineJson, pkgFile, pkgVersion } from "../lib/build.mjs";

// Documented set-up: the config first, then klaro.js (style sheet included), both deferred.
export default {
  id: "klaro",
  label: "klaro",
  version: pkgVersion("klaro"),
  order: 11,
  async build(model, base) {
    const t = model.text;
    const config = {
      version: 1,
      acceptAll: true,
      lang: "en",
      groupByPurpose: true,
      translations: {
        en: {
          privacyPolicyUrl: "/privacy",
          ok: t.accept,
          acceptAll: t.accept,
          decline: t.reject,
          acceptSelected: t.save,
          consentNotice: {
            title: t.title,
            description: t.description,
            learnMore: t.prefs,
          },
          consentModal: { title: t.prefsTitle, description: t.description },
          purposes: Object.fromEntries(
            model.categories.map((c) => [
              c.id,
              { title: c.title, description: c.description },
            ]),
          ),
        },
      },
      services: model.services.map((s) => ({
        name: s.id,
        title: s.name,
        description: s.description,
        purposes: [s.category],
        required: s.required,
      })),
    };
    return {
      head: `<script>var klaroConfig=${inlineJson(config)}</script><script defer src="${base}klaro.js"></script>`,
      body: "",
      files: { "klaro.js": pkgFile("klaro", "dist/klaro.js") },
    };
  },
  ui: {
    banner: ".klaro .cookie-notice",
    prefs: ".klaro .cn-learn-more",
    accept: ".klaro .cookie-notice .cm-btn-success",
    panel: ".klaro .cm-modal",
  },
  done: "window.klaro && klaro.getManager().confirmed",
  scale: {
    toggleAll: [".klaro .cm-toggle-all input"],
    toggles: ".klaro .cm-modal input[type=checkbox]",
    toggled: "P.all('.klaro .cm-service input:checked').length >= P.n",
    save: ".klaro .cm-btn-accept",
  },
};
