import { expect, fixture } from "@open-wc/testing";
import { sendKeys, sendMouse, resetMouse } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import type { Choices } from "../../src/consent/choice.js";
import { createConsent } from "../../src/create-consent.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { firstVisit } from "../support/first-visit.js";
import { hear } from "../support/hear.js";
import { nameOf } from "../support/name-of.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { switches } from "../support/switches.js";
import { isMiniBrowser } from "../support/engine.js";

const page = html`
  <div>
    <button id="before">Before</button>
    <consent-manager>
      <consent-purpose name="necessary"></consent-purpose>
      <consent-purpose name="analytics"></consent-purpose>
      <consent-purpose name="marketing"></consent-purpose>
    </consent-manager>
    <consent-trigger><button>Privacy choices</button></consent-trigger>
  </div>
`;

const SUBSETS: Choices[] = [
  { analytics: "denied", marketing: "denied" },
  { analytics: "granted", marketing: "denied" },
  { analytics: "denied", marketing: "granted" },
  { analytics: "granted", marketing: "granted" },
];

/** What the switches show, as choices. */
function shown(panel: Element): Choices {
  const { Analytics, Marketing } = switches(panel);
  return {
    analytics: Analytics!.checked ? "granted" : "denied",
    marketing: Marketing!.checked ? "granted" : "denied",
  };
}

/** Puts the switches where `choices` has them, one press a switch. */
function press(panel: Element, choices: Choices): void {
  const now = shown(panel);
  const { Analytics, Marketing } = switches(panel);
  if (now.analytics !== choices.analytics) Analytics!.click();
  if (now.marketing !== choices.marketing) Marketing!.click();
}

/** Another tab of the site: it has the cookie and the channel, and no element. */
const otherTab = () =>
  createConsent({ purposes: ["necessary", "analytics", "marketing"] });

