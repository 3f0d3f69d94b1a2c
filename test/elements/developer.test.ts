import { expect } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import { inspect } from "../../src/elements/developer.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { emulate } from "../support/emulate.js";
import { firstVisit } from "../support/first-visit.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";
import { stubProperty } from "../support/stub-property.js";
import { afterThisTest } from "../support/undo.js";

/** What the console says until the test ends: how, and the text. Each text comes with the element it is about. */
function listen(host: HTMLElement): [kind: string, text: string][] {
  const said: [string, string][] = [];
  for (const kind of ["warn", "error"] as const) {
    const original = console[kind];
    console[kind] = (text: string, about: unknown) => {
      expect(about).to.equal(host);
      said.push([kind, text]);
    };
    afterThisTest(() => {
      console[kind] = original;
    });
  }
  return said;
}

/** What is told of the banner in `markup`. */
async function toldOf(markup: TemplateResult): Promise<[string, string][]> {
  const { banner } = await firstVisit(markup);
  const said = listen(banner);
  inspect(banner);
  return said;
}

const plain = html`<consent-manager></consent-manager>`;

/** A banner with `content` in its slots. */
const withSlots = (content: TemplateResult) =>
  html`<consent-manager>
    <consent-banner>${content}</consent-banner>
  </consent-manager>`;

