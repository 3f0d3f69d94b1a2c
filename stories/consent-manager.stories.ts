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
