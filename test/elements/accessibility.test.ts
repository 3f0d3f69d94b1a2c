import { expect } from "@open-wc/testing";
import { sendKeys, setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { contrast } from "../support/contrast.js";
import { firstVisit } from "../support/first-visit.js";
import { nameOf } from "../support/name-of.js";
import { hit } from "../support/hit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";
import { switches } from "../support/switches.js";
import { emulate } from "../support/emulate.js";
import { isChromium, isMiniBrowser } from "../support/engine.js";

const page = html`
  <consent-manager>
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

const part = (host: Element, name: string) =>
  host.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`)!;

/** Every button and switch of `host` that is to be seen. */
const targets = (host: Element) =>
  [...host.shadowRoot!.querySelectorAll<HTMLElement>("button, input")].filter(
    (each) => each.checkVisibility(),
  );

/** Ends every transition under way at once, so that colours are what they will be. */
const settle = (host: Element) => {
  for (const animation of host.shadowRoot!.getAnimations()) animation.finish();
};

describe("accessibility", () => {
  afterEach(async () => {
    cleanStorage();
    await emulate({ colorScheme: "light", media: "screen" });
    await setViewport({ width: 800, height: 600 });
    document.documentElement.removeAttribute("dir");
  });

  describe("the banner", () => {
    it("is a region with a name, on its host, and no dialog", async () => {
      const { banner } = await firstVisit(page);
      const attributes = ["role", "aria-label", "aria-modal", "lang"];
      expect(attributes.map((name) => banner.getAttribute(name))).to.deep.equal(
        ["region", "Your privacy, your choice", null, "en"],
      );
      expect(banner.shadowRoot!.querySelector("[aria-modal]")).to.equal(null);
    });

    it("leaves the focus where it is when it appears", async () => {
      const field = document.body.appendChild(document.createElement("input"));
      field.focus();
      await firstVisit(page);
      const active = document.activeElement;
      field.remove();
      expect(active === field).to.equal(true);
    });

    it("leaves the focus on the page when nothing has it", async () => {
      await firstVisit(page);
      expect(nameOf(document.activeElement)).to.equal("body");
    });

    it("has a name on every button that is the text on it", async () => {
      const { banner } = await firstVisit(page);
      for (const each of banner.shadowRoot!.querySelectorAll("button")) {
        expect(each.ariaLabel).to.equal(null);
        expect(each.innerText).to.equal(each.textContent!.trim());
      }
    });

    it("does not hide a focused element of the page behind it (A-1)", async () => {
      const { banner } = await firstVisit(html`
        <div>
          ${page}
          <main>
            ${Array.from(
              { length: 30 },
              (_, i) => html`<p><a href="#${i}">Link ${i}</a></p>`,
            )}
          </main>
        </div>
      `);
      button(banner, "preferences").focus();
      const hidden: string[] = [];
      for (let i = 0; i < 30; i++) {
        await sendKeys({ press: "Tab" });
        const link = document.activeElement!;
        const { top, bottom } = link.getBoundingClientRect();
        const cover = part(banner, "banner").getBoundingClientRect();
        if (top >= cover.top && bottom <= cover.bottom)
          hidden.push(link.textContent!);
      }
      expect(document.activeElement!.textContent).to.equal("Link 29");
      expect(hidden).to.deep.equal([]);
    });
  });

  describe("colours", () => {
    // What the visitor's system wants, what the page says, and what the two must come to.
    const schemes = [
      ["light", "", "light"],
      ["dark", "", "dark"],
      ["light", ":root { color-scheme: dark }", "dark"],
      ["dark", ":root { color-scheme: light }", "light"],
      ["dark", ":root { color-scheme: light dark }", "dark"],
      ["light", "consent-manager { color-scheme: dark }", "dark"],
      [
        "light",
        "consent-banner, consent-preferences { color-scheme: dark }",
        "dark",
      ],
      [
        "dark",
        "consent-banner, consent-preferences { color-scheme: light }",
        "light",
      ],
    ] as const;
    for (const [system, css, wanted] of schemes)
      describe(`on a ${system} system, page "${css}"`, () => {
        beforeEach(async function () {
          if (system === "dark" && !isChromium) this.skip();
          await emulate({ colorScheme: system });
          pageStyle(css);
        });

        it(`are ${wanted}, and can be told apart`, async () => {
          const { manager, banner } = await firstVisit(page);
          const { panel, dialog } = await openPanel(manager);
          switches(panel).Analytics!.click();
          await panel.updateComplete;
          settle(panel);
          settle(banner);
          await audit(banner);
          await audit(panel);

          for (const [host, box] of [
            [banner, part(banner, "banner")],
            [panel, dialog],
          ] as const) {
            const surface = getComputedStyle(box).backgroundColor;
            expect(
              contrast(surface, "white") < contrast(surface, "black")
                ? "light"
                : "dark",
            ).to.equal(wanted);
            for (const each of [
              ...host.shadowRoot!.querySelectorAll("h2, p, label, a, strong"),
              ...targets(host),
            ]) {
              const style = getComputedStyle(each);
              const filled = style.backgroundColor !== "rgba(0, 0, 0, 0)";
              const behind = filled ? style.backgroundColor : surface;
              if (each.localName !== "input")
                expect(
                  contrast(style.color, behind),
                  `text of ${each.outerHTML}`,
                ).to.be.at.least(4.5);
              if (filled || each.localName === "input")
                expect(
                  contrast(style.borderTopColor, surface),
                  `edge of ${each.outerHTML}`,
                ).to.be.at.least(3);
            }
          }
          for (const [name, input] of Object.entries(switches(panel))) {
            const { backgroundColor: knob } = getComputedStyle(
              input,
              "::before",
            );
            const around = input.checked
              ? getComputedStyle(input).backgroundColor
              : getComputedStyle(dialog).backgroundColor;
            expect(contrast(knob, around), `${name}'s knob`).to.be.at.least(3);
          }
        });

        it("show where the focus is", async () => {
          const { banner } = await firstVisit(page);
          const surface = getComputedStyle(
            part(banner, "banner"),
          ).backgroundColor;
          await sendKeys({ press: "Tab" });
          for (const action of ["accept", "reject", "preferences"]) {
            button(banner, action).focus();
            const { outlineStyle, outlineWidth, outlineColor } =
              getComputedStyle(button(banner, action));
            expect([outlineStyle, outlineWidth]).to.deep.equal([
              "solid",
              "3px",
            ]);
            expect(contrast(outlineColor, surface)).to.be.at.least(3);
          }
        });
      });

    for (const accent of [
      "black",
      "white",
      "#888",
      "#1d4fd7",
      "#0a84ff",
      "rebeccapurple",
      "seagreen",
      "crimson",
      "deeppink",
      "tomato",
      "gold",
      "teal",
      "slategray",
    ])
      it(`put black or white on ${accent}, whichever can be read`, async () => {
        pageStyle(`consent-banner { --consent-color-accent: ${accent} }`);
        const { banner } = await firstVisit(page);
        for (const action of ["accept", "reject"]) {
          const { color, backgroundColor } = getComputedStyle(
            button(banner, action),
          );
          expect(contrast(color, backgroundColor)).to.be.at.least(4.5);
        }
      });

    it("are the page's where it sets them", async () => {
      pageStyle(`
        consent-manager {
          --consent-color-surface: rgb(250, 240, 230);
          --consent-color-text: rgb(20, 10, 0);
          --consent-color-muted: rgb(60, 50, 40);
          --consent-color-border: rgb(100, 90, 80);
          --consent-color-accent: rgb(0, 80, 60);
          --consent-color-on-accent: rgb(255, 255, 240);
          --consent-color-focus: rgb(200, 0, 0);
          --consent-radius: 3px;
          --consent-gap: 10px;
          --consent-font: 20px/2 monospace;
          --consent-shadow: none;
          --consent-max-width: 500px;
          --consent-z-index: 7;
        }
      `);
      const { manager, banner } = await firstVisit(page);
      const { dialog } = await openPanel(manager);
      const box = getComputedStyle(part(banner, "banner"));
      const accept = getComputedStyle(button(banner, "accept"));
      const text = getComputedStyle(part(banner, "text"));
      const host = getComputedStyle(banner);
      expect([
        box.backgroundColor,
        box.borderTopColor,
        box.borderTopLeftRadius,
        box.boxShadow,
        box.maxInlineSize,
        box.marginTop,
        host.zIndex,
        host.color,
        host.fontFamily,
        text.color,
        accept.backgroundColor,
        accept.color,
        getComputedStyle(dialog).backgroundColor,
      ]).to.deep.equal([
        "rgb(250, 240, 230)",
        "rgb(100, 90, 80)",
        "3px",
        "none",
        "500px",
        "10px",
        "7",
        "rgb(20, 10, 0)",
        "monospace",
        "rgb(60, 50, 40)",
        "rgb(0, 80, 60)",
        "rgb(255, 255, 240)",
        "rgb(250, 240, 230)",
      ]);
    });

    it("stay apart where the system forces its own", async () => {
      const { manager, banner } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      switches(panel).Analytics!.click();
      await panel.updateComplete;
      // Puppeteer cannot force colours; what the styles say for that case is switched on instead.
      const undo = [banner, panel].flatMap(({ shadowRoot }) =>
        shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) =>
          [...cssRules]
            .filter((rule) => rule instanceof CSSMediaRule)
            .filter(({ media }) => /forced-colors/.test(media.mediaText))
            .map(({ media }) => {
              const before = media.mediaText;
              media.mediaText = "all";
              return () => (media.mediaText = before);
            }),
        ),
      );
      settle(panel);
      const probe = document.body.appendChild(document.createElement("i"));
      const system = (color: string) => {
        probe.style.color = color;
        return getComputedStyle(probe).color;
      };
      const wanted = {
        button: [
          system("ButtonText"),
          system("ButtonFace"),
          system("ButtonText"),
        ],
        on: [system("Highlight"), system("HighlightText")],
        off: ["rgba(0, 0, 0, 0)", system("ButtonText")],
      };
      const look = (input: Element) => [
        getComputedStyle(input).backgroundColor,
        getComputedStyle(input, "::before").backgroundColor,
      ];
      const seen = ["accept", "reject", "preferences"].map((action) => {
        const { color, backgroundColor, borderTopColor } = getComputedStyle(
          button(banner, action),
        );
        return [color, backgroundColor, borderTopColor];
      });
      const { Analytics, Marketing } = switches(panel);
      const [on, off] = [look(Analytics!), look(Marketing!)];
      for (const each of undo) each();
      probe.remove();

      expect(undo.length).to.be.above(0);
      expect(seen).to.deep.equal([wanted.button, wanted.button, wanted.button]);
      expect({ on, off }).to.deep.equal({ on: wanted.on, off: wanted.off });
      expect(on).to.not.deep.equal(off);
    });
  });

  describe("sizes", () => {
    it("are at least 44 px high for buttons, and 24 px for switches", async () => {
      const { manager, banner } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const tiny = [...targets(banner), ...targets(panel)].filter((each) => {
        const { width, height } = each.getBoundingClientRect();
        const least = each.localName === "button" ? 44 : 24;
        return width < least || height < least;
      });
      expect(tiny.map(nameOf)).to.deep.equal([]);
    });

    // 320 by 256 px is what a window of 1280 by 1024 px has at 400 %.
    const small = [
      ["at 320 by 256 px", 320, 256, ""],
      [
        "at 320 by 256 px with text spaced out",
        320,
        256,
        ":root { letter-spacing: 0.12em; word-spacing: 0.16em; line-height: 1.5 }",
      ],
      [
        "at 640 by 512 px with text twice as large",
        640,
        512,
        ":root { font-size: 200% }",
      ],
    ] as const;
    for (const [where, width, height, css] of small) {
      it(`${where} fit the banner, which scrolls one way and shows every button`, async function () {
        if (isMiniBrowser) this.skip();
        await setViewport({ width, height });
        pageStyle(css);
        const { banner } = await firstVisit(page);
        settle(banner);
        const root = document.documentElement;
        expect(root.scrollWidth).to.be.at.most(root.clientWidth);
        const box = part(banner, "banner");
        expect(box.scrollWidth).to.be.at.most(box.clientWidth);
        const { left, top, right, bottom } = box.getBoundingClientRect();
        expect(Math.min(left, top)).to.be.at.least(0);
        expect(right).to.be.at.most(width);
        expect(bottom).to.be.at.most(height);
        for (const each of targets(banner)) {
          each.scrollIntoView({ block: "nearest" });
          expect(nameOf(hit(each))).to.equal(nameOf(each));
        }
      });

      it(`${where} fit the panel, which scrolls one way and shows every control`, async function () {
        if (isMiniBrowser) this.skip();
        await setViewport({ width, height });
        pageStyle(css);
        const { manager } = await firstVisit(page);
        const { panel, dialog } = await openPanel(manager);
        const wide = [dialog, ...dialog.querySelectorAll("div")].filter(
          (each) => each.scrollWidth > each.clientWidth,
        );
        expect(wide.map(nameOf)).to.deep.equal([]);
        for (const each of targets(panel)) {
          each.scrollIntoView({ block: "nearest" });
          expect(nameOf(hit(each))).to.equal(nameOf(each));
        }
      });
    }

    for (const width of [320, 360, 400, 480, 600, 800, 1280])
      it(`P8 are the same for accept and reject at ${width} px`, async () => {
        await setViewport({ width, height: 700 });
        const { manager, banner } = await firstVisit(page);
        const { panel } = await openPanel(manager);
        for (const host of [banner, panel]) {
          const [accept, reject] = ["accept", "reject"].map((action) =>
            button(host, action).getBoundingClientRect(),
          ) as [DOMRect, DOMRect];
          expect(reject.height).to.be.closeTo(accept.height, 1);
          expect(reject.width / accept.width, host.localName).to.be.within(
            0.95,
            1.05,
          );
        }
      });
  });

  it("words that do not fit are broken, so that both answers stay to be seen", async function () {
    if (isMiniBrowser) this.skip();
    await setViewport({ width: 320, height: 568 });
    const { manager, banner } = await firstVisit(html`
      <consent-manager>
        <consent-purpose
          name="long"
          label="Donaudampfschifffahrtsgesellschaftsnachrichten"
          description="Rinderkennzeichnungsfleischetikettierungsgesetz"
        ></consent-purpose>
      </consent-manager>
    `);
    for (const action of ["accept", "reject"])
      expect(nameOf(hit(button(banner, action)))).to.equal(action);
    const { panel } = await openPanel(manager);
    for (const each of targets(panel))
      expect(nameOf(hit(each))).to.equal(nameOf(each));
  });

  it("text and buttons share the banner's width as the banner has it, not the window", async () => {
    pageStyle("consent-banner { --consent-max-width: 40rem }");
    await setViewport({ width: 1280, height: 700 });
    const { banner } = await firstVisit(page);
    const box = part(banner, "banner").clientWidth;
    expect(box).to.be.below(640);
    expect(part(banner, "text").clientWidth).to.be.above(box / 2);
  });

  describe("motion", () => {
    /** How much moves: when the banner appears, and when a switch is switched. */
    async function moving(): Promise<number[]> {
      const { manager, banner } = await firstVisit(page);
      const rising = banner.shadowRoot!.getAnimations().length;
      const { panel } = await openPanel(manager);
      settle(panel);
      switches(panel).Analytics!.click();
      return [rising, panel.shadowRoot!.getAnimations().length];
    }

    it("is there for who did not ask for less", async () => {
      await emulate({ reducedMotion: "no-preference" });
      expect(await moving()).to.deep.equal([1, 1]);
    });

    it("is not there for who asked for less", async function () {
      if (!isChromium) this.skip();
      await emulate({ reducedMotion: "reduce" });
      expect(await moving()).to.deep.equal([0, 0]);
    });
  });

  describe("from right to left", () => {
    beforeEach(() => {
      document.documentElement.dir = "rtl";
    });

    it("the banner is mirrored", async () => {
      const { banner } = await firstVisit(page);
      const x = (element: Element) => element.getBoundingClientRect().x;
      expect(x(button(banner, "accept"))).to.be.above(
        x(button(banner, "reject")),
      );
      expect(x(button(banner, "reject"))).to.be.above(
        x(button(banner, "preferences")),
      );
      const box = part(banner, "banner").getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(part(banner, "policy-link"));
      const heading = range.getBoundingClientRect();
      expect(box.right - heading.right).to.be.below(heading.left - box.left);
      await audit(banner);
    });

    it("the panel is mirrored, and its switches go the other way", async () => {
      const { manager } = await firstVisit(page);
      const { panel, dialog } = await openPanel(manager);
      const { Analytics, Marketing } = switches(panel);
      Analytics!.click();
      await panel.updateComplete;
      settle(panel);
      const close = button(panel, "close").getBoundingClientRect();
      const box = dialog.getBoundingClientRect();
      expect(close.left - box.left).to.be.below(box.right - close.right);
      const off = getComputedStyle(Marketing!, "::before");
      expect([off.right, off.transform]).to.deep.equal(["4px", "none"]);
      const { transform } = getComputedStyle(Analytics!, "::before");
      expect(new DOMMatrix(transform).m41).to.equal(-22);
      await audit(panel);
    });
  });

  it("a switch moves to the right where one reads to the right", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    const { Analytics } = switches(panel);
    Analytics!.click();
    await panel.updateComplete;
    settle(panel);
    const { left, transform } = getComputedStyle(Analytics!, "::before");
    expect([left, new DOMMatrix(transform).m41]).to.deep.equal(["4px", 22]);
  });

  it("on paper nothing of it is left", async function () {
    if (!isChromium) this.skip();
    const { manager, banner } = await firstVisit(page);
    const { panel, dialog } = await openPanel(manager);
    expect(
      [banner, dialog].map((each) => each.getClientRects().length),
    ).to.deep.equal([1, 1]);
    await emulate({ media: "print" });
    expect(
      [banner, dialog].map((each) => each.getClientRects().length),
    ).to.deep.equal([0, 0]);
    expect(panel.open).to.equal(true);
  });

  it("the panel has only names that its reader sees", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    for (const each of panel.shadowRoot!.querySelectorAll("button"))
      if (each.dataset.action === "close")
        expect(each.ariaLabel).to.equal("Close");
      else expect(each.ariaLabel).to.equal(null);
    const hidden = next("consent-hide");
    button(panel, "close").click();
    await hidden;
    expect(targets(panel)).to.deep.equal([]);
  });
});
