import { html } from "lit";
import { createConsent } from "../src/index.js";
import "../src/define.js";
import { bannerOf, managerOf, preferencesOf } from "./open.js";
import { page } from "./page.js";
import type { Stories, Story } from "./story.js";

export default {
  title: "consent-manager",
  component: "consent-manager",
} satisfies Stories;

const appear: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  await bannerOf(canvasElement);
};

/** Nobody has decided: the banner asks. */
export const FirstVisit: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="manager-first-visit">
        <consent-purpose name="necessary"></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** There is a decision: nothing is to be seen, and the way back is in the page. */
export const ReturningVisit: Story = {
  render: () => {
    const consent = createConsent({
      storage: "memory",
      cookieName: "manager-returning",
    });
    consent.denyAll({ source: "user" });
    return page(html`
      <consent-manager .consent=${consent}></consent-manager>
      <consent-trigger></consent-trigger>
    `);
  },
};

/** The terms are new: what was refused stays refused, and everything is asked again. */
export const AnotherRevision: Story = {
  render: () => {
    // What a browser would have kept from the revision before.
    const kept = `analytics=denied&revision=1&time=${new Date().toISOString()}&source=user&action=save`;
    const consent = createConsent({
      revision: "2",
      storage: { read: () => [kept], write() {} },
      cookieName: "manager-another-revision",
    });
    return page(html`<consent-manager .consent=${consent}></consent-manager>`);
  },
  play: appear,
};

/** Decided for all but the purpose that came late. */
export const LatePurpose: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="manager-late">
        <consent-purpose name="analytics"></consent-purpose>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const manager = managerOf(canvasElement);
    manager.grantAll();
    const late = document.createElement("consent-purpose");
    late.setAttribute("name", "marketing");
    manager.append(late);
    await bannerOf(canvasElement);
  },
};

/** Both layers at once: the panel above the banner, which stays until there is an answer. */
export const BothLayers: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="manager-both">
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    await bannerOf(canvasElement);
    await preferencesOf(canvasElement);
  },
};

/** A mistake in the markup is told in the console, and the strictest defaults hold. */
export const MistakeInMarkup: Story = {
  render: () =>
    page(html`
      <consent-manager
        mode="optin"
        storage="memory"
        cookie-name="manager-mistake"
      ></consent-manager>
    `),
  play: appear,
};

/** Where banner and preferences are, said in one place. */
export const Layouts: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="manager-layouts"
        banner-layout="box"
        preferences-layout="side"
      >
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    await bannerOf(canvasElement);
    await preferencesOf(canvasElement);
  },
};

/** Words of the page's own in place of ours. */
export const OwnWords: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="manager-own-words"
        .words=${{
          title: "May we count kites?",
          accept: "Count all",
          reject: "Count none",
          purposes: { analytics: { label: "counting" } },
        }}
      >
        <consent-purpose name="analytics"></consent-purpose>
      </consent-manager>
    `),
  play: appear,
};

/** The page's language has changed while the banner was there. */
export const LanguageChanged: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="manager-language">
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const banner = await bannerOf(canvasElement);
    managerOf(canvasElement).lang = "ar";
    while (banner.lang !== "ar") {
      await new Promise(requestAnimationFrame);
      await banner.updateComplete;
    }
  },
};

/** A returning visit to a page of privacy settings: what holds is in the page, and nothing is asked. */
export const PreferencesInThePage: Story = {
  render: () => {
    const consent = createConsent({
      purposes: ["analytics", "marketing"],
      storage: "memory",
      cookieName: "manager-in-the-page",
    });
    consent.set({ analytics: "granted", marketing: "denied" });
    return page(html`
      <consent-manager .consent=${consent}>
        <consent-preferences layout="inline"></consent-preferences>
      </consent-manager>
    `);
  },
  async play({ canvasElement }) {
    await preferencesOf(canvasElement);
  },
};
