import { expect } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import {
  BANNER_LAYOUTS,
  type BannerLayout,
} from "../../src/elements/consent-banner.js";
import { PREFERENCES_LAYOUTS } from "../../src/elements/consent-preferences.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { contrast } from "../support/contrast.js";
import { firstVisit } from "../support/first-visit.js";
import { hit } from "../support/hit.js";
import { nameOf } from "../support/name-of.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";

const page = html`
  <div>
    <consent-manager>
      <consent-purpose name="necessary" required></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <p>A page</p>
    <hr />
  </div>
`;

/** Keeps the page long, whatever else happens to it. */
const LONG =
  "hr { display: block !important; height: 3000px !important; width: 1px }";

const ANSWERS = ["accept", "reject", "preferences"];
const PANEL = ["save", "accept", "reject"];

/** Styles that sites and their visitors really have, or that are worse than any. */
const HOSTILE = [
  "* { all: unset } head { display: none }",
  "* { all: initial !important } head { display: none !important }",
  "button, [part], h2, p, a { display: none !important }",
  "* { font-size: 40px !important }",
  ":root { font-size: 200% }",
  "* { color: red !important; letter-spacing: 1em }",
  "* { color: #fff !important; background: #000 !important }",
  "* { white-space: nowrap; text-align: center; text-transform: uppercase }",
  "* { pointer-events: none; user-select: none }",
  "* { pointer-events: auto !important }",
  "* { z-index: 0 !important }",
  "consent-manager { display: flex } consent-manager > * { flex: none }",
  "* { inset: auto !important; margin: 0 !important; float: left }",
  "* { direction: rtl }",
  "* { transition: all 10s !important; animation: none !important }",
  ":root { writing-mode: vertical-rl }",
  "body { zoom: 2 }",
  "body > * { overflow: hidden; position: relative; z-index: 0 }",
];

/** Ancestors with these are what a fixed position is reckoned from, in place of the window. */
const CONTAINING = [
  "body { transform: rotate(0) }",
  "body { filter: grayscale(1) }",
  "body { contain: layout paint }",
  "body { will-change: transform }",
];

const settle = (host: Element) => {
  for (const animation of host.shadowRoot!.getAnimations()) animation.finish();
};

/** Brings `each` of the buttons into view, and says what is wrong with it. */
function faults(host: Element, actions: readonly string[]): string[] {
  return actions.flatMap((action) => {
    const each = button(host, action);
    each.scrollIntoView({ block: "center" });
    const { width, height } = each.getBoundingClientRect();
    return [
      nameOf(hit(each)) !== action && "cannot be pressed",
      (width < 24 || height < 24) && `is ${width} by ${height}`,
      each.scrollWidth > each.clientWidth + 1 && "is cut off",
    ]
      .filter((fault) => fault !== false)
      .map((fault) => `${action} ${fault}`);
  });
}

/** What of the heading, the text and the buttons cannot be read. */
function pale(host: Element): string[] {
  const root = host.shadowRoot!;
  const box = root.querySelector(`[part="banner"], [part="dialog"]`)!;
  const behind = (element: Element): string => {
    const { backgroundColor } = getComputedStyle(element);
    return element === box || !backgroundColor.endsWith(", 0)")
      ? backgroundColor
      : behind(element.parentElement ?? box);
  };
  return Array.from(
    root.querySelectorAll(
      `[part="heading"], [part="text"], [part="label"], [part="description"], [part~="button"]`,
    ),
  )
    .filter((each) => each.textContent!.trim())
    .map((each): [string, number] => [
      each.getAttribute("part")!,
      contrast(getComputedStyle(each).color, behind(each)),
    ])
    .filter(([, ratio]) => ratio < 4.5)
    .map(([part, ratio]) => `${part} has ${ratio.toFixed(1)} : 1`);
}

/** Whether all of the box is in the window, without scrolling. */
function isInView(host: Element): boolean {
  const { top, left, bottom, right } = host
    .shadowRoot!.querySelector("[part=banner]")!
    .getBoundingClientRect();
  return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
}

