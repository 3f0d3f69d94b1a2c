import { expect } from "@open-wc/testing";
import { sendKeys, setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { nameOf } from "../support/name-of.js";
import { hit } from "../support/hit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";

const page = html`<consent-manager></consent-manager>`;

describe("P9 a guest in the page", () => {
  afterEach(async () => {
    cleanStorage();
    await setViewport({ width: 800, height: 600 });
  });

  const resets = [
    "* { all: unset }",
    "* { display: block }",
    "div, div * { display: flex !important }",
  ];
  for (const css of resets)
    it(`is gone after the choice, whatever the page's styles say: ${css}`, async () => {
      pageStyle(css);
      const { banner } = await firstVisit(page);
      const hidden = next("consent-hide");
      button(banner, "reject").click();
      await hidden;
      await banner.updateComplete;
      expect(button(banner, "accept").checkVisibility()).to.equal(false);
    });

  it("keeps its distance from the edges where a reset takes it", async () => {
    pageStyle(
      "*, ::before, ::after { margin: 0; padding: 0; border: 0 solid }",
    );
    await setViewport({ width: 400, height: 600 });
    const { banner } = await firstVisit(page);
    for (const animation of banner.shadowRoot!.getAnimations())
      animation.finish();
    const { left, right, bottom } = banner
      .shadowRoot!.querySelector("[part=banner]")!
      .getBoundingClientRect();
    expect([left, innerWidth - right, innerHeight - bottom]).to.deep.equal([
      16, 16, 16,
    ]);
  });

  it("keeps its buttons where the page hides, shrinks or names its own", async () => {
    pageStyle(`
      button, [data-action], a, h2, p { display: none !important; }
      button { width: 1px !important; font-size: 60px !important; }
      #heading { color: red !important; }
    `);
    const { manager, banner } = await firstVisit(page);
    for (const action of ["accept", "reject", "preferences"]) {
      const each = button(banner, action);
      expect(nameOf(hit(each))).to.equal(action);
      expect(each.offsetHeight).to.equal(44);
    }
    const { panel } = await openPanel(manager);
    for (const action of ["save", "accept", "reject", "close"])
      expect(nameOf(hit(button(panel, action)))).to.not.equal("nothing");
    expect(button(panel, "save").offsetHeight).to.equal(44);
  });

  it("can be hidden by the visitor's own rules; the answer is no and the page is free", async () => {
    pageStyle("consent-banner { display: none !important }");
    const { manager, banner } = await firstVisit(page);
    expect(banner.checkVisibility()).to.equal(false);
    expect(manager.consent.isGranted("analytics")).to.equal(false);
    expect(getComputedStyle(document.body).overflow).to.equal("visible");
  });

  it("waits behind a modal of the page, and works when that has closed", async () => {
    const { manager, banner } = await firstVisit(page);
    const modal = document.body.appendChild(document.createElement("dialog"));
    modal.append(document.createElement("button"));
    modal.showModal();
    const accept = button(banner, "accept");
    accept.focus();
    expect(nameOf(document.activeElement)).to.not.equal("consent-banner");

    modal.close();
    modal.remove();
    accept.focus();
    expect(nameOf(document.activeElement)).to.equal("consent-banner");
    await sendKeys({ press: "Enter" });
    expect(manager.consent.isGranted("analytics")).to.equal(true);
  });

  it("opens its panel above a modal of the page, and closes it alone", async () => {
    const { manager } = await firstVisit(page);
    const modal = document.body.appendChild(document.createElement("dialog"));
    modal.showModal();
    const { panel } = await openPanel(manager);
    const save = button(panel, "save");
    expect(nameOf(hit(save))).to.equal("save");
    const hidden = next("consent-hide");
    await sendKeys({ press: "Escape" });
    await hidden;
    const { open } = modal;
    modal.remove();
    expect([panel.open, open]).to.deep.equal([false, true]);
  });
});
