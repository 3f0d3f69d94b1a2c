import { expect, fixture, waitUntil } from "@open-wc/testing";
import {
  resetMouse,
  sendKeys,
  sendMouse,
  setViewport,
} from "@web/test-runner-commands";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import { createConsent } from "../../src/create-consent.js";
import {
  BANNER_LAYOUTS,
  type BannerLayout,
} from "../../src/elements/consent-banner.js";
import {
  PREFERENCES_LAYOUTS,
  type PreferencesLayout,
} from "../../src/elements/consent-preferences.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { emulate } from "../support/emulate.js";
import { fakeTimers } from "../support/fake-timers.js";
import { firstVisit } from "../support/first-visit.js";
import { isMiniBrowser } from "../support/engine.js";
import { nameOf } from "../support/name-of.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { switches } from "../support/switches.js";

const purposes = html`
  <consent-purpose name="necessary"></consent-purpose>
  <consent-purpose name="analytics"></consent-purpose>
  <consent-purpose name="marketing"></consent-purpose>
`;

const links = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => html`<p><a href="#link-${i}">Link ${i}</a></p>`,
  );

const withBanner = (layout: string, rest: unknown = ""): TemplateResult => html`
  <div>
    <consent-manager banner-layout=${layout}>${purposes}</consent-manager>
    ${rest}
  </div>
`;

const boxOf = (host: Element) =>
  host.shadowRoot!.querySelector<HTMLElement>(
    '[part="banner"], [part="dialog"]',
  )!;

/** Which edges of the window a box is near, by the space to the one and the other. */
function placeOf(box: Element): { inline: string; block: string } {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const where = (a: number, b: number) =>
    Math.abs(a - b) <= 16 ? "middle" : a < b ? "start" : "end";
  const { clientWidth } = document.documentElement;
  return {
    inline: where(left, clientWidth - right),
    block: where(top, innerHeight - bottom),
  };
}

const padding = () => {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(
    document.documentElement,
  );
  return [scrollPaddingTop, scrollPaddingBottom].map(
    (each) => parseFloat(each) || 0,
  );
};

