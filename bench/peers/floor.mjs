import { inlineJson } from "../lib/build.mjs";
import { fixture } from "../lib/fixture.mjs";

// Physical limit 1: as one deferred file, as an inline script, and (for many services only) with rows that
// are cheaper to lay out or that exist only near the viewport.
const floor = (id, label, order, mode, inline = false) => ({
  id,
  label,
  version: "-",
  order,
  scaleOnly: mode !== "all",
  async build(model, base) {
    const config = {
      t: model.text,
      s: model.services.map((s) => ({
        n: s.name,
        d: s.description,
        r: +s.required,
      })),
    };
    const code = await fixture("floor.js", {
      styles: ["base", "banner", "panel"],
      define: { MODE: JSON.stringify(mode) },
    });
    const data = `window.floorConfig=${inlineJson(config)}`;
    if (inline)
      return {
        head: "",
        body: `<script>${data};${code}</script>`,
        files: {},
      };
    return {
      head: `<script>${data}</script><script defer src="${base}floor.js"></script>`,
      body: "",
      files: { "floor.js": code },
    };
  },
  ui: {
    banner: "floor-consent >>> .b",
    prefs: "floor-consent >>> #p",
    accept: "floor-consent >>> #a",
    panel: "floor-consent >>> dialog",
  },
  done: "window.floorReady === 1",
  scale: inline
    ? null
    : {
        toggleAll: ["floor-consent >>> #all"],
        toggles: "floor-consent >>> input",
        save: "floor-consent >>> #save",
        toggled:
          mode === "window"
            ? "window.floorAll === 1"
            : "P.all('floor-consent >>> input:checked').length >= P.n",
      },
});

export default [
  floor("floor", "floor (plain element)", 1, "all"),
  floor("floor-inline", "floor, inline script", 1.5, "all", true),
  floor("floor-cv", "floor, content-visibility", 2, "cv"),
  floor("floor-window", "floor, windowed rows", 3, "window"),
];
