import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import {
  ConsentBannerElement,
  ConsentManagerElement,
  ConsentPreferencesElement,
  ConsentPurposeElement,
  ConsentTriggerElement,
} from "../../src/elements.js";
import { cleanStorage } from "../support/clean-storage.js";
import { next } from "../support/next.js";

const TAGS = [
  "consent-banner",
  "consent-manager",
  "consent-preferences",
  "consent-purpose",
  "consent-trigger",
];

// Alone in its file: no other test may define the elements first. In this order, for the same reason.
describe("the entry with the classes", () => {
  afterEach(cleanStorage);

  it("registers nothing", () => {
    expect(
      TAGS.filter((tag) => customElements.get(tag) !== undefined),
    ).to.deep.equal([]);
  });

  it("hands out a manager that works under another name", async () => {
    ConsentManagerElement.define("own-consent");
    const shown = next("consent-show");
    const manager = await fixture<ConsentManagerElement>(
      html`<own-consent></own-consent>`,
    );
    expect((await shown).target === manager).to.equal(true);
    expect(manager.querySelector("consent-banner")!.open).to.equal(true);
  });

  it("hands out classes that can be registered one by one, once", () => {
    ConsentBannerElement.define();
    ConsentPreferencesElement.define();
    ConsentPurposeElement.define();
    ConsentTriggerElement.define();
    ConsentTriggerElement.define();
    expect([
      customElements.get("consent-banner"),
      customElements.get("consent-preferences"),
      customElements.get("consent-purpose"),
      customElements.get("consent-trigger"),
    ]).to.deep.equal([
      ConsentBannerElement,
      ConsentPreferencesElement,
      ConsentPurposeElement,
      ConsentTriggerElement,
    ]);
  });
});