describe("layouts", () => {
  before(() => emulate({ reducedMotion: "reduce" }));
  after(() => emulate({ reducedMotion: "no-preference" }));
  beforeEach(function () {
    if (isMiniBrowser) this.skip();
  });
  afterEach(async () => {
    cleanStorage();
    scrollTo(0, 0);
    history.replaceState(null, "", location.pathname + location.search);
    await setViewport({ width: 800, height: 600 });
  });

  describe("of the banner", () => {
    const places: readonly [BannerLayout, string, string, string][] = [
      ["bar", "middle", "end", "region"],
      ["top", "middle", "start", "region"],
      ["box", "end", "end", "region"],
      ["box-start", "start", "end", "region"],
      ["card", "middle", "middle", "region"],
      ["modal", "middle", "middle", "dialog"],
    ];
    for (const dir of ["ltr", "rtl"])
      for (const [layout, inline, block, role] of places)
        it(`${layout} is at ${inline} and ${block}, a ${role}, where a page reads ${dir}`, async () => {
          await setViewport({ width: 1000, height: 800 });
          const { banner } = await firstVisit(
            html`<div dir=${dir}>${withBanner(layout)}</div>`,
          );
          const mirrored =
            dir === "rtl"
              ? { start: "end", end: "start", middle: "middle" }[inline]
              : inline;
          expect(placeOf(boxOf(banner))).to.deep.equal({
            inline: mirrored,
            block,
          });
          expect(banner.role).to.equal(role === "region" ? "region" : null);
          expect(boxOf(banner).localName).to.equal(
            role === "dialog" ? "dialog" : "div",
          );
          expect(boxOf(banner).matches(":modal")).to.equal(role === "dialog");
          await audit(banner);
        });

    it("inline is where it stands in the page, and takes no room elsewhere", async () => {
      const { banner } = await firstVisit(html`
        <div>
          <p id="above">Above</p>
          ${withBanner("inline")}
          <p id="below">Below</p>
        </div>
      `);
      const [above, box, below] = [
        document.getElementById("above")!,
        boxOf(banner),
        document.getElementById("below")!,
      ].map((each) => each.getBoundingClientRect());
      expect(above!.bottom).to.be.at.most(box!.top);
      expect(box!.bottom).to.be.at.most(below!.top);
      expect(banner.role).to.equal("region");
      expect(padding()).to.deep.equal([0, 0]);
      expect(document.documentElement.style.cssText).to.equal("");
      await audit(banner);
    });

    it("modal takes the focus to its heading, never to a yes, and gives it back", async () => {
      const field = document.body.appendChild(document.createElement("input"));
      field.focus();
      const { manager, banner } = await firstVisit(withBanner("modal"));
      expect(nameOf(deepActive())).to.equal("heading");
      const hidden = next("consent-hide");
      button(banner, "reject").click();
      await hidden;
      await banner.updateComplete;
      const isBack = document.activeElement === field;
      field.remove();
      expect(isBack).to.equal(true);
      expect(manager.consent.record!.action).to.equal("deny-all");
    });

    it("can change while it is to be seen", async () => {
      const { banner } = await firstVisit(withBanner("bar"));
      for (const layout of [...BANNER_LAYOUTS, ...BANNER_LAYOUTS]) {
        banner.layout = layout;
        await banner.updateComplete;
        expect(boxOf(banner).checkVisibility(), layout).to.equal(true);
        expect(boxOf(banner).matches(":modal"), layout).to.equal(
          layout === "modal",
        );
        expect(banner.role, layout).to.equal(
          layout === "modal" ? null : "region",
        );
      }
    });

    it("is said by the banner itself before the manager", async () => {
      const { banner } = await firstVisit(html`
        <consent-manager banner-layout="top">
          <consent-banner layout="box"></consent-banner>
        </consent-manager>
      `);
      expect(banner.layout).to.equal("box");
    });

    it("is said by the manager for a banner that says nothing and was there first", async () => {
      // Defined by now: the browser makes it before the manager looks at it.
      await firstVisit(withBanner("bar"));
      const { banner } = await firstVisit(html`
        <consent-manager banner-layout="top" cookie-name="another">
          <consent-banner></consent-banner>
        </consent-manager>
      `);
      expect(banner.layout).to.equal("top");
      banner.removeAttribute("layout");
      expect(banner.layout).to.equal("bar");
    });

    it("modal is modal again when it was taken out of the page and came back", async () => {
      const { manager, banner } = await firstVisit(withBanner("modal"));
      const { parentElement } = manager;
      manager.remove();
      manager.lang = "de";
      banner.requestUpdate();
      await banner.updateComplete;
      parentElement!.append(manager);
      await banner.updateComplete;
      expect(boxOf(banner).matches(":modal")).to.equal(true);
    });

    it("that there is not is told once, and the banner is a bar", async () => {
      const errors = stubConsoleError();
      const { banner } = await firstVisit(withBanner("sidebar"));
      banner.requestUpdate();
      await banner.updateComplete;
      expect(errors.map(([error]) => (error as Error).name)).to.deep.equal([
        "RangeError",
      ]);
      expect((errors[0]![0] as Error).message)
        .to.contain("layout")
        .and.contain("sidebar")
        .and.contain("box-start");
      expect(boxOf(banner).checkVisibility()).to.equal(true);
      expect(placeOf(boxOf(banner))).to.deep.equal({
        inline: "middle",
        block: "end",
      });
      expect(padding()).to.deep.equal([0, banner.offsetHeight]);
    });
  });

  describe("room for the banner", () => {
    /** Which of 60 links of the page were hidden when they had the focus, on the way down and up again. */
    async function hiddenLinks(
      layout: BannerLayout,
      go: (link: HTMLElement, key: "Tab" | "Shift+Tab") => unknown,
    ): Promise<string[]> {
      const { banner } = await firstVisit(
        withBanner(
          layout,
          html`<main style="padding-inline: 3rem">${links(60)}</main>`,
        ),
      );
      const hidden: string[] = [];
      const all = [...document.querySelectorAll<HTMLElement>("main a")];
      const look = (link: HTMLElement) => {
        expect(nameOf(document.activeElement)).to.equal(nameOf(link));
        const { left, right, top, bottom } = link.getBoundingClientRect();
        const cover = boxOf(banner).getBoundingClientRect();
        const isCovered =
          top >= cover.top &&
          bottom <= cover.bottom &&
          left >= cover.left &&
          right <= cover.right;
        if (isCovered || bottom <= 0 || top >= innerHeight)
          hidden.push(nameOf(link));
      };
      all[0]!.focus();
      look(all[0]!);
      for (const link of all.slice(1)) {
        await go(link, "Tab");
        look(link);
      }
      for (const link of all.slice(0, -1).reverse()) {
        await go(link, "Shift+Tab");
        look(link);
      }
      return hidden;
    }

    for (const layout of ["bar", "top", "card"] as const)
      it(`lets no link be hidden behind ${layout} that is reached with the keyboard`, async function () {
        this.timeout(20_000);
        let isDown = false;
        const hidden = await hiddenLinks(layout, async (_link, key) => {
          const wanted = key === "Shift+Tab";
          if (wanted !== isDown)
            await sendKeys(wanted ? { down: "Shift" } : { up: "Shift" });
          isDown = wanted;
          await sendKeys({ press: "Tab" });
        });
        await sendKeys({ up: "Shift" });
        expect(hidden).to.deep.equal([]);
      });

    for (const layout of ["bar", "top", "box", "box-start", "card"] as const)
      for (const [width, height] of [
        [1280, 800],
        [320, 568],
        [320, 256],
      ] as const)
        it(`lets no link be hidden behind ${layout} that has the focus, at ${width} by ${height} px`, async () => {
          await setViewport({ width, height });
          const hidden = await hiddenLinks(layout, (link) => link.focus());
          expect(hidden).to.deep.equal([]);
        });

    it("is at the top for a banner at the top, as high as that, and goes with it", async () => {
      const { banner } = await firstVisit(withBanner("top", links(60)));
      expect(padding()).to.deep.equal([banner.offsetHeight, 0]);
      const hidden = next("consent-hide");
      button(banner, "reject").click();
      await hidden;
      await banner.updateComplete;
      expect(padding()).to.deep.equal([0, 0]);
      expect(document.documentElement.style.cssText).to.equal("");
    });

    it("is below the upper edge of a card", async () => {
      const { banner } = await firstVisit(withBanner("card", links(60)));
      const { top } = boxOf(banner).getBoundingClientRect();
      const [start, end] = padding();
      expect(start).to.equal(0);
      expect(end).to.be.closeTo(innerHeight - top + 16, 1);
    });

    for (const [what, count, css, from] of [
      ["at the start of a page", 60, "", 0],
      ["in the middle of a page", 60, "", 700],
      ["of a short page", 2, "", 0],
      [
        "of a page with padding and smooth scrolling",
        60,
        ":root { padding-top: 40px; scroll-behavior: smooth; box-sizing: border-box }",
        0,
      ],
    ] as const)
      it(`moves nothing ${what} when a banner comes and goes at its top`, async () => {
        pageStyle(css);
        const root = await fixture<HTMLElement>(
          html`<div>${links(count)}</div>`,
        );
        scrollTo({ top: from, behavior: "instant" });
        const link = root.querySelectorAll("a")[from ? 20 : 0]!;
        const y = () => link.getBoundingClientRect().top;
        const before = y();
        const shown = next("consent-show");
        const manager = document.createElement("consent-manager");
        manager.setAttribute("banner-layout", "top");
        root.append(manager);
        await shown;
        const banner = manager.querySelector("consent-banner")!;
        await banner.updateComplete;
        const during = y();
        expect(padding()[0]).to.equal(banner.offsetHeight);
        // What was under the banner can be scrolled to.
        scrollBy({ top: -2000, behavior: "instant" });
        const free =
          root.querySelector("a")!.getBoundingClientRect().top -
          boxOf(banner).getBoundingClientRect().bottom;
        scrollTo({ top: from + banner.offsetHeight, behavior: "instant" });
        const hidden = next("consent-hide");
        button(banner, "reject").click();
        await hidden;
        await banner.updateComplete;
        expect(free).to.be.at.least(0);
        expect([during, y()].map(Math.round)).to.deep.equal(
          [before, before].map(Math.round),
        );
      });

    it("leaves the page its own where the visitor's rules hide the banner", async () => {
      pageStyle(`
        :root { scroll-padding: 30px 0 20px }
        consent-banner { display: none !important }
      `);
      for (const layout of ["top", "bar", "card"]) {
        await firstVisit(withBanner(layout));
        expect(padding(), layout).to.deep.equal([30, 20]);
      }
    });
  });

  describe("of the preferences", () => {
    const withPanel = (layout: string) => html`
      <div>
        <consent-manager preferences-layout=${layout}>
          ${purposes}
        </consent-manager>
        ${links(60)}
        <consent-trigger><button>Privacy choices</button></consent-trigger>
      </div>
    `;

    for (const dir of ["ltr", "rtl"])
      for (const [layout, inline] of [
        ["dialog", "middle"],
        ["side", dir === "ltr" ? "end" : "start"],
      ] as const)
        it(`${layout} is a modal dialog at the ${inline}, where a page reads ${dir}`, async () => {
          await setViewport({ width: 1000, height: 800 });
          const { manager } = await firstVisit(
            html`<div dir=${dir}>${withPanel(layout)}</div>`,
          );
          const { panel, dialog } = await openPanel(manager);
          expect(dialog.matches(":modal")).to.equal(true);
          expect(placeOf(dialog)).to.deep.equal({ inline, block: "middle" });
          if (layout === "side")
            expect(dialog.offsetHeight).to.equal(innerHeight);
          await audit(panel);
        });

    for (const layout of ["dialog", "side"] as const)
      for (const close of ["Escape", "save", "the close button"])
        it(`${layout} gives the focus back after ${close}, and the page stays where it was`, async () => {
          const { manager, banner } = await firstVisit(withPanel(layout));
          const trigger = document.querySelector<HTMLElement>(
            "consent-trigger button",
          )!;
          scrollTo(0, 500);
          const { panel } = await openPanel(manager, trigger);
          expect(scrollY).to.equal(500);
          const hidden = new Promise((resolve) =>
            panel.addEventListener("consent-hide", resolve, { once: true }),
          );
          if (close === "Escape") await sendKeys({ press: "Escape" });
          else button(panel, close === "save" ? "save" : "close").click();
          await hidden;
          await banner.updateComplete;
          expect(nameOf(deepActive())).to.equal(nameOf(trigger));
          expect(scrollY).to.equal(500);
        });

    /** Waits for preferences that are a part of the page. */
    const inlinePanel = async () => {
      await waitUntil(() =>
        document
          .querySelector("consent-preferences")
          ?.shadowRoot?.querySelector("section"),
      );
      return document.querySelector("consent-preferences")!;
    };

    for (const [where, markup] of [
      [
        "the element",
        html`<consent-manager>
          ${purposes}
          <consent-preferences layout="inline"></consent-preferences>
        </consent-manager>`,
      ],
    ] as const)
      it(`inline is there on a returning visit, where ${where} says so`, async () => {
        createConsent({ purposes: ["analytics", "marketing"] }).set({
          analytics: "denied",
          marketing: "granted",
        });
        await fixture<HTMLElement>(markup);
        const panel = await inlinePanel();
        expect(panel.checkVisibility()).to.equal(true);
        expect(panel.open).to.equal(true);
        expect(button(panel, "save").checkVisibility()).to.equal(true);
        expect(
          Object.entries(switches(panel)).map(([name, { checked }]) => [
            name,
            checked,
          ]),
        ).to.deep.equal([
          ["Analytics", false],
          ["Marketing", true],
        ]);
        expect(document.querySelector("consent-banner")).to.equal(null);
        await audit(panel);
      });

    it("inline saves, stays, and shows what was saved", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager>
          ${purposes}
          <consent-preferences layout="inline"></consent-preferences>
        </consent-manager>
      `);
      const panel = await inlinePanel();
      switches(panel).Marketing!.click();
      button(panel, "save").click();
      await panel.updateComplete;
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "denied",
        marketing: "granted",
      });
      expect(panel.checkVisibility()).to.equal(true);
      for (const [action, isOn] of [
        ["accept", true],
        ["reject", false],
      ] as const) {
        button(panel, action).click();
        await panel.updateComplete;
        expect(
          Object.values(switches(panel)).map(({ checked }) => checked),
          `after ${action}`,
        ).to.deep.equal([isOn, isOn]);
      }
    });

    it("inline shows what is decided elsewhere", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager>
          ${purposes}
          <consent-preferences layout="inline"></consent-preferences>
        </consent-manager>
      `);
      const panel = await inlinePanel();
      manager.set({ analytics: "granted", marketing: "denied" });
      await panel.updateComplete;
      expect(
        Object.values(switches(panel)).map(({ checked }) => checked),
      ).to.deep.equal([true, false]);
    });

    it("inline leads a press on a trigger to its heading", async () => {
      const { manager } = await firstVisit(html`
        <div>
          ${links(60)}
          <consent-manager>
            <consent-preferences layout="inline"></consent-preferences>
          </consent-manager>
        </div>
      `);
      await inlinePanel();
      await manager.showPreferences();
      expect(nameOf(deepActive())).to.equal("heading");
      const { top, bottom } = deepActive()!.getBoundingClientRect();
      expect(top).to.be.at.least(0);
      expect(bottom).to.be.at.most(innerHeight);
    });

    it("that there is not is told once, and the preferences are a dialog", async () => {
      const errors = stubConsoleError();
      const { manager } = await firstVisit(withPanel("drawer"));
      const { panel, dialog } = await openPanel(manager);
      panel.requestUpdate();
      await panel.updateComplete;
      expect(errors.map(([error]) => (error as Error).name)).to.deep.equal([
        "RangeError",
      ]);
      expect((errors[0]![0] as Error).message)
        .to.contain("drawer")
        .and.contain("inline");
      expect(dialog.matches(":modal")).to.equal(true);
    });
  });

  it("a button with a command opens the preferences without a script, and has the focus back", async function () {
    if (!("commandForElement" in HTMLButtonElement.prototype)) this.skip();
    await firstVisit(html`
      <div>
        <consent-manager id="consent">${purposes}</consent-manager>
        <button id="way" commandfor="consent" command="--show-preferences">
          Privacy choices
        </button>
        <button id="other" commandfor="consent" command="--something-else">
          Something else
        </button>
      </div>
    `);
    document.getElementById("other")!.click();
    expect(document.querySelector("consent-preferences")).to.equal(null);
    const way = document.getElementById("way")!;
    way.focus();
    const shown = next("consent-show");
    await sendKeys({ press: "Enter" });
    expect((await shown).layer).to.equal("preferences");
    const hidden = next("consent-hide");
    await sendKeys({ press: "Escape" });
    await hidden;
    expect(deepActive()!.id).to.equal("way");
  });

  describe("P8 what is no answer decides nothing", () => {
    for (const layout of BANNER_LAYOUTS)
      it(`in the layout ${layout}`, async () => {
        const { manager, banner } = await firstVisit(
          withBanner(layout, links(60)),
        );
        const isAnswered = () => manager.consent.record !== undefined;
        const done: [string, boolean][] = [];

        scrollTo(0, 600);
        await new Promise(requestAnimationFrame);
        done.push(["scrolling", isAnswered()]);
        await sendMouse({ type: "click", position: [3, 300] });
        await resetMouse();
        done.push(["a click beside it", isAnswered()]);
        boxOf(banner).click();
        banner.shadowRoot!.querySelector<HTMLElement>("h2")!.click();
        done.push(["a click on its text", isAnswered()]);
        location.hash = "elsewhere";
        history.back();
        await new Promise((resolve) =>
          addEventListener("popstate", resolve, { once: true }),
        );
        dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        done.push(["going there and back", isAnswered()]);
        for (let i = 0; i < 4; i++) await sendKeys({ press: "Escape" });
        done.push(["Escape", isAnswered()]);
        await manager.show();
        await manager.hide();
        done.push(["hide()", isAnswered()]);
        banner.remove();
        manager.remove();
        done.push(["taking it away", isAnswered()]);

        expect(done.filter(([, answered]) => answered)).to.deep.equal([]);
        expect(document.cookie).to.equal("");
        expect(manager.consent.isGranted("analytics")).to.equal(false);
      });

    for (const layout of PREFERENCES_LAYOUTS satisfies readonly PreferencesLayout[])
      it(`in the preferences as ${layout}, with everything switched on`, async () => {
        const { manager } = await firstVisit(html`
          <consent-manager preferences-layout=${layout}>
            ${purposes}
          </consent-manager>
        `);
        for (const way of ["Escape", "beside", "close", "hide", "hash"]) {
          await manager.showPreferences();
          const panel = manager.querySelector("consent-preferences")!;
          await panel.updateComplete;
          for (const each of Object.values(switches(panel)))
            if (!each.checked) each.click();
          if (way === "Escape")
            for (let i = 0; i < 4; i++) await sendKeys({ press: "Escape" });
          else if (way === "beside") {
            await sendMouse({ type: "click", position: [3, 3] });
            await resetMouse();
          } else if (way === "hash") location.hash = `elsewhere-${layout}`;
          else if (way === "close" && layout !== "inline")
            button(panel, "close").click();
          else panel.hide();
          expect(manager.consent.record, way).to.equal(undefined);
        }
        manager.remove();
        expect(manager.consent.record).to.equal(undefined);
        expect(document.cookie).to.equal("");
      });

    it("and time alone neither, however long", async () => {
      const { manager, banner } = await firstVisit(withBanner("bar"));
      const { panel } = await openPanel(manager);
      switches(panel).Analytics!.click();
      const { advance, waiting } = fakeTimers();
      expect(waiting).to.deep.equal([]);
      await advance(1000 * 60 * 60 * 24);
      expect(manager.consent.record).to.equal(undefined);
      expect(banner.open && panel.open).to.equal(true);
    });
  });
});
