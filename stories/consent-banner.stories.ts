import { html, type TemplateResult } from "lit";
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

/** The banner in a place of its own, on a page long enough to see what is behind it. */
const placed = (layout: string): TemplateResult =>
  page(html`
    <consent-manager
      storage="memory"
      cookie-name=${`banner-${layout}`}
      banner-layout=${layout}
    >
      <consent-purpose name="necessary"></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <p>Behind it the page goes on, and every line of it can be reached.</p>
  `);

/** A bar at the top; the page keeps room for it there. */
export const Top: Story = { render: () => placed("top"), play: appear };

/** A box in the corner where lines end. */
export const CornerBox: Story = { render: () => placed("box"), play: appear };

/** A box in the corner where lines begin. */
export const CornerBoxAtStart: Story = {
  render: () => placed("box-start"),
  play: appear,
};

/** A card in the middle, which bars nothing. */
export const Card: Story = { render: () => placed("card"), play: appear };

/** A part of the page, where the page has put it. */
export const Inline: Story = { render: () => placed("inline"), play: appear };

/** A dialog that bars the page: only when a site asks for it. */
export const Modal: Story = { render: () => placed("modal"), play: appear };

/** On a small phone a box is as wide as a bar. */
export const NarrowBox: Story = {
  globals: SMALL,
  render: () => placed("box"),
  play: appear,
};

/** How many services there are, and the way to them. */
export const Services: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-services">
        <consent-purpose name="analytics">
          <consent-service label="Kite counter"></consent-service>
        </consent-purpose>
        <consent-purpose name="marketing">
          <consent-service name="films" label="Films" switch></consent-service>
          <consent-service label="Postcards"></consent-service>
        </consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** Buttons of the page's own, with its own class. */
export const OwnButtons: Story = {
  render: () =>
    page(html`
      <style>
        .kite {
          min-block-size: 44px;
          padding: 8px 18px;
          border: 2px solid #0b5351;
          border-radius: 99px;
          background: #fff;
          color: #0b5351;
          font:
            600 1rem/1.5 Georgia,
            serif;
        }
      </style>
      <consent-manager storage="memory" cookie-name="banner-own-buttons">
        <consent-banner>
          <button slot="accept" class="kite" type="button">Yes to all</button>
          <button slot="reject" class="kite" type="button">No to all</button>
          <button slot="preferences" class="kite" type="button">Choose</button>
        </consent-banner>
      </consent-manager>
    `),
  play: appear,
};

/** Links of the page's own, in the text and in place of the buttons. */
export const OwnLinks: Story = {
  render: () =>
    page(html`
      <style>
        .way {
          padding-block: 10px;
          color: inherit;
          text-align: center;
        }
      </style>
      <consent-manager storage="memory" cookie-name="banner-own-links">
        <consent-banner>
          <a slot="policy" href="#counting">How we count</a>
          <a slot="accept" class="way" href="#yes">Yes to all</a>
          <a slot="reject" class="way" href="#no">No to all</a>
          <a slot="preferences" class="way" href="#choose">Choose</a>
        </consent-banner>
      </consent-manager>
    `),
  play: appear,
};

/** What cannot be pressed is shown beside our button, and takes no answer away. */
export const WrongElementInASlot: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="banner-wrong-slot">
        <consent-banner>
          <span slot="reject">No, thank you</span>
        </consent-banner>
      </consent-manager>
    `),
  play: appear,
};

/** The page's language is the banner's. */
const speaking = (lang: string): TemplateResult =>
  html`<div lang=${lang}>
    ${page(html`
      <consent-manager storage="memory" cookie-name=${`banner-${lang}`}>
        <consent-purpose name="functional"></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `)}
  </div>`;

/** Long words. */
export const German: Story = {
  globals: SMALL,
  render: () => speaking("de"),
  play: appear,
};

/** Longer ones. */
export const Finnish: Story = {
  globals: SMALL,
  render: () => speaking("fi"),
  play: appear,
};

/** From right to left by the language alone, where the page says nothing of a direction. */
export const Arabic: Story = { render: () => speaking("ar"), play: appear };

export const Persian: Story = {
  globals: SMALL,
  render: () => speaking("fa"),
  play: appear,
};
