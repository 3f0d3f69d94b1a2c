import { html, type TemplateResult } from "lit";
import "../src/define.js";
import { managerOf, triggerOf } from "./open.js";
import { page } from "./page.js";
import type { Stories, Story } from "./story.js";

export default {
  title: "consent-trigger",
  component: "consent-trigger",
} satisfies Stories;

/** A visitor who has decided already, and a footer with the way back. */
function footer(name: string, trigger: TemplateResult): TemplateResult {
  return page(html`
    <consent-manager storage="memory" cookie-name=${name}></consent-manager>
    <footer>${trigger}</footer>
  `);
}

const decide: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  managerOf(canvasElement).denyAll();
};

/** With nothing inside it makes a button. */
export const Empty: Story = {
  render: () =>
    footer("trigger-empty", html`<consent-trigger></consent-trigger>`),
  play: decide,
};

/** Around a text it makes a button of it. */
export const AroundAText: Story = {
  render: () =>
    footer(
      "trigger-text",
      html`<consent-trigger>Your <b>cookies</b></consent-trigger>`,
    ),
  play: decide,
};

/** A button of the page's own keeps its looks. */
export const OwnButton: Story = {
  render: () =>
    footer(
      "trigger-button",
      html`
        <consent-trigger>
          <button
            type="button"
            style="padding: 10px 16px; border: 2px solid; border-radius: 99px; background: none; color: inherit; font: inherit"
          >
            Privacy choices
          </button>
        </consent-trigger>
      `,
    ),
  play: decide,
};

/** A link leads on where the library cannot load. */
export const OwnLink: Story = {
  render: () =>
    footer(
      "trigger-link",
      html`
        <consent-trigger>
          <a href="#privacy">Your privacy choices</a>
        </consent-trigger>
      `,
    ),
  play: decide,
};

/** Pressed: the preferences are open, and will give the focus back to the button. */
export const Pressed: Story = {
  render: () =>
    footer("trigger-pressed", html`<consent-trigger></consent-trigger>`),
  async play(context) {
    await decide(context);
    const shown = new Promise((resolve) =>
      context.canvasElement.addEventListener("consent-show", resolve, {
        once: true,
      }),
    );
    (await triggerOf(context.canvasElement)).click();
    await shown;
  },
};

/** In view wherever the page is, in the corner where lines begin. */
export const Floating: Story = {
  render: () =>
    footer(
      "trigger-floating",
      html`<consent-trigger floating></consent-trigger>`,
    ),
  async play(context) {
    await decide(context);
    await triggerOf(context.canvasElement);
  },
};

/** In the corner where lines end. */
export const FloatingAtEnd: Story = {
  render: () =>
    footer(
      "trigger-floating-end",
      html`<consent-trigger floating="end"></consent-trigger>`,
    ),
  async play(context) {
    await decide(context);
    await triggerOf(context.canvasElement);
  },
};

/** In the page's language, from right to left. */
export const Arabic: Story = {
  render: () =>
    html`<div lang="ar" dir="rtl">
      ${footer(
        "trigger-arabic",
        html`<consent-trigger floating></consent-trigger>`,
      )}
    </div>`,
  async play(context) {
    await decide(context);
    await triggerOf(context.canvasElement);
  },
};
