import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { contrast } from "../support/contrast.js";
import { emulate } from "../support/emulate.js";
import { firstVisit } from "../support/first-visit.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";

const THEMES = ["paper", "mono", "pebble", "contrast"] as const;
const SCHEMES = ["light", "dark"] as const;

/** What a yes and a no must have in common, beside their size, to be of the same weight. */
const LOOKS = [
  "font",
  "letterSpacing",
  "textTransform",
  "textDecoration",
  "padding",
  "border",
  "borderRadius",
  "background",
  "color",
  "boxShadow",
  "opacity",
] as const;

/** Puts the theme on the page, as a link to its file would. */
async function wear(theme: string, scheme: string): Promise<void> {
  const response = await fetch(`/src/themes/${theme}.css`);
  expect(response.ok).to.equal(true);
  pageStyle(await response.text());
  pageStyle(`:root { color-scheme: ${scheme} }`);
}

async function open() {
  const { manager, banner } = await firstVisit(html`
    <consent-manager>
      <consent-purpose name="necessary"></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
      <consent-purpose name="functional" anonymous>
        <consent-service
          label="Weather"
          provider="The harbour"
        ></consent-service>
      </consent-purpose>
    </consent-manager>
  `);
  const { panel, dialog } = await openPanel(manager);
  return { banner, panel, dialog };
}

/** The colour behind `element`, which is the nearest that is not see-through. */
function ground(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
  }
  throw new Error("There is nothing behind it.");
}

/** Every element that a visitor reads text of, by the first words of it. */
function texts(host: Element): [words: string, element: Element][] {
  const found: [string, Element][] = [];
  const walker = document.createTreeWalker(
    host.shadowRoot!,
    NodeFilter.SHOW_TEXT,
  );
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const range = document.createRange();
    range.selectNodeContents(text);
    if (/\S/.test(text.nodeValue!) && range.getClientRects().length)
      found.push([text.nodeValue!.trim().slice(0, 24), text.parentElement!]);
  }
  return found;
}

const settle = (host: Element) => {
  for (const animation of host.shadowRoot!.getAnimations()) animation.finish();
};