describe("among hostile styles", () => {
  before(() => setViewport({ width: 800, height: 600 }));
  afterEach(() => {
    cleanStorage();
    scrollTo(0, 0);
  });

  for (const css of HOSTILE)
    describe(css, () => {
      it("the banner is in view and can be read and answered, in every layout", async () => {
        pageStyle(css);
        pageStyle(LONG);
        const { banner } = await firstVisit(page);
        const found: Record<string, unknown> = {};
        for (const layout of BANNER_LAYOUTS) {
          banner.layout = layout;
          await banner.updateComplete;
          settle(banner);
          scrollTo(0, 0);
          const isSeen = layout === "inline" || isInView(banner);
          const faulty = [...faults(banner, ANSWERS), ...pale(banner)];
          if (!isSeen) faulty.push("is out of view");
          if (faulty[0]) found[layout] = faulty;
          banner.shadowRoot!.querySelector("dialog")?.close();
        }
        expect(found).to.deep.equal({});
      });

      it("the panel can be read and answered, in every layout", async () => {
        pageStyle(css);
        pageStyle(LONG);
        const { manager } = await firstVisit(page);
        await manager.hide();
        const found: Record<string, unknown> = {};
        for (const layout of PREFERENCES_LAYOUTS) {
          manager.querySelector("consent-preferences")?.remove();
          manager.setAttribute("preferences-layout", layout);
          const { panel, dialog } = await openPanel(manager);
          const faulty = [...faults(panel, PANEL), ...pale(panel)];
          if (faulty[0]) found[layout] = faulty;
          dialog?.close();
        }
        expect(found).to.deep.equal({});
      });
    });

  for (const css of CONTAINING)
    it(`the banner is at the page's edge and can be answered where that is no window: ${css}`, async () => {
      pageStyle(css);
      pageStyle(LONG);
      const { banner } = await firstVisit(page);
      const found: Record<string, unknown> = {};
      for (const layout of BANNER_LAYOUTS) {
        banner.layout = layout;
        await banner.updateComplete;
        settle(banner);
        const faulty = faults(banner, ANSWERS);
        if (faulty[0]) found[layout] = faulty;
        banner.shadowRoot!.querySelector("dialog")?.close();
      }
      expect(found).to.deep.equal({});
    });

  it("a page below a card can be pressed, and seen", async () => {
    pageStyle("* { background: #fff !important; pointer-events: auto }");
    const { banner } = await firstVisit(page);
    const layout: BannerLayout = "card";
    banner.layout = layout;
    await banner.updateComplete;
    expect(getComputedStyle(banner).backgroundColor).to.equal(
      "rgba(0, 0, 0, 0)",
    );
    expect(nameOf(document.elementFromPoint(2, 2))).to.not.equal(
      "consent-banner",
    );
  });

  const blockers = [
    "consent-manager, consent-banner { display: none }",
    "consent-banner { display: none !important }",
    "consent-banner { visibility: hidden; opacity: 0 }",
  ];
  for (const css of blockers)
    for (const layout of BANNER_LAYOUTS.filter(
      // A dialog in the top layer is seen whatever is said of the banner's visibility.
      (each) => each !== "modal" || /display/.test(css),
    ))
      it(`a ${layout} that a blocker hides leaves the page free, and the answer is no: ${css}`, async () => {
        pageStyle(css);
        const { manager, banner } = await firstVisit(
          html`<div>
            <consent-manager banner-layout=${layout}></consent-manager>
            <button id="own">The page's own</button>
          </div>`,
        );
        const own = document.querySelector<HTMLElement>("#own")!;
        own.focus();
        const isSeen = button(banner, "accept").checkVisibility({
          opacityProperty: true,
          visibilityProperty: true,
        });
        expect([
          isSeen,
          nameOf(document.activeElement),
          nameOf(hit(own)),
          getComputedStyle(document.documentElement).overflow,
          manager.consent.isGranted("analytics"),
        ]).to.deep.equal([false, nameOf(own), nameOf(own), "visible", false]);
      });

  it("preferences that a blocker hides do not bar the page", async () => {
    pageStyle("consent-preferences { display: none !important }");
    const { manager } = await firstVisit(page);
    const { dialog } = await openPanel(manager);
    expect([dialog.open, document.querySelector(":modal")]).to.deep.equal([
      false,
      null,
    ]);
  });
});