describe("what a developer is told", () => {
  afterEach(async () => {
    cleanStorage();
    await emulate({ colorScheme: "light" });
  });

  for (const colorScheme of ["light", "dark"] as const)
    it(`is nothing of our own looks, ${colorScheme}`, async () => {
      await emulate({ colorScheme });
      const { manager, banner } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="necessary"></consent-purpose>
          <consent-purpose name="functional"></consent-purpose>
          <consent-purpose name="analytics"></consent-purpose>
          <consent-purpose name="marketing"></consent-purpose>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      for (const host of [banner, panel]) {
        const said = listen(host);
        inspect(host);
        expect(said).to.deep.equal([]);
      }
    });

  it("is told once for each element", async () => {
    pageStyle("consent-banner { --consent-color-muted: #999 }");
    const { banner } = await firstVisit(plain);
    const said = listen(banner);
    inspect(banner);
    inspect(banner);
    expect(said).to.have.length(2);
  });

  it("is nothing where the element is not drawn, and no error", async () => {
    const banner = document.createElement("consent-banner");
    const said = listen(banner);
    inspect(banner);
    document.body.append(banner);
    inspect(banner);
    banner.remove();
    expect(said).to.deep.equal([]);
  });

  describe("of contrast", () => {
    const cases: [what: string, css: string, told: RegExp[]][] = [
      [
        "running text and its link",
        "--consent-color-muted: #999",
        [
          /^<consent-banner>: the part "text" has a contrast of 2\.8:1 where 4\.5:1 is needed\. Change --consent-color-muted or /,
          /the part "policy-link" /,
        ],
      ],
      [
        "the heading and the quiet button",
        "--consent-color-text: #888",
        [
          /the part "heading" has a contrast of 3\.5:1 .* --consent-color-text or /,
          /the part "preferences-button" /,
        ],
      ],
      [
        "text on buttons",
        "--consent-color-accent: gold; --consent-color-on-accent: #fff",
        [
          /the part "accept-button" has a contrast of 1\.4:1 .* --consent-color-on-accent or /,
          /the part "reject-button" /,
        ],
      ],
      [
        "text that lets its ground shine through",
        "--consent-color-muted: rgb(0 0 0 / 0.4)",
        [/the part "text" has a contrast of 2\.8:1/, /"policy-link"/],
      ],
      [
        "colours of another space",
        "--consent-color-muted: oklch(0.7 0 0)",
        [/the part "text" has a contrast of 2\.7:1/, /"policy-link"/],
      ],
    ];
    for (const [what, css, told] of cases)
      it(`${what}: names the part, the figure and the property`, async () => {
        pageStyle(`consent-banner { ${css} }`);
        const said = await toldOf(plain);
        expect(said).to.have.length(told.length);
        for (const [i, pattern] of told.entries()) {
          expect(said[i]![0]).to.equal("warn");
          expect(said[i]![1]).to.match(pattern);
        }
      });

    it("names a slotted element whose text is too pale", async () => {
      const said = await toldOf(
        withSlots(html`
          <span slot="text">Plain, <b style="color: #ccc">and pale</b></span>
        `),
      );
      expect(said).to.have.length(1);
      expect(said[0]![1]).to.match(
        /: <span slot="text"> has a contrast of 1\.6:1 .* its color or background/,
      );
    });

    for (const [what, background] of [
      ["a picture", "linear-gradient(#ccc, #ddd)"],
      ["nothing opaque", "transparent"],
    ])
      it(`is silent where ${what} is behind`, async () => {
        pageStyle(`consent-banner { --consent-color-muted: #ccc }
          consent-banner::part(banner) { background: ${background} }`);
        expect(await toldOf(plain)).to.deep.equal([]);
      });

    it("is silent in colours that the visitor forces", async () => {
      stubProperty(globalThis, "matchMedia", () => (query: string) => ({
        matches: query === "(forced-colors: active)",
      }));
      pageStyle("consent-banner { --consent-color-muted: #ccc }");
      expect(await toldOf(plain)).to.deep.equal([]);
    });

    it("measures the panel as well", async () => {
      pageStyle("consent-preferences { --consent-color-muted: #999 }");
      const { manager } = await firstVisit(plain);
      const { panel } = await openPanel(manager);
      const said = listen(panel);
      inspect(panel);
      expect(said.map(([, text]) => /the part "([^"]+)"/.exec(text)?.[1]))
        .to.include("text")
        .and.include("description");
    });
  });

  describe("of a yes and a no", () => {
    const cases: [css: string, uneven: string][] = [
      ["padding-block: 24px", "height"],
      ["font-size: 2rem", "height, font size"],
      ["font-weight: 300", "font weight"],
      ["font-family: monospace", "font"],
      ["background: #123; color: #fff", "text contrast, background"],
      ["justify-self: start; inline-size: 60px", "width"],
    ];
    for (const [css, uneven] of cases)
      for (const part of ["accept-button", "reject-button"])
        it(`says that they are uneven: ${part} with ${css}`, async () => {
          pageStyle(`consent-banner::part(${part}) { ${css} }
            consent-banner::part(actions) { align-items: start }`);
          const said = await toldOf(plain);
          expect(said).to.have.length(1);
          expect(said[0]![0]).to.equal("warn");
          for (const each of uneven.split(", "))
            expect(said[0]![1]).to.match(
              new RegExp(`not even \\([^)]*\\b${each}\\b`),
            );
          expect(said[0]![1]).to.match(/::part\(reject-button\)/);
        });

    it("lets a tenth pass", async () => {
      pageStyle("consent-banner::part(accept-button) { font-size: 1.05em }");
      expect(await toldOf(plain)).to.deep.equal([]);
    });

    it("compares the page's own buttons", async () => {
      pageStyle(".own { font: 1rem system-ui; padding: 12px }");
      const even = html`
        <button class="own" slot="accept">Accept all</button>
        <button class="own" slot="reject">Reject all</button>
      `;
      expect(await toldOf(withSlots(even))).to.deep.equal([]);
      const said = await toldOf(
        withSlots(html`
          <button class="own" slot="accept">Accept all</button>
          <a class="own" slot="reject" href="#no">Reject all</a>
        `),
      );
      expect(said.map(([, text]) => text).join()).to.match(/not even/);
    });
  });

  describe("of slots", () => {
    for (const [one, other] of [
      ["accept", "reject"],
      ["reject", "accept"],
    ])
      it(`asks for the other where only ${one} is filled`, async () => {
        const said = await toldOf(
          withSlots(html`<button slot=${one!}>All of it</button>`),
        );
        expect(said.filter(([kind]) => kind === "error")).to.deep.equal([
          [
            "error",
            `<consent-banner>: slot="${one}" has a button of the page's own and slot="${other}" has none, so a yes and a no look different. Fill both, or neither.`,
          ],
        ]);
      });

    const wrong: [string, TemplateResult][] = [
      ["a text", html`<span slot="preferences">More</span>`],
      ["a link that leads nowhere", html`<a slot="preferences">More</a>`],
    ];
    for (const [what, content] of wrong)
      it(`says that ${what} cannot be pressed`, async () => {
        const said = await toldOf(withSlots(content));
        expect(said).to.have.length(1);
        expect(said[0]![0]).to.equal("error");
        expect(said[0]![1]).to.match(
          /slot="preferences"> cannot be pressed .* Put a <button> or a link with href in that slot\.$/,
        );
      });

    it("takes a button, a link, and one that is wrapped", async () => {
      for (const content of [
        html`<button slot="preferences">More</button>`,
        html`<a slot="preferences" href="#more">More</a>`,
        html`<span slot="preferences"><button>More</button></span>`,
      ])
        expect(await toldOf(withSlots(content))).to.deep.equal([]);
    });

    it("says which slots there are where there is none of that name", async () => {
      const said = await toldOf(
        withSlots(html`<h2 slot="title">Cookies?</h2>`),
      );
      expect(said).to.have.length(1);
      expect(said[0]![0]).to.equal("error");
      expect(said[0]![1]).to.match(
        /there is no slot "title", so <h2 slot="title"> is not shown\. Write heading, text/,
      );
    });

    for (const label of ["OK", " ok! ", "Got it", "Continue", "I understand"])
      it(`asks for another word than "${label.trim()}"`, async () => {
        const said = await toldOf(
          withSlots(html`
            <button slot="accept">${label}</button>
            <button slot="reject">Reject all</button>
          `),
        );
        expect(said.map(([, text]) => text).join()).to.match(
          /in slot="accept" does not say what it does\. Name the effect, for example "Accept all"\./,
        );
      });

    it("has nothing against words that name the effect", async () => {
      const said = await toldOf(
        withSlots(html`
          <button slot="accept">Continue with cookies</button>
          <button slot="reject">Continue without cookies</button>
        `),
      );
      expect(said.map(([, text]) => text).join()).to.not.match(/does not say/);
    });
  });

  describe("of labels", () => {
    it("asks for the label of a purpose of the site's own", async () => {
      expect(
        await toldOf(html`
          <consent-manager>
            <consent-purpose name="analytics"></consent-purpose>
            <consent-purpose name="chat"></consent-purpose>
            <consent-purpose name="wind" label="The wind"></consent-purpose>
          </consent-manager>
        `),
      ).to.deep.equal([
        [
          "error",
          '<consent-banner>: the purpose "chat" has no label, so visitors read its bare name. Write <consent-purpose name="chat" label="…">.',
        ],
      ]);
    });
  });

  it("changes nothing of what it looks at", async () => {
    pageStyle("consent-banner { --consent-color-muted: #999 }");
    const { banner } = await firstVisit(plain);
    listen(banner);
    const before = [banner.outerHTML, banner.shadowRoot!.innerHTML];
    const focus = document.activeElement;
    inspect(banner);
    expect([banner.outerHTML, banner.shadowRoot!.innerHTML]).to.deep.equal(
      before,
    );
    expect(document.activeElement === focus).to.equal(true);
    expect(button(banner, "accept").getAnimations()).to.deep.equal([]);
  });
});
