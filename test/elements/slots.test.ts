import { expect } from "@open-wc/testing";
import { sendKeys, setViewport } from "@web/test-runner-commands";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";
import { uneven } from "../support/symmetry.js";

/** A banner and a panel with this inside. */
const page = (
  banner: TemplateResult | string = "",
  preferences: TemplateResult | string = "",
): TemplateResult => html`
  <consent-manager>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
    <consent-banner>${banner}</consent-banner>
    <consent-preferences>${preferences}</consent-preferences>
  </consent-manager>
`;

const own = html`
  <button slot="accept" class="shop" type="button">Yes to all</button>
  <button slot="reject" class="shop" type="button">No to all</button>
  <button slot="preferences" class="shop" type="button">Choose</button>
  <button slot="save" class="shop" type="button">Keep this</button>
`;

const links = html`
  <a slot="accept" href="#yes">Yes to all</a>
  <a slot="reject" href="#no">No to all</a>
  <a slot="preferences" href="#choose">Choose</a>
`;

const wrapped = html`
  <span slot="accept"
    ><button type="button"><b>Yes</b> to all</button></span
  >
  <span slot="reject"
    ><button type="button"><b>No</b> to all</button></span
  >
  <span slot="preferences">
    <button type="button"><b>Choose</b></button>
  </span>
`;

/** What the page has put into a slot. */
const given = (host: Element, slot: string) =>
  host.querySelector<HTMLElement>(`:scope > [slot="${slot}"]`)!;

/** The buttons of ours that are to be seen. */
const ours = (host: Element) =>
  Array.from(
    host.shadowRoot!.querySelectorAll<HTMLElement>("button[data-action]"),
  )
    .filter((each) => each.checkVisibility())
    .map((each) => each.dataset.action);

