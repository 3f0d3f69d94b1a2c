import { inlineJson, pkgFile, pkgVersion } from "../lib/build.mjs";

// Documented set-up: the English standard theme with its style sheet; starts by itself from a global.
export default {
  id: "orejime",
  label: "orejime",
  version: pkgVersion("orejime"),
  order: 12,
  async build(model, base) {
    const t = model.text;
    const leaf = (s) => ({
      id: s.id,
      title: s.name,
      description: s.description,
      cookies: [],
      isMandatory: s.required,
    });
    const purposes =
      model.n === 3
        ? model.services.map(leaf)
        : model.categories.map((c) => ({
            id: c.id,
            title: c.title,
            description: c.description,
            purposes: model.of(c.id).map(leaf),
          }));
    const config = {
      privacyPolicyUrl: "/privacy",
      purposes,
      translations: {
        banner: {
          title: t.title,
          description: t.description,
          accept: t.accept,
          decline: t.reject,
          configure: t.prefs,
        },
        modal: { title: t.prefsTitle, save: t.save },
      },
    };
    return {
      head: `<link rel="stylesheet" href="${base}orejime.css"><script>window.orejimeConfig=${inlineJson(config)}</script><script defer src="${base}orejime.js"></script>`,
      body: "",
      files: {
        "orejime.css": pkgFile("orejime", "dist/orejime-standard.css"),
        "orejime.js": pkgFile("orejime", "dist/orejime-standard-en.js"),
      },
    };
  },
  ui: {
    banner: ".orejime-Banner",
    prefs: ".orejime-Banner-learnMoreButton",
    accept: ".orejime-Banner-saveButton",
    panel: ".orejime-Modal",
  },
  done: "window.orejime || window.Orejime",
  scale: {
    toggleAll: [".orejime-PurposeToggles-enableAll"],
    toggles: ".orejime-Modal input[type=checkbox]",
    toggled: "P.all('.orejime-Modal input:checked').length >= P.n",
    save: ".orejime-Modal-saveButton",
  },
};
