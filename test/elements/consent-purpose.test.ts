import { expect, fixture } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { hear } from "../support/hear.js";
import { openPanel } from "../support/open-panel.js";

describe("<consent-purpose>", () => {
  afterEach(cleanStorage);

  const words: [string, TemplateResult, [string, string]][] = [
    [
      "our words for a name that we know",
      html`<consent-purpose name="functional"></consent-purpose>`,
      [
        "Functional",
        "Remembers your settings, such as a language or a region.",
      ],
    ],
    [
      "the page's words before ours",
      html`<consent-purpose
        name="analytics"
        label="Counting visitors"
        description="How many, and where from."
      ></consent-purpose>`,
      ["Counting visitors", "How many, and where from."],
    ],
    [
      "the page's label with our description",
      html`<consent-purpose name="marketing" label="Ads"></consent-purpose>`,
      ["Ads", "Shows advertising that fits you, and measures it."],
    ],
    [
      "our label with the page's description",
      html`<consent-purpose
        name="marketing"
        description="Banners for our own shoes."
      ></consent-purpose>`,
      ["Marketing", "Banners for our own shoes."],
    ],
    [
      "the bare name where nobody has words",
      html`<consent-purpose name="heatmaps"></consent-purpose>`,
      ["heatmaps", ""],
    ],
    [
      "markup in a label as text",
      html`<consent-purpose
        name="ads"
        label=${"<b>Ads</b> & more"}
        description=${"<img src=x>"}
      ></consent-purpose>`,
      ["<b>Ads</b> & more", "<img src=x>"],
    ],
  ];
  for (const [what, purpose, wanted] of words)
    it(`shows ${what}, in banner and panel`, async () => {
      const { manager, banner } = await firstVisit(
        html`<consent-manager>${purpose}</consent-manager>`,
      );
      const { panel } = await openPanel(manager);
      const read = (part: string) =>
        panel
          .shadowRoot!.querySelector(`[part="${part}"]`)!
          .textContent!.trim();
      expect([read("label"), read("description")]).to.deep.equal(wanted);
      expect(
        banner
          .shadowRoot!.querySelector("[part=text]")!
          // Without the marks that keep a name's direction to itself.
          .textContent!.replace(/[\u2068\u2069]/g, ""),
      ).to.contain(` for: ${wanted[0]}. `);
    });

  it("that is required is always on, and cannot be switched", async () => {
    const { manager } = await firstVisit(html`
      <consent-manager>
        <consent-purpose name="safety" label="Safety" required>
        </consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
      </consent-manager>
    `);
    expect(manager.consent.isGranted("safety")).to.equal(true);
    const { panel } = await openPanel(manager);
    const [safety] = panel.shadowRoot!.querySelectorAll("[part=purpose]");
    expect(safety!.textContent!.replace(/\s+/g, " ").trim()).to.equal(
      "Safety Always on",
    );
    expect(safety!.querySelector("input")).to.equal(null);
  });

  it("is found wherever it stands inside the manager", async () => {
    const { manager } = await firstVisit(html`
      <consent-manager>
        <div><consent-purpose name="ads"></consent-purpose></div>
      </consent-manager>
    `);
    expect(manager.consent.purposes).to.deep.equal([
      { name: "ads", required: false },
    ]);
  });

  it("shows nothing itself, and is nothing without a manager", async () => {
    const heard = hear();
    const purpose = await fixture<HTMLElement>(
      html`<consent-purpose name="ads"></consent-purpose>`,
    );
    expect(purpose.getBoundingClientRect().height).to.equal(0);
    expect(heard).to.deep.equal([]);
  });
});
