import { inlineJson, pkgVersion } from "../lib/build.mjs";
import { fixture } from "../lib/fixture.mjs";

// Physical limit 3, by design instead of by size: an inline gate, a plain banner on the first visit only,
// and a Lit panel that is fetched after the banner is painted.
export default {
  id: "split",
  label: "split (gate, plain banner, lit panel)",
  version: pkgVersion("lit"),
  order: 6,
  async build(model, base) {
    const define = { SPLIT_BASE: JSON.stringify(base) };
    const config = {
      t: model.text,
      s: model.services.map((s) => ({
        n: s.name,
        d: s.description,
        r: +s.required,
      })),
    };
    const gate = (await fixture("split-gate.js", { define })).toString().trim();
    return {
      head: `<script>window.splitConfig=${inlineJson(config)};${gate}</script>`,
      body: "",
      files: {
        "banner.js": await fixture("split-banner.js", {
          format: "esm",
          styles: ["base", "banner"],
          define,
        }),
        "panel.js": await fixture("split-panel.ts", {
          format: "esm",
          styles: ["base", "panel"],
        }),
      },
    };
  },
  ui: {
    banner: "split-consent >>> .b",
    prefs: "split-consent >>> #p",
    accept: "split-consent >>> #a",
    panel: "split-consent >>> split-panel >>> dialog",
  },
  done: "window.splitReady === 1",
  scale: {
    toggleAll: ["split-consent >>> split-panel >>> #all"],
    toggles: "split-consent >>> split-panel >>> input",
    save: "split-consent >>> split-panel >>> #save",
    toggled:
      "window.splitAll === 1 && P.find('split-consent >>> split-panel >>> label:last-of-type input').checked",
  },
};