describe("slots", () => {
  afterEach(async () => {
    cleanStorage();
    history.replaceState(null, "", location.pathname + location.search);
    await setViewport({ width: 800, height: 600 });
  });

  for (const [kind, inside, press] of [
    ["buttons", own, (slot: HTMLElement) => slot.click()],
    ["links", links, (slot: HTMLElement) => slot.click()],
    [
      "wrapped buttons",
      wrapped,
      (slot: HTMLElement) => slot.querySelector<HTMLElement>("b")!.click(),
    ],
  ] as const)
    describe(`with ${kind} of the page's own in the banner`, () => {
      for (const [action, choice] of [
        ["accept", "granted"],
        ["reject", "denied"],
      ] as const)
        it(`${action} in one press`, async () => {
          const { manager, banner } = await firstVisit(page(inside));
          expect(ours(banner)).to.deep.equal([]);
          const hidden = next("consent-hide");
          press(given(banner, action));
          const { record } = manager.consent;
          expect(record!.choices).to.deep.equal({
            analytics: choice,
            marketing: choice,
          });
          expect([record!.source, record!.action]).to.deep.equal([
            "user",
            choice === "granted" ? "grant-all" : "deny-all",
          ]);
          expect(location.hash).to.equal("");
          await hidden;
          await banner.updateComplete;
          expect(given(banner, action).checkVisibility()).to.equal(false);
        });

      it("open the preferences", async () => {
        const { manager, banner } = await firstVisit(page(inside));
        const shown = next("consent-show");
        press(given(banner, "preferences"));
        expect((await shown).layer).to.equal("preferences");
        expect(manager.consent.record).to.equal(undefined);
        expect(location.hash).to.equal("");
      });

      it("answer nothing when the page prevents it", async () => {
        const { manager, banner } = await firstVisit(page(inside));
        document.addEventListener(
          "consent-submit",
          (event) => event.preventDefault(),
          { once: true },
        );
        press(given(banner, "accept"));
        expect(manager.consent.record).to.equal(undefined);
      });

      it("are reached and pressed with the keyboard, in order", async () => {
        const { manager, banner } = await firstVisit(page(inside));
        const stops: (string | undefined)[] = [];
        banner.shadowRoot!.querySelector("a")!.focus();
        for (let i = 0; i < 3; i++) {
          await sendKeys({ press: "Tab" });
          stops.push(deepActive()!.closest<HTMLElement>("[slot]")?.slot);
        }
        expect(stops).to.deep.equal(["accept", "reject", "preferences"]);
        await sendKeys({ down: "Shift" });
        await sendKeys({ press: "Tab" });
        await sendKeys({ up: "Shift" });
        await sendKeys({ press: "Enter" });
        expect(manager.consent.record!.action).to.equal("deny-all");
      });

      it("are accessible", async () => {
        const { manager } = await firstVisit(page(inside));
        await audit(manager);
      });
    });

  it("keep the page's own classes and looks, and are as even as the page makes them", async () => {
    pageStyle(`
      .shop { min-width: 9rem; min-height: 44px; border: 3px solid rgb(90, 0, 90); background: rgb(90, 0, 90); color: white; font: 700 17px Georgia; }
      .shop:hover { background: black }
    `);
    for (const [width, height] of [
      [320, 568],
      [1280, 800],
    ] as const) {
      await setViewport({ width, height });
      const { banner } = await firstVisit(page(own));
      for (const action of ["accept", "reject", "preferences"]) {
        const { fontSize, fontFamily, backgroundColor, color } =
          getComputedStyle(given(banner, action));
        expect([fontSize, fontFamily, backgroundColor, color]).to.deep.equal([
          "17px",
          "Georgia",
          "rgb(90, 0, 90)",
          "rgb(255, 255, 255)",
        ]);
      }
      expect(uneven(banner)).to.deep.equal([]);
    }
  });

  it("may be filled and emptied at any time", async () => {
    const { manager, banner } = await firstVisit(page());
    expect(ours(banner)).to.deep.equal(["accept", "reject", "preferences"]);
    const late = document.createElement("button");
    late.slot = "reject";
    late.textContent = "No";
    const changed = () =>
      new Promise((resolve) =>
        banner
          .shadowRoot!.querySelector('slot[name="reject"]')!
          .addEventListener("slotchange", resolve, { once: true }),
      );
    let change = changed();
    banner.append(late);
    await change;
    await banner.updateComplete;
    expect(ours(banner)).to.deep.equal(["accept", "preferences"]);
    change = changed();
    late.remove();
    await change;
    await banner.updateComplete;
    expect(ours(banner)).to.deep.equal(["accept", "reject", "preferences"]);
    button(banner, "reject").click();
    expect(manager.consent.record!.action).to.equal("deny-all");
  });

  describe("with what cannot be pressed", () => {
    for (const [what, inside] of [
      ["a text", html`<span slot="reject">No, thank you</span>`],
      ["a link that leads nowhere", html`<a slot="reject">No</a>`],
      ["a picture", html`<svg slot="reject"></svg>`],
    ] as const)
      it(`such as ${what}, have our button beside it`, async () => {
        const { manager, banner } = await firstVisit(page(inside));
        await banner.updateComplete;
        expect(ours(banner)).to.deep.equal(["accept", "reject", "preferences"]);
        given(banner, "reject").dispatchEvent(
          new MouseEvent("click", { bubbles: true, composed: true }),
        );
        expect(manager.consent.record).to.equal(undefined);
        button(banner, "reject").click();
        expect(manager.consent.record!.action).to.equal("deny-all");
      });

    it("have our button in the panel too", async () => {
      const { manager } = await firstVisit(
        page("", html`<em slot="save">Keep</em>`),
      );
      const { panel } = await openPanel(manager);
      await panel.updateComplete;
      expect(ours(panel)).to.deep.equal(["close", "save", "accept", "reject"]);
      given(panel, "save").click();
      expect(manager.consent.record).to.equal(undefined);
      button(panel, "save").click();
      expect(manager.consent.record!.action).to.equal("save");
    });

    it("P8 and what is beside a button of the page's own decides nothing either", async () => {
      const { manager, banner } = await firstVisit(
        page(html`
          <div slot="accept">
            <i>Now</i> <button type="button">Yes to all</button>
          </div>
          <div slot="reject">
            <i>Now</i> <button type="button">No to all</button>
          </div>
        `),
      );
      for (const action of ["accept", "reject"]) {
        given(banner, action).click();
        given(banner, action).querySelector("i")!.click();
      }
      expect(manager.consent.record).to.equal(undefined);
      given(banner, "accept").querySelector("button")!.click();
      expect(manager.consent.record!.action).to.equal("grant-all");
    });

    it("P8 a button that is disabled decides nothing", async () => {
      const { manager, banner } = await firstVisit(
        page(html`
          <button slot="accept" disabled><b>Yes</b></button>
          <div slot="reject">
            <button aria-disabled="true">No</button>
          </div>
        `),
      );
      given(banner, "accept").click();
      given(banner, "accept").querySelector("b")!.click();
      given(banner, "reject").querySelector("button")!.click();
      expect(manager.consent.record).to.equal(undefined);
    });
  });

  it("P8 a press beside a button decides nothing where all of it stands in a link", async () => {
    const { manager, banner } = await firstVisit(html`
      <a href="#around">
        ${page(html`
          <div slot="accept"><i>Now</i> <button type="button">Yes</button></div>
        `)}
      </a>
    `);
    given(banner, "accept").querySelector("i")!.click();
    expect(manager.consent.record).to.equal(undefined);
  });

  describe("with texts of the page's own", () => {
    const texts = html`
      <span slot="heading">Kites and you</span>
      <span slot="text">We count. <a href="#how">How</a></span>
    `;

    it("show them, and a press on them decides nothing", async () => {
      const { manager, banner } = await firstVisit(page(texts, texts));
      const { panel } = await openPanel(manager);
      for (const host of [banner, panel])
        for (const slot of ["heading", "text"]) {
          expect(given(host, slot).checkVisibility(), slot).to.equal(true);
          given(host, slot).click();
        }
      given(banner, "text").querySelector("a")!.click();
      expect(location.hash).to.equal("#how");
      expect(manager.consent.record).to.equal(undefined);
      await audit(panel);
    });

    it("name the region by our title, and the dialog by the page's heading", async () => {
      const { manager, banner } = await firstVisit(page(texts, texts));
      expect(banner.ariaLabel).to.equal("Your privacy, your choice");
      const { panel } = await openPanel(manager);
      const heading = panel.shadowRoot!.querySelector<HTMLSlotElement>(
        '#heading slot[name="heading"]',
      )!;
      expect(
        heading.assignedElements().map((each) => each.textContent),
      ).to.deep.equal(["Kites and you"]);
    });

    it("have a link to the policy of the page's own beside our text", async () => {
      const { banner } = await firstVisit(
        page(html`<a slot="policy" href="/how-we-count">How we count</a>`),
      );
      expect(
        banner
          .shadowRoot!.querySelector('[part="policy-link"]')!
          .checkVisibility(),
      ).to.equal(false);
      expect(given(banner, "policy").checkVisibility()).to.equal(true);
      expect(
        banner.shadowRoot!.querySelector('[part="text"]')!.textContent,
      ).to.contain("Analytics");
    });
  });

  describe("in the panel", () => {
    it("save, accept and reject with buttons of the page's own", async () => {
      const { manager } = await firstVisit(page("", own));
      for (const [action, choices] of [
        ["save", { analytics: "granted", marketing: "denied" }],
        ["accept", { analytics: "granted", marketing: "granted" }],
        ["reject", { analytics: "denied", marketing: "denied" }],
      ] as const) {
        const { panel } = await openPanel(manager);
        if (action === "save") {
          panel
            .shadowRoot!.querySelector<HTMLElement>('input[type="checkbox"]')!
            .click();
          await panel.updateComplete;
        }
        expect(ours(panel)).to.deep.equal(["close"]);
        given(panel, action).click();
        expect(manager.consent.record!.choices, action).to.deep.equal(choices);
        expect(panel.open).to.equal(false);
      }
    });

    it("are accessible", async () => {
      const { manager } = await firstVisit(page("", own));
      const { panel } = await openPanel(manager);
      await audit(panel);
    });
  });
});