for (const theme of THEMES)
  describe(`the theme ${theme}`, () => {
    // What glides from one colour to the next has neither while it does.
    before(() => emulate({ reducedMotion: "reduce" }));
    after(() => emulate({ reducedMotion: "no-preference" }));
    afterEach(cleanStorage);

    for (const scheme of SCHEMES)
      describe(scheme, () => {
        beforeEach(() => wear(theme, scheme));

        it("has text of 4.5:1 and more, in the banner and the panel", async () => {
          const { banner, panel } = await open();
          for (const [host, least] of [
            [banner, 5],
            [panel, 14],
          ] as const) {
            const found = texts(host);
            expect(found).to.have.length.above(least);
            for (const [words, element] of found)
              expect(
                contrast(getComputedStyle(element).color, ground(element)),
                words,
              ).to.be.above(theme === "contrast" ? 7 : 4.5);
          }
        });

        it("gives a yes and a no the same looks", async () => {
          const { banner, panel } = await open();
          for (const host of [banner, panel]) {
            const [accept, reject] = ["accept", "reject"].map((action) => {
              const control = button(host, action);
              const { width, height } = control.getBoundingClientRect();
              const style = getComputedStyle(control);
              return Object.assign(
                Object.fromEntries(LOOKS.map((name) => [name, style[name]])),
                { width: Math.round(width), height: Math.round(height) },
              );
            });
            expect(accept).to.deep.equal(reject);
          }
        });

        it("has edges of 3:1 and more around what can be pressed", async () => {
          const { banner, panel } = await open();
          for (const host of [banner, panel])
            for (const each of host.shadowRoot!.querySelectorAll(
              '[part~="button"]:not([part~="close-button"])',
            ))
              expect(
                contrast(
                  getComputedStyle(each).borderTopColor,
                  ground(each.parentElement!),
                ),
                each.getAttribute("part")!,
              ).to.be.above(3);
        });

        it("shows what a switch says, at 3:1 and more, off and on", async () => {
          const { panel } = await open();
          const [off, on] = panel.shadowRoot!.querySelectorAll<HTMLElement>(
            '[part~="switch"]',
          ) as unknown as [HTMLElement, HTMLElement];
          on.click();
          await panel.updateComplete;
          settle(panel);
          const surface = ground(off.parentElement!);
          const knob = (each: Element) =>
            getComputedStyle(each, "::before").backgroundColor;
          expect(
            contrast(getComputedStyle(off).borderTopColor, surface),
          ).to.be.above(3);
          expect(contrast(knob(off), surface)).to.be.above(3);
          expect(
            contrast(getComputedStyle(on).backgroundColor, surface),
          ).to.be.above(3);
          expect(
            contrast(knob(on), getComputedStyle(on).backgroundColor),
          ).to.be.above(3);
          // Not by colour alone: the knob moves.
          expect(getComputedStyle(on, "::before").transform).to.not.equal(
            getComputedStyle(off, "::before").transform,
          );
        });

        it("has a ring of 3:1 and more around what has the focus", async () => {
          const { panel } = await open();
          // From now on the keyboard is what the visitor uses.
          await sendKeys({ press: "Tab" });
          const all =
            panel.shadowRoot!.querySelectorAll<HTMLElement>("button, input");
          expect(all).to.have.length.above(4);
          for (const each of all) {
            each.focus();
            const { outlineColor, outlineStyle, outlineWidth } =
              getComputedStyle(each);
            const name = each.getAttribute("part") ?? each.localName;
            expect(outlineStyle, name).to.equal("solid");
            expect(parseFloat(outlineWidth), name).to.be.at.least(3);
            // A way's ring is drawn outside of it, on what is behind all three.
            const around =
              each.closest("[part=options]") ?? each.parentElement!;
            expect(contrast(outlineColor, ground(around)), name).to.be.above(3);
          }
        });
      });

    it("keeps what can be pressed 44 px high", async () => {
      await wear(theme, "light");
      const { banner, panel } = await open();
      for (const host of [banner, panel])
        for (const each of host.shadowRoot!.querySelectorAll(
          '[part~="button"]',
        ))
          expect(each.getBoundingClientRect().height).to.be.at.least(44);
    });

    it("gives way to what the page says of the elements, whichever comes first", async () => {
      pageStyle("consent-banner { --consent-color-surface: rgb(1, 2, 3) }");
      await wear(theme, "light");
      const { banner } = await open();
      const box = banner.shadowRoot!.querySelector('[part~="banner"]')!;
      expect(getComputedStyle(box).backgroundColor).to.equal("rgb(1, 2, 3)");
    });

    it("says nothing of the page's own buttons", async () => {
      await wear(theme, "light");
      const own = document.body.appendChild(document.createElement("button"));
      const { color, backgroundColor, borderRadius } = getComputedStyle(own);
      const bare = document.createElement("iframe");
      document.body.append(bare);
      const there = bare.contentDocument!.body.appendChild(
        bare.contentDocument!.createElement("button"),
      );
      const expected = getComputedStyle(there);
      const wanted = [
        expected.color,
        expected.backgroundColor,
        expected.borderRadius,
      ];
      own.remove();
      bare.remove();
      expect([color, backgroundColor, borderRadius]).to.deep.equal(wanted);
    });
  });

describe("the themes", () => {
  afterEach(cleanStorage);

  it("differ from each other, and from the plain looks, in type, corners and colours", async () => {
    const seen: string[][] = [];
    for (const theme of ["", ...THEMES]) {
      const style = document.createElement("style");
      if (theme)
        style.textContent = await (
          await fetch(`/src/themes/${theme}.css`)
        ).text();
      document.head.append(style);
      const { manager, banner } = await firstVisit(
        html`<consent-manager></consent-manager>`,
      );
      const accept = getComputedStyle(button(banner, "accept"));
      seen.push([
        accept.fontFamily,
        accept.borderRadius,
        accept.backgroundColor,
      ]);
      manager.remove();
      style.remove();
    }
    for (const i of [0, 1, 2])
      expect(new Set(seen.map((looks) => looks[i]))).to.have.lengthOf(
        seen.length,
      );
  });
});
