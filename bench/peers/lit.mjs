import { inlineJson, pkgVersion } from "../lib/build.mjs";
import { fixture } from "../lib/fixture.mjs";

// Physical limit 2: Lit itself, with all rows or (for many services only) with windowed rows.
const lit = (id, label, order, windowed) => ({
  id,
  label,
  version: pkgVersion("lit"),
  order,
  scaleOnly: windowed,
  async build(model, base) {
    const config = {
      t: model.text,
      s: model.services.map((s) => ({
        n: s.name,
        d: s.description,
        r: +s.required,
      })),
    };
    return {
      head: `<script>window.litConfig=${inlineJson(config)}</script><script type="module" src="${base}lit.js"></script>`,
      body: "",
      files: {
        "lit.js": await fixture("lit.ts", {
          format: "esm",
          styles: ["base", "banner", "panel"],
          define: { LIT_WINDOW: String(windowed) },
        }),
      },
    };
  },
  ui: {
    banner: "lit-consent >>> .b",
    prefs: "lit-consent >>> #p",
    accept: "lit-consent >>> #a",
    panel: "lit-consent >>> dialog",
  },
  done: "window.litReady === 1",
  scale: {
    toggleAll: ["lit-consent >>> #all"],
    toggles: "lit-consent >>> input",
    save: "lit-consent >>> #save",
    toggled: windowed
      ? "window.litAll === 1 && P.find('lit-consent >>> label:last-of-type input').checked"
      : "P.all('lit-consent >>> input:checked').length >= P.n",
  },
});

export default [
  lit("lit", "lit only", 4, false),
  lit("lit-window", "lit, windowed rows", 5, true),
];
