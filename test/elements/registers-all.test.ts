import { expect } from "@open-wc/testing";
import { html } from "lit";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";

const defined = () =>
  [
    "consent-banner",
    "consent-embed",
    "consent-manager",
    "consent-preferences",
    "consent-purpose",
    "consent-trigger",
  ].filter((tag) => customElements.get(tag));

// Alone in its file, and in this order: what is defined stays defined.
describe("entries that register", () => {
  afterEach(cleanStorage);

  it("auto registers the light elements, and leaves the visible ones for later", async () => {
    await import("../../src/auto.js");
    expect(defined()).to.deep.equal([
      "consent-embed",
      "consent-manager",
      "consent-purpose",
      "consent-trigger",
    ]);
  });

  it("define registers every element", async () => {
    await import("../../src/define.js");
    expect(defined()).to.have.length(6);
    const { manager, banner } = await firstVisit(
      html`<consent-manager></consent-manager>`,
    );
    button(banner, "reject").click();
    expect(manager.consent.get("analytics")).to.equal("denied");
  });
});
