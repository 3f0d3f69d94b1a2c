import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import { createConsent } from "../../src/create-consent.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";

const page = html`
  <consent-manager>
    <consent-banner><p slot="text">We bake.</p></consent-banner>
    <consent-preferences><p slot="text">Pick some.</p></consent-preferences>
  </consent-manager>
`;

/** Whether each of the page's own texts is to be seen. */
const seen = (manager: Element) =>
  Array.from(manager.querySelectorAll("[slot]"), (p) => p.checkVisibility());

// In this order: once an element is defined there is no way back within a page.
describe("what the page puts into elements that are not defined yet", () => {
  afterEach(cleanStorage);

  it("is not to be seen by a returning visitor, who never loads them", async () => {
    createConsent({ purposes: ["analytics"] }).denyAll({ source: "user" });
    const ready = next("consent-ready");
    const manager = await fixture(page);
    await ready;

    expect(customElements.get("consent-banner")).to.equal(undefined);
    expect(seen(manager)).to.deep.equal([false, false]);
  });

  it("is not to be seen in the preferences before they are opened", async () => {
    const { manager } = await firstVisit(page);

    expect(customElements.get("consent-preferences")).to.equal(undefined);
    expect(seen(manager)).to.deep.equal([true, false]);
  });
});
