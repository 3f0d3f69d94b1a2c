import { html } from "lit";
import "../src/define.js";
import { bannerOf } from "./open.js";
import { darkPage, page } from "./page.js";
import { SMALL, type Stories, type Story } from "./story.js";

export default {
  title: "consent-banner",
  component: "consent-banner",
} satisfies Stories;

/** Every story ends when its banner is to be seen. */
const appear: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  await bannerOf(canvasElement);
};

/** The plain tag: one purpose, all words ours. */
export const FirstVisit: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="banner-first-visit"
      ></consent-manager>
    `),
  play: appear,
};

export const SeveralPurposes: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-several">
        <consent-purpose name="necessary"></consent-purpose>
        <consent-purpose name="functional"></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** Where the law lets things run until a no, the text says that they run. */
export const OptOutMode: Story = {
  render: () =>
    page(html`
      <consent-manager
        mode="opt-out"
        storage="memory"
        cookie-name="banner-opt-out"
      >
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** A heading and a text of the page's own, in the slots. */
export const OwnWords: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-own-words">
        <consent-banner>
          <span slot="heading">May we count you?</span>
          <span slot="text">
            We would like to know how many people look at which kite. No
            counting before you say yes.
            <a href="#privacy">How we count</a>
          </span>
        </consent-banner>
      </consent-manager>
    `),
  play: appear,
};

/** Purposes with labels of the page's own. */
export const OwnLabels: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="banner-own-labels"
        policy-href="#privacy"
      >
        <consent-purpose
          name="analytics"
          label="counting visitors"
        ></consent-purpose>
        <consent-purpose
          name="wind"
          label="the wind where you are"
        ></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** Custom properties and parts, both from the page. */
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
          --consent-gap: 20px;
          --consent-font: 1.0625rem/1.5 Georgia, serif;
          --consent-shadow: 6px 6px 0 #3b2f2f;
          --consent-max-width: 44rem;
        }
        .themed consent-banner::part(button) {
          letter-spacing: 0.02em;
        }
      </style>
      <consent-manager
        class="themed"
        storage="memory"
        cookie-name="banner-themed"
      >
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
        <consent-banner></consent-banner>
      </consent-manager>
    `),
  play: appear,
};

/** A dark page is followed, whatever the visitor's system says. */
export const OnADarkPage: Story = {
  render: () =>
    darkPage(html`
      <consent-manager storage="memory" cookie-name="banner-dark">
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

export const RightToLeft: Story = {
  render: () =>
    html`<div dir="rtl">
      ${page(html`
        <consent-manager storage="memory" cookie-name="banner-rtl">
          <consent-purpose name="analytics"></consent-purpose>
          <consent-purpose name="marketing"></consent-purpose>
        </consent-manager>
      `)}
    </div>`,
  play: appear,
};

export const Narrow: Story = {
  globals: SMALL,
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-narrow">
        <consent-purpose name="functional"></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** More than fits: the text scrolls inside, and the buttons can be reached. */
export const LongWords: Story = {
  globals: SMALL,
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-long">
        ${[
          "Donaudampfschifffahrtsgesellschaftsnachrichten",
          "Measuring how far each kite has flown on which beach",
          "Remembering the colours of the last kite that you looked at",
          "Showing you the weather of the weekend to come",
        ].map(
          (label, i) =>
            html`<consent-purpose
              name=${`own-${i}`}
              label=${label}
            ></consent-purpose>`,
        )}
      </consent-manager>
    `),
  play: appear,
};
