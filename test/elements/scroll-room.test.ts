import { expect, fixture } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { pageStyle } from "../support/page-style.js";
import { isMiniBrowser } from "../support/engine.js";

const page = html`
  <consent-manager storage="memory" cookie-name="room"></consent-manager>
`;

/** What the page keeps free while it scrolls. In pixels, as the browser has it. */
const room = () =>
  parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) ||
  0;

/** Resolves when `element` is as narrow as this. Observers that are older have heard of it then. */
const narrowed = (element: Element, width: number) =>
  new Promise<void>((resolve) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry!.contentRect.width > width) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });

describe("room for the banner while the page scrolls", () => {
  afterEach(async () => {
    cleanStorage();
    document.documentElement.removeAttribute("style");
    await setViewport({ width: 800, height: 600 });
  });

  it("is as high as the banner, and goes with it", async () => {
    const { banner } = await firstVisit(page);
    expect(room()).to.equal(banner.offsetHeight);
    expect(room()).to.be.above(100);

    const hidden = next("consent-hide");
    button(banner, "reject").click();
    await hidden;
    await banner.updateComplete;
    expect(room()).to.equal(0);
    expect(document.documentElement.style.cssText).to.equal("");
  });

  it("grows with the banner", async function () {
    if (isMiniBrowser) this.skip();
    const { banner } = await firstVisit(page);
    const before = room();
    const narrow = narrowed(banner, 320);
    await setViewport({ width: 320, height: 600 });
    await narrow;
    expect(room()).to.equal(banner.offsetHeight);
    expect(room()).to.be.above(before);
  });

  it("gives the page its own values back", async () => {
    const { style } = document.documentElement;
    style.scrollPaddingBottom = "7px";
    style.paddingBottom = "3px";
    pageStyle(":root { scroll-padding-top: 50px }");
    const { banner } = await firstVisit(page);
    expect(room()).to.equal(banner.offsetHeight);
    const { scrollPaddingTop } = getComputedStyle(document.documentElement);
    expect(scrollPaddingTop).to.equal("50px");

    const hidden = next("consent-hide");
    button(banner, "reject").click();
    await hidden;
    await banner.updateComplete;
    const { scrollPaddingBottom, paddingBottom } = getComputedStyle(
      document.documentElement,
    );
    expect([scrollPaddingBottom, paddingBottom]).to.deep.equal(["7px", "3px"]);
  });

  it("goes when the banner or the manager is taken away, and comes back with it", async () => {
    const { manager, banner } = await firstVisit(page);
    const full = room();
    banner.remove();
    expect(room()).to.equal(0);
    manager.append(banner);
    expect(room()).to.equal(full);
    const { parentElement } = manager;
    manager.remove();
    expect(room()).to.equal(0);
    parentElement!.append(manager);
    expect(room()).to.equal(full);
  });

  it("is not there for a banner that the visitor's rules hide", async () => {
    pageStyle("consent-banner { display: none !important }");
    await firstVisit(page);
    expect(room()).to.equal(0);
  });

  for (const [first, second] of [
    [0, 1],
    [1, 0],
  ] as const)
    it(`leaves nothing behind where two banners were open, closed as ${first}, ${second}`, async () => {
      const both = await fixture<HTMLElement>(html`<div></div>`);
      const banners = [];
      for (const name of ["room-1", "room-2"]) {
        const shown = next("consent-show");
        const manager = document.createElement("consent-manager");
        manager.setAttribute("storage", "memory");
        manager.setAttribute("cookie-name", name);
        both.append(manager);
        await shown;
        const banner = manager.querySelector("consent-banner")!;
        await banner.updateComplete;
        banners.push(banner);
      }
      for (const i of [first, second]) {
        const hidden = next("consent-hide");
        button(banners[i]!, "reject").click();
        await hidden;
        await banners[i]!.updateComplete;
      }
      expect(room()).to.equal(0);
    });
});
