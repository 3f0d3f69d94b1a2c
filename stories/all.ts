/**
 * Every story without Storybook: `all.html` shows them all side by side, `all.html?story=consent-banner/FirstVisit` one alone.
 * `scheme`, `lang`, `dir`, `theme` and `width` in the address are what the pages of the stories say of themselves.
 */
/// <reference types="vite/client" />
import { html, render } from "lit";
import type { Stories, Story } from "./story.js";

type File = { default: Stories } & Record<string, Story | Stories>;

const files = import.meta.glob<File>("./*.stories.ts", { eager: true });

/** Every story, by its element and its name, in the order of the files. */
const stories = new Map<string, Story>();
for (const { default: meta, ...each } of Object.values(files))
  for (const [name, story] of Object.entries(each))
    stories.set(`${meta.component}/${name}`, story as Story);

/** What the address may say, and what the choices are called. */
const CHOICES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scheme: { "": "As the system", light: "Light", dark: "Dark" },
  lang: {
    "": "English",
    ar: "العربية",
    de: "Deutsch",
    fi: "Suomi",
    ja: "日本語",
  },
  dir: { "": "Left to right", rtl: "Right to left" },
  theme: {
    "": "None",
    paper: "Paper",
    mono: "Mono",
    pebble: "Pebble",
    contrast: "Contrast",
  },
  width: { "": "As it is", narrow: "320 px" },
};

const address = new URLSearchParams(location.search);
const said = (name: string) => address.get(name) ?? "";

/** `CookiesAndCream` as "Cookies and cream". */
const title = (name: string) =>
  name
    .replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());

function addressOf(story: string): string {
  const params = new URLSearchParams(address);
  params.set("story", story);
  return `?${params}`;
}

function showAll(): void {
  document.body.dataset["gallery"] = "";
  if (said("scheme"))
    document.documentElement.style.colorScheme = said("scheme");
  const elements = [
    ...new Set([...stories.keys()].map((each) => each.split("/")[0]!)),
  ];
  const choice = ([name, entries]: [string, Record<string, string>]) => html`
    <label
      >${title(name)}
      <select name=${name}>
        ${Object.entries(entries).map(
          ([value, label]) =>
            html`<option value=${value} ?selected=${said(name) === value}>
              ${label}
            </option>`,
        )}
      </select></label
    >
  `;
  const state = ([id, story]: [string, Story]) => html`
    <li>
      <a href=${addressOf(id)}>${title(id.split("/")[1]!)}</a>
      <iframe
        data-story=${id}
        ?data-narrow=${story.globals || said("width") === "narrow"}
        title=${`${id} in a page`}
        loading="lazy"
        src=${addressOf(id)}
      ></iframe>
    </li>
  `;
  render(
    html`
      <h1>Every state</h1>
      <form
        @change=${(event: Event) => {
          const form = event.currentTarget as HTMLFormElement;
          // What is empty is not said.
          const chosen = [...new FormData(form)].filter(([, value]) => value);
          location.search = String(
            new URLSearchParams(chosen as [string, string][]),
          );
        }}
      >
        ${Object.entries(CHOICES).map(choice)}
      </form>
      ${elements.map(
        (element) => html`
          <h2>&lt;${element}&gt;</h2>
          <ul class="states">
            ${[...stories]
              .filter(([id]) => id.startsWith(`${element}/`))
              .map(state)}
          </ul>
        `,
      )}
    `,
    document.body,
  );
}

async function showOne(story: Story): Promise<void> {
  const { documentElement: root, body } = document;
  if (said("scheme")) root.style.colorScheme = said("scheme");
  if (said("lang")) root.lang = said("lang");
  if (said("dir")) root.dir = said("dir");
  if (said("theme")) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(
      `../src/themes/${said("theme")}.css`,
      import.meta.url,
    ).href;
    const worn = new Promise((resolve) => {
      link.onload = resolve;
    });
    document.head.append(link);
    await worn;
  }
  const canvasElement = document.createElement("div");
  body.append(canvasElement);
  render(story.render(), canvasElement);
  await story.play?.({ canvasElement });
  await document.fonts.ready;
  // scripts/screenshots.mjs waits for it.
  root.dataset["shown"] = "";
}

const wanted = said("story");
const story = stories.get(wanted);
if (story) await showOne(story);
else if (wanted)
  throw new RangeError(
    `There is no story "${wanted}"; write ${[...stories.keys()].join(", ")}.`,
  );
else showAll();
