import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DIST, VERSION } from "../lib/paths.mjs";

const cdn = join(DIST, "cdn");
const escape = (text) =>
  text.replace(/[&<"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** The drop-in as its README has it: the gate, and what it fetches when it needs it. */
function files() {
  const names = [
    "auto.js",
    ...readdirSync(join(cdn, "chunks")).map((name) => `chunks/${name}`),
  ];
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(cdn, name))]),
  );
}

/** Three purposes by their names, with the library's own words; or every service as a purpose, with the page's text. */
function children(model) {
  if (model.n === 3)
    return model.categories
      .map(({ id }) => `<consent-purpose name="${id}"></consent-purpose>`)
      .join("");
  const purposes = model.services.map(
    ({ id, name, description, required }) =>
      `<consent-purpose name="${id}" label="${escape(name)}" description="${escape(description)}"${required ? " required" : ""}></consent-purpose>`,
  );
  // The library's own text would name all of them.
  return `<consent-banner><span slot="text">${escape(model.text.description)}</span></consent-banner>${purposes.join("")}`;
}

export default {
  id: "ours",
  label: "consent-elements",
  version: VERSION,
  order: 8,
  async build(model, base) {
    return {
      head: `<script type="module" src="${base}auto.js"></script><style>consent-manager:not(:defined){display:none}</style>`,
      body: `<consent-manager>${children(model)}</consent-manager>`,
      files: files(),
    };
  },
  ui: {
    banner: 'consent-banner >>> [part~="banner"]',
    prefs: 'consent-banner >>> [data-action="preferences"]',
    accept: 'consent-banner >>> [data-action="accept"]',
    panel: "consent-preferences >>> dialog",
  },
  done: "document.querySelector('consent-manager').consent?.needsChoice === false",
  // The library refuses a record of more than 1024 characters, which some 60 of these purposes fill: beyond that no choice
  // is kept.
  scale: {
    toggleAll: ['consent-preferences >>> [part~="switch"]'],
    toggles: 'consent-preferences >>> [part~="switch"]',
    toggled:
      "P.all('consent-preferences >>> [part~=\"switch\"]:checked').length >= P.n - 1",
    save: 'consent-preferences >>> [data-action="save"]',
  },
};
