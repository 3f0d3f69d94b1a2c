import { inlineJson, pkgFile, pkgVersion } from "../lib/build.mjs";

// Documented CDN set-up: one style sheet, one UMD script, one run() call.
export default {
  id: "vcc",
  label: "vanilla-cookieconsent",
  version: pkgVersion("vanilla-cookieconsent"),
  order: 10,
  async build(model, base) {
    const categories = {},
      sections = [{ description: model.text.description }];
    for (const c of model.categories) {
      categories[c.id] = { enabled: c.required, readOnly: c.required };
      if (model.n > 3)
        categories[c.id].services = Object.fromEntries(
          model.of(c.id).map((s) => [s.id, { label: s.name }]),
        );
      sections.push({
        title: c.title,
        description: c.description,
        linkedCategory: c.id,
      });
    }
    const t = model.text;
    const config = {
      hideFromBots: false,
      categories,
      language: {
        default: "en",
        translations: {
          en: {
            consentModal: {
              title: t.title,
              description: t.description,
              acceptAllBtn: t.accept,
              acceptNecessaryBtn: t.reject,
              showPreferencesBtn: t.prefs,
            },
            preferencesModal: {
              title: t.prefsTitle,
              acceptAllBtn: t.accept,
              acceptNecessaryBtn: t.reject,
              savePreferencesBtn: t.save,
              closeIconLabel: "Close",
              sections,
            },
          },
        },
      },
    };
    return {
      head: `<link rel="stylesheet" href="${base}cookieconsent.css"><script defer src="${base}cookieconsent.umd.js"></script>`,
      body: `<script type="module">CookieConsent.run(${inlineJson(config)})</script>`,
      files: {
        "cookieconsent.css": pkgFile(
          "vanilla-cookieconsent",
          "dist/cookieconsent.css",
        ),
        "cookieconsent.umd.js": pkgFile(
          "vanilla-cookieconsent",
          "dist/cookieconsent.umd.js",
        ),
      },
    };
  },
  ui: {
    banner: "#cc-main .cm",
    prefs: '#cc-main .cm [data-role="show"]',
    accept: '#cc-main .cm [data-role="all"]',
    panel: "#cc-main .pm",
  },
  done: "window.CookieConsent && CookieConsent.validConsent()",
  scale: {
    toggleAll: [
      '#cc-main .section__toggle[value="analytics"]',
      '#cc-main .section__toggle[value="marketing"]',
    ],
    toggles: "#cc-main .pm input",
    toggled: "P.all('#cc-main .pm input').every((i) => i.checked)",
    save: '#cc-main .pm [data-role="save"]',
  },
};