describe("<consent-preferences>", () => {
  afterEach(cleanStorage);

  describe("when it opens", () => {
    it("is a modal native dialog, named by its heading", async () => {
      const { manager } = await firstVisit(page);
      const { panel, dialog } = await openPanel(manager);

      expect(panel.open).to.equal(true);
      expect(dialog.matches(":modal")).to.equal(true);
      const heading = panel.shadowRoot!.getElementById(
        dialog.getAttribute("aria-labelledby")!,
      )!;
      expect(heading.textContent!.trim()).to.equal("Privacy preferences");
      expect(dialog.querySelector("[part=text]")!.textContent).to.match(
        /Choose what this site may do/,
      );
    });

    it("has its buttons", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      expect(
        Array.from(panel.shadowRoot!.querySelectorAll("button"), (each) => [
          each.dataset.action,
          each.ariaLabel ?? each.textContent!.trim(),
        ]),
      ).to.deep.equal([
        ["close", "Close"],
        ["save", "Save"],
        ["accept", "Accept all"],
        ["reject", "Reject all"],
      ]);
    });

    it("is accessible", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      await audit(panel);
    });

    it("tells so, once", async () => {
      const { manager } = await firstVisit(page);
      const heard = hear();
      await openPanel(manager);
      await openPanel(manager);
      expect(heard).to.deep.equal(["consent-show preferences"]);
    });

    it("takes the focus in, to its heading", async () => {
      const { manager } = await firstVisit(page);
      const { dialog } = await openPanel(manager);
      expect(nameOf(deepActive())).to.equal(nameOf(dialog.querySelector("h2")));
    });

    it("offers one switch for each purpose that is not required", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      expect(
        Object.entries(switches(panel)).map(([name, { role }]) => [name, role]),
      ).to.deep.equal([
        ["Analytics", "switch"],
        ["Marketing", "switch"],
      ]);
    });

    it("says that a required purpose is always on, and what for", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const [required] = panel.shadowRoot!.querySelectorAll("[part=purpose]");
      expect(required!.textContent!.replace(/\s+/g, " ").trim()).to.equal(
        "Necessary Always on What the site cannot work without, such as remembering this choice.",
      );
    });

    it("P8 has nothing ticked the first time", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      expect(shown(panel)).to.deep.equal(SUBSETS[0]);
    });

    it("P8 has nothing ticked the first time in opt-out mode either", async () => {
      const { manager } = await firstVisit(
        html`<consent-manager mode="opt-out"></consent-manager>`,
      );
      const { panel } = await openPanel(manager);
      expect(switches(panel).Analytics!.checked).to.equal(false);
    });

    for (const choices of SUBSETS)
      it(`shows what was kept: ${JSON.stringify(choices)}`, async () => {
        const { manager } = await firstVisit(page);
        manager.set(choices);
        const { panel } = await openPanel(manager);
        expect(shown(panel)).to.deep.equal(choices);
      });

    it("shows what was kept on an earlier page", async () => {
      otherTab().set({ analytics: "denied", marketing: "granted" });
      const ready = next("consent-ready");
      const root = await fixture<HTMLElement>(page);
      await ready;
      const { panel } = await openPanel(root.querySelector("consent-manager")!);
      expect(shown(panel)).to.deep.equal(SUBSETS[2]);
    });
  });

  describe("switches", () => {
    it("keep their names and descriptions when they are switched", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const read = () =>
        Object.entries(switches(panel)).map(([label, input]) => [
          label,
          panel
            .shadowRoot!.getElementById(
              input.getAttribute("aria-describedby")!,
            )!
            .textContent!.trim(),
        ]);
      const before = read();
      expect(before).to.deep.equal([
        [
          "Analytics",
          "Shows which pages are used and where visitors get stuck.",
        ],
        ["Marketing", "Shows advertising that fits you, and measures it."],
      ]);
      press(panel, SUBSETS[3]!);
      await panel.updateComplete;
      expect(shown(panel)).to.deep.equal(SUBSETS[3]);
      expect(read()).to.deep.equal(before);
    });

    it("are labelled whatever the purposes are called", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager>
          <consent-purpose
            name="heading"
            label="Headings"
            description="On top."
          ></consent-purpose>
          <consent-purpose
            name="ads-description"
            label="Alt texts"
            description="Of pictures."
          ></consent-purpose>
          <consent-purpose
            name="ads"
            label="Ads"
            description="Of ours."
          ></consent-purpose>
        </consent-manager>
      `);
      const { panel, dialog } = await openPanel(manager);
      const byId = (id: string | null) =>
        panel.shadowRoot!.getElementById(id!)!.textContent!.trim();
      const named = Array.from(
        panel.shadowRoot!.querySelectorAll("input"),
        (input) => [
          input.labels?.[0]?.textContent ?? "",
          byId(input.getAttribute("aria-describedby")),
        ],
      );
      expect([
        byId(dialog.getAttribute("aria-labelledby")),
        ...named,
      ]).to.deep.equal([
        "Privacy preferences",
        ["Headings", "On top."],
        ["Alt texts", "Of pictures."],
        ["Ads", "Of ours."],
      ]);
    });

    it("decide nothing before Save", async () => {
      const { manager } = await firstVisit(page);
      const heard = hear();
      const { panel } = await openPanel(manager);
      press(panel, SUBSETS[3]!);
      await panel.updateComplete;

      expect(manager.consent.record).to.equal(undefined);
      expect(manager.consent.isGranted("analytics")).to.equal(false);
      expect(document.cookie).to.equal("");
      expect(heard).to.deep.equal(["consent-show preferences"]);
    });
  });

  describe("Save", () => {
    for (const choices of SUBSETS)
      it(`keeps exactly what is shown: ${JSON.stringify(choices)}`, async () => {
        const { manager } = await firstVisit(page);
        const { panel } = await openPanel(manager);
        press(panel, choices);
        button(panel, "save").click();

        const record = manager.consent.record!;
        expect(record.choices).to.deep.equal(choices);
        expect([record.source, record.action]).to.deep.equal(["user", "save"]);
        expect(panel.open).to.equal(false);
      });

    for (const before of SUBSETS)
      it(`takes back what was kept, when it is switched off: ${JSON.stringify(before)}`, async () => {
        const { manager } = await firstVisit(page);
        manager.set(before);
        const { panel } = await openPanel(manager);
        press(panel, SUBSETS[0]!);
        button(panel, "save").click();
        expect(manager.consent.record!.choices).to.deep.equal(SUBSETS[0]);
      });

    it("leaves an anonymous answer alone that nobody touched", async () => {
      const { manager } = await firstVisit(page);
      manager.set({ analytics: "anonymous", marketing: "denied" });
      const { panel } = await openPanel(manager);
      switches(panel).Marketing!.click();
      button(panel, "save").click();
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "anonymous",
        marketing: "granted",
      });
    });

    it("of an untouched panel refuses everything", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      button(panel, "save").click();
      expect(manager.consent.record!.choices).to.deep.equal(SUBSETS[0]);
    });

    it("says nothing about a purpose that came while it was open", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "functional");
      manager.append(late);
      await panel.updateComplete;
      press(panel, SUBSETS[3]!);
      button(panel, "save").click();
      expect(manager.consent.get("functional")).to.equal(
        switches(panel).Functional && "denied",
      );
    });
  });

  describe("Accept all and Reject all", () => {
    for (const [action, choice, word] of [
      ["accept", "granted", "grant-all"],
      ["reject", "denied", "deny-all"],
    ] as const)
      it(`${action} answers for every purpose, whatever the switches show`, async () => {
        const { manager } = await firstVisit(page);
        const { panel } = await openPanel(manager);
        press(panel, SUBSETS[1]!);
        button(panel, action).click();

        const record = manager.consent.record!;
        expect(record.choices).to.deep.equal({
          analytics: choice,
          marketing: choice,
        });
        expect([record.source, record.action]).to.deep.equal(["user", word]);
        expect(panel.open).to.equal(false);
      });

    it("grants no late purpose that the panel does not show", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "functional");
      manager.append(late);
      await panel.updateComplete;
      const isShown = "Functional" in switches(panel);
      button(panel, "accept").click();
      expect(manager.consent.isGranted("functional")).to.equal(isShown);
    });

    it("P8 give reject the size and the look of accept", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const [accept, reject] = ["accept", "reject"].map((action) =>
        button(panel, action),
      ) as [HTMLButtonElement, HTMLButtonElement];
      const [a, r] = [accept, reject].map((each) => {
        const { font, padding, color, backgroundColor, border } =
          getComputedStyle(each);
        return { font, padding, color, backgroundColor, border };
      });

      expect(r).to.deep.equal(a);
      expect(reject.offsetHeight).to.equal(accept.offsetHeight);
      expect(reject.offsetTop).to.equal(accept.offsetTop);
      expect(reject.offsetWidth / accept.offsetWidth).to.be.within(0.95, 1.05);
      const actions = [...panel.shadowRoot!.querySelectorAll("[data-action]")];
      expect(actions.indexOf(reject) - actions.indexOf(accept)).to.equal(1);
    });
  });

  for (const action of ["save", "accept", "reject"])
    it(`asks the page before ${action}, and leaves everything as it was when the page prevents it`, async () => {
      const { manager, banner } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      press(panel, SUBSETS[1]!);
      await panel.updateComplete;
      const heard = hear();
      document.addEventListener(
        "consent-submit",
        (event) => event.preventDefault(),
        { once: true },
      );
      button(panel, action).click();
      await panel.updateComplete;

      expect(heard).to.deep.equal(["consent-submit"]);
      expect(manager.consent.record).to.equal(undefined);
      expect(panel.open).to.equal(true);
      expect(banner.open).to.equal(true);
      expect(shown(panel)).to.deep.equal(SUBSETS[1]);
    });

  it("tells what happens in order: asked, decided, gone", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    const heard = hear();
    const gone = new Promise((resolve) =>
      panel.addEventListener("consent-hide", resolve, { once: true }),
    );
    button(panel, "save").click();
    await gone;
    expect(heard).to.deep.equal([
      "consent-submit",
      "consent-change",
      "consent-hide banner",
      "consent-hide preferences",
    ]);
  });

  it("tells the page what Save would keep, across shadow roots", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    press(panel, SUBSETS[2]!);
    const submitted = next("consent-submit");
    button(panel, "save").click();
    const { choices, action, composed, cancelable, target } = await submitted;
    expect({ choices, action, composed, cancelable }).to.deep.equal({
      choices: SUBSETS[2],
      action: "save",
      composed: true,
      cancelable: true,
    });
    expect(target === panel).to.equal(true);
  });

  describe("closing", () => {
    const ways: Record<string, (panel: Element) => unknown> = {
      Escape: () => sendKeys({ press: "Escape" }),
      "the close button": (panel) => button(panel, "close").click(),
      "a click beside it": () => sendMouse({ type: "click", position: [4, 4] }),
      "hide()": (panel) => (panel as HTMLElement & { hide(): void }).hide(),
    };
    for (const [way, close] of Object.entries(ways)) {
      const hasNoMouse = isMiniBrowser && way === "a click beside it";

      it(`by ${way} decides nothing and throws the draft away`, async function () {
        if (hasNoMouse) this.skip();
        const { manager, banner } = await firstVisit(page);
        const { panel } = await openPanel(manager);
        press(panel, SUBSETS[3]!);
        const heard = hear();
        const hidden = next("consent-hide");
        await close(panel);
        expect((await hidden).layer).to.equal("preferences");
        if (!isMiniBrowser) await resetMouse();

        expect(panel.open).to.equal(false);
        expect(heard).to.deep.equal(["consent-hide preferences"]);
        expect(manager.consent.record).to.equal(undefined);
        expect(banner.open).to.equal(true);
        await openPanel(manager);
        expect(shown(panel)).to.deep.equal(SUBSETS[0]);
      });

      it(`by ${way} leaves the record as it was`, async function () {
        if (hasNoMouse) this.skip();
        const { manager } = await firstVisit(page);
        manager.set(SUBSETS[1]!);
        const { record } = manager.consent;
        const { panel } = await openPanel(manager);
        press(panel, SUBSETS[2]!);
        const hidden = next("consent-hide");
        await close(panel);
        await hidden;
        if (!isMiniBrowser) await resetMouse();

        expect(manager.consent.record).to.equal(record);
        await openPanel(manager);
        expect(shown(panel)).to.deep.equal(SUBSETS[1]);
      });
    }

    it("decides nothing, however often Escape is pressed", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      press(panel, SUBSETS[3]!);
      for (let i = 0; i < 4; i++) await sendKeys({ press: "Escape" });
      expect(manager.consent.record).to.equal(undefined);
    });

    it("gives the focus back to the banner's button", async () => {
      const { manager, banner } = await firstVisit(page);
      button(banner, "preferences").focus();
      const opened = next("consent-show");
      await sendKeys({ press: "Enter" });
      await opened;
      const hidden = next("consent-hide");
      await sendKeys({ press: "Escape" });
      await hidden;
      expect(nameOf(deepActive())).to.equal(
        nameOf(button(banner, "preferences")),
      );
      expect(manager.consent.record).to.equal(undefined);
    });

    it("gives the focus back to the trigger's button", async () => {
      await firstVisit(page);
      const control = document.querySelector<HTMLElement>(
        "consent-trigger button",
      )!;
      const opened = next("consent-show");
      // As Safari does it: a click that leaves the focus where it was.
      control.click();
      await opened;
      const hidden = next("consent-hide");
      await sendKeys({ press: "Escape" });
      await hidden;
      expect(nameOf(deepActive())).to.equal(nameOf(control));
    });

    it("gives the focus back to what had it, where nothing opened the panel", async () => {
      const { manager } = await firstVisit(page);
      const before = document.getElementById("before")!;
      before.focus();
      await openPanel(manager);
      const hidden = next("consent-hide");
      await sendKeys({ press: "Escape" });
      await hidden;
      expect(nameOf(deepActive())).to.equal(nameOf(before));
    });

    it("gives the focus back to the latest opener only", async () => {
      const { manager } = await firstVisit(page);
      const control = document.querySelector<HTMLElement>(
        "consent-trigger button",
      )!;
      const before = document.getElementById("before")!;
      for (const opener of [control, undefined]) {
        before.focus();
        await openPanel(manager, opener);
        const hidden = next("consent-hide");
        await sendKeys({ press: "Escape" });
        await hidden;
        expect(nameOf(deepActive())).to.equal(nameOf(opener ?? before));
      }
    });

    it("gives the focus back to the trigger after Save too", async () => {
      const { manager } = await firstVisit(page);
      const control = document.querySelector<HTMLElement>(
        "consent-trigger button",
      )!;
      const { panel } = await openPanel(manager, control);
      const hidden = new Promise((resolve) =>
        panel.addEventListener("consent-hide", resolve, { once: true }),
      );
      button(panel, "save").click();
      await hidden;
      expect(nameOf(deepActive())).to.equal(nameOf(control));
    });
  });

  describe("with the keyboard", () => {
    it("is decided in it from banner to Save", async () => {
      const { manager, banner } = await firstVisit(page);
      button(banner, "preferences").focus();
      const opened = next("consent-show");
      await sendKeys({ press: "Enter" });
      await opened;
      const panel = manager.querySelector("consent-preferences")!;
      const reached: (string | undefined)[] = [];
      for (let i = 0; i < 6; i++) {
        await sendKeys({ press: "Tab" });
        const active = deepActive() as HTMLInputElement;
        const label = active.labels?.[0]?.textContent ?? "";
        reached.push(active.dataset.action ?? label.trim());
        if (reached.at(-1) === "Marketing") await sendKeys({ press: " " });
      }
      expect(reached).to.deep.equal([
        "close",
        "Analytics",
        "Marketing",
        "save",
        "accept",
        "reject",
      ]);
      expect(shown(panel)).to.deep.equal(SUBSETS[2]);
      expect(manager.consent.record).to.equal(undefined);

      await sendKeys({ down: "Shift" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ up: "Shift" });
      expect(nameOf(deepActive())).to.equal(nameOf(button(panel, "save")));
      await sendKeys({ press: "Enter" });
      expect(manager.consent.record!.choices).to.deep.equal(SUBSETS[2]);
    });

    it("never lets the focus out to the page behind it", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const outside = new Set<Element>();
      for (let i = 0; i < 10; i++) {
        await sendKeys({ press: "Tab" });
        const active = document.activeElement!;
        if (active !== panel && active !== document.body) outside.add(active);
      }
      expect([...outside].map(nameOf)).to.deep.equal([]);
    });
  });

  describe("while another tab decides", () => {
    for (const [before, there, here] of [
      // The visitor refuses here while a grant comes from there, and the other way round.
      [SUBSETS[0], SUBSETS[3], SUBSETS[0]],
      [SUBSETS[3], SUBSETS[0], SUBSETS[3]],
      [SUBSETS[0], SUBSETS[3], SUBSETS[1]],
    ] as const)
      it(`saves what is shown, never something else: ${JSON.stringify([before, there, here])}`, async () => {
        const { manager } = await firstVisit(page);
        manager.set(before!);
        const { panel } = await openPanel(manager);
        press(panel, here!);
        await change(manager, there!);
        await panel.updateComplete;

        const seen = shown(panel);
        button(panel, "save").click();
        expect(manager.consent.record!.choices).to.deep.equal(seen);
      });

    it("shows what the other tab decided when it is opened again", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      await change(manager, SUBSETS[2]!);
      const hidden = next("consent-hide");
      await sendKeys({ press: "Escape" });
      await hidden;
      await openPanel(manager);
      expect(shown(panel)).to.deep.equal(SUBSETS[2]);
    });

    it("stays open, so that nothing moves under the visitor's hands", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      await change(manager, SUBSETS[3]!);
      expect(panel.open).to.equal(true);
    });
  });

  it("saves a no for a switch that came while it was open and was left off", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    const late = document.createElement("consent-purpose");
    late.setAttribute("name", "functional");
    manager.append(late);
    // News from elsewhere draws the panel again.
    await change(manager, SUBSETS[3]!);
    await panel.updateComplete;
    const isShown = "Functional" in switches(panel);
    button(panel, "save").click();
    expect(manager.consent.get("functional")).to.equal(
      isShown ? "denied" : undefined,
    );
  });

  it("opens again after it was taken out of the page while it was open", async () => {
    const { manager } = await firstVisit(page);
    const { panel, dialog } = await openPanel(manager);
    const { parentElement } = manager;
    manager.remove();
    parentElement!.append(manager);
    await panel.updateComplete;
    expect(dialog.checkVisibility() && !dialog.matches(":modal")).to.equal(
      false,
    );

    await openPanel(manager);
    expect(dialog.matches(":modal")).to.equal(true);
  });

  it("takes a heading and a text from the page", async () => {
    const { manager } = await firstVisit(html`
      <consent-manager>
        <consent-preferences>
          <span slot="heading">Your cookies</span>
          <span slot="text">Pick the ones you like.</span>
        </consent-preferences>
      </consent-manager>
    `);
    const own = manager.querySelector("consent-preferences");
    const { panel, dialog } = await openPanel(manager);
    expect(panel === own).to.equal(true);
    expect(manager.querySelectorAll("consent-preferences")).to.have.length(1);
    expect(
      Array.from(
        dialog.querySelectorAll<HTMLSlotElement>(
          "slot:is([name=heading], [name=text])",
        ),
        (slot) => slot.assignedElements().map((each) => each.textContent),
      ),
    ).to.deep.equal([["Your cookies"], ["Pick the ones you like."]]);
    await audit(panel);
  });
});

/** Lets another tab decide, and waits until this page has heard of it. */
async function change(
  manager: ConsentManagerElement,
  choices: Choices,
): Promise<void> {
  const heard = next("consent-change");
  otherTab().set(choices);
  expect((await heard).source).to.equal("tab");
  expect(manager.consent.record!.choices).to.deep.equal(choices);
}
