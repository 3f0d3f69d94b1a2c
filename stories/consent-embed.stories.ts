import { html, type TemplateResult } from "lit";
import "../src/define.js";
import { managerOf } from "./open.js";
import { darkPage, page } from "./page.js";
import { SMALL, type Stories, type Story } from "./story.js";

export default {
  title: "consent-embed",
  component: "consent-embed",
} satisfies Stories;

/** What stands for a film of a provider's: a picture of its own would be asked of its server. */
const FILM = new URL("film.html", import.meta.url).href;

const film = html`
  <consent-embed
    purpose="marketing"
    service="youtube"
    label="YouTube"
    title="Kites over the bay"
    src=${FILM}
  ></consent-embed>
`;

/** A page of a visitor who has refused, with something to see from elsewhere. */
function scene(name: string, embed: TemplateResult): TemplateResult {
  return html`
    <consent-manager storage="memory" cookie-name=${name}>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    ${embed}
  `;
}

/** Waits until the placeholder has both of its buttons. */
const ask: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  managerOf(canvasElement).denyAll();
  const embed = canvasElement.querySelector("consent-embed")!;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (!embed.querySelector("[data-action=show-always]")) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(embed, { childList: true, subtree: true });
    look();
  });
};

/** Presses one of the two buttons, and waits for the content. */
const press =
  (action: "once" | "always"): NonNullable<Story["play"]> =>
  async (context) => {
    await ask(context);
    const embed = context.canvasElement.querySelector("consent-embed")!;
    const loaded = new Promise((resolve) =>
      embed.addEventListener("consent-embed-load", resolve, { once: true }),
    );
    embed.querySelector<HTMLElement>(`[data-action=show-${action}]`)!.click();
    await loaded;
  };

/** Nothing was asked of the provider yet, not even a picture. */
export const Waiting: Story = {
  render: () => page(scene("embed-waiting", film)),
  play: ask,
};

/** Pressed: the content is there, this time, in the same place. */
export const ShownOnce: Story = {
  render: () => page(scene("embed-once", film)),
  play: press("once"),
};

/** Granted, and withdrawn again. */
export const Withdrawn: Story = {
  render: () => page(scene("embed-withdrawn", film)),
  async play(context) {
    await press("always")(context);
    managerOf(context.canvasElement).withdraw();
    await ask(context);
  },
};

/** The page's own words in the placeholder, and a shape of its own. */
export const OwnWords: Story = {
  render: () =>
    page(
      scene(
        "embed-own-words",
        html`
          <consent-embed
            purpose="marketing"
            service="maps"
            label="the map"
            src=${FILM}
            width="480"
            height="320"
          >
            <p>The way to our shed is on a map of a map maker's.</p>
            <p><a href="#way">The way in words</a></p>
          </consent-embed>
        `,
      ),
    ),
  play: ask,
};

/** A post that brings a script. */
export const Post: Story = {
  render: () => {
    const embed = document.createElement("consent-embed");
    embed.setAttribute("purpose", "marketing");
    embed.setAttribute("label", "Postcards");
    const template = document.createElement("template");
    const quote = document.createElement("blockquote");
    quote.textContent = "Wind from the south, and every kite is out.";
    const script = document.createElement("script");
    script.text = `document.currentScript.before("Written by a script.")`;
    template.content.append(quote, script);
    embed.append(template);
    return page(scene("embed-post", html`${embed}`));
  },
  play: press("once"),
};

/** A film's custom properties are the banner's. */
export const Themed: Story = {
  render: () =>
    page(html`
      <style>
        .themed {
          --consent-color-surface: #fdf6e3;
          --consent-color-text: #3b2f2f;
          --consent-color-muted: #5c4a3d;
          --consent-color-border: #3b2f2f;
          --consent-color-accent: #7a1f3d;
          --consent-radius: 0;
          --consent-font: 1.0625rem/1.5 Georgia, serif;
        }
      </style>
      <div class="themed">${scene("embed-themed", film)}</div>
    `),
  play: ask,
};

export const OnADarkPage: Story = {
  render: () => darkPage(scene("embed-dark", film)),
  play: ask,
};

export const RightToLeft: Story = {
  render: () => html`<div dir="rtl">${page(scene("embed-rtl", film))}</div>`,
  play: ask,
};

export const Narrow: Story = {
  globals: SMALL,
  render: () => html`<div lang="de">${page(scene("embed-narrow", film))}</div>`,
  play: ask,
};
