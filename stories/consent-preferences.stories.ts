import { html, type TemplateResult } from "lit";
import "../src/define.js";
import { managerOf, preferencesOf } from "./open.js";
import { darkPage, page } from "./page.js";
import { SMALL, type Stories, type Story } from "./story.js";

export default {
  title: "consent-preferences",
  component: "consent-preferences",
} satisfies Stories;

/** Every story ends when its panel is open. */
const open: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  await preferencesOf(canvasElement);
};

const purposes: TemplateResult = html`
  <consent-purpose name="necessary"></consent-purpose>
  <consent-purpose name="functional"></consent-purpose>
  <consent-purpose name="analytics"></consent-purpose>
  <consent-purpose name="marketing"></consent-purpose>
`;

/** Nothing is switched on that was not granted. */
export const FirstOpen: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-first-open">
        ${purposes}
      </consent-manager>
    `),
  play: open,
};

/** The switches show what is kept. */
export const KeptChoices: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-kept">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).set({
      functional: "granted",
      analytics: "denied",
      marketing: "granted",
    });
    await preferencesOf(canvasElement);
  },
};

/** Switched, not saved: the record does not know of it. */
export const Draft: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-draft">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    for (const each of panel.shadowRoot!.querySelectorAll("input"))
      each.click();
    await panel.updateComplete;
  },
};

/** A purpose of the site's own can be required too; it has no switch. */
export const RequiredPurpose: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-required">
        <consent-purpose
          name="safety"
          label="Fraud checks"
          description="Looks for stolen cards when you pay."
          required
        ></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
      </consent-manager>
    `),
  play: open,
};

/** The list scrolls; heading and buttons stay. */
export const ManyPurposes: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-many">
        ${Array.from(
          { length: 12 },
          (_, i) => html`
            <consent-purpose
              name=${`beach-${i + 1}`}
              label=${`Beach number ${i + 1}`}
              description="Counts how often you look at the wind there, to show the beaches in your order."
            ></consent-purpose>
          `,
        )}
      </consent-manager>
    `),
  play: open,
};

/** A heading and a text of the page's own, in the slots, and labels from attributes. */
export const OwnWords: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-own-words">
        <consent-purpose
          name="analytics"
          label="Counting visitors"
          description="How many people look at which kite."
        ></consent-purpose>
        <consent-preferences>
          <span slot="heading">What we may count</span>
          <span slot="text">Off is off: we keep nothing about you then.</span>
        </consent-preferences>
      </consent-manager>
    `),
  play: open,
};

export const Themed: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="panel-themed"
        style="
          --consent-color-surface: #fdf6e3;
          --consent-color-text: #3b2f2f;
          --consent-color-muted: #5c4a3d;
          --consent-color-border: #3b2f2f;
          --consent-color-accent: #7a1f3d;
          --consent-color-backdrop: rgb(60 30 10 / 0.6);
          --consent-radius: 0;
          --consent-font: 1.0625rem/1.5 Georgia, serif;
        "
      >
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const OnADarkPage: Story = {
  render: () =>
    darkPage(html`
      <consent-manager storage="memory" cookie-name="panel-dark">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const RightToLeft: Story = {
  render: () =>
    html`<div dir="rtl">
      ${page(html`
        <consent-manager storage="memory" cookie-name="panel-rtl">
          ${purposes}
        </consent-manager>
      `)}
    </div>`,
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const Narrow: Story = {
  globals: SMALL,
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-narrow">
        ${purposes}
      </consent-manager>
    `),
  play: open,
};
