import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import type { Choice } from "../../src/consent/choice.js";
import type { ConsentPreferencesElement } from "../../src/elements/consent-preferences.js";
import { words as en } from "../../src/locales/en.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { captureFetch } from "../support/capture-fetch.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { switches } from "../support/switches.js";

const page = (): TemplateResult => html`
  <consent-manager>
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="analytics" anonymous></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

/** The three ways of the first purpose that has them, in order. */
function ways(panel: Element): HTMLInputElement[] {
  const group = panel.shadowRoot!.querySelector("fieldset")!;
  return [...group.querySelectorAll("input")];
}

const chosen = (panel: Element) =>
  ways(panel)
    .filter(({ checked }) => checked)
    .map(({ value }) => value);

const choose = async (panel: ConsentPreferencesElement, way: Choice) => {
  ways(panel)
    .find(({ value }) => value === way)!
    .click();
  await panel.updateComplete;
};

const nameOfWay = (input: HTMLInputElement) =>
  input
    .closest("label")!
    .querySelector("span:not([hidden])")!
    .textContent!.trim();

describe("the third choice", () => {
  afterEach(cleanStorage);

  for (const [where, visit] of [
    ["an attribute", () => firstVisit(page())],
    [
      "the manager's details",
      () =>
        firstVisit(html`
          <consent-manager .details=${{ analytics: { anonymous: true } }}>
            <consent-purpose name="analytics"></consent-purpose>
            <consent-purpose name="marketing"></consent-purpose>
          </consent-manager>
        `),
    ],
    [
      "details that come late",
      async () => {
        const visited = await firstVisit(html`
          <consent-manager>
            <consent-purpose name="analytics"></consent-purpose>
            <consent-purpose name="marketing"></consent-purpose>
          </consent-manager>
        `);
        visited.manager.details = { analytics: { anonymous: true } };
        return visited;
      },
    ],
  ] as const)
    it(`is offered by ${where}, to that purpose alone`, async () => {
      const { manager } = await visit();
      const { panel } = await openPanel(manager);
      await panel.updateComplete;
      expect(panel.shadowRoot!.querySelectorAll("fieldset")).to.have.length(1);
      expect(
        panel.shadowRoot!.querySelector("legend")!.textContent!.trim(),
      ).to.equal("Analytics");
      expect(ways(panel).map(({ value }) => value)).to.deep.equal([
        "denied",
        "anonymous",
        "granted",
      ]);
      expect(Object.keys(switches(panel))).to.deep.equal(["Marketing"]);
      await audit(panel);
    });

  it("P8 stands at Off where nobody was asked, in either mode", async () => {
    for (const mode of ["opt-in", "opt-out"]) {
      const { manager } = await firstVisit(html`
        <consent-manager mode=${mode} cookie-name=${mode}>
          <consent-purpose name="analytics" anonymous></consent-purpose>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      expect(chosen(panel), mode).to.deep.equal(["denied"]);
      panel.hide();
    }
  });

  for (const way of ["denied", "anonymous", "granted"] as const) {
    it(`saves ${way}, and shows it when it is opened again`, async () => {
      const { manager } = await firstVisit(page());
      const { panel } = await openPanel(manager);
      await choose(panel, way);
      expect(chosen(panel)).to.deep.equal([way]);
      expect(manager.consent.record).to.equal(undefined);
      button(panel, "save").click();
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: way,
        marketing: "denied",
      });
      await openPanel(manager);
      expect(chosen(panel)).to.deep.equal([way]);
    });

    it(`shows ${way} where that was kept on an earlier page`, async () => {
      const first = await firstVisit(page());
      first.manager.set({ analytics: way, marketing: "denied" });
      const again = document.createElement("consent-manager");
      again.innerHTML = `<consent-purpose name="analytics" anonymous></consent-purpose><consent-purpose name="marketing"></consent-purpose>`;
      const ready = next("consent-ready");
      document.body.append(again);
      await ready;
      const { panel } = await openPanel(again);
      const seen = chosen(panel);
      again.remove();
      expect(seen).to.deep.equal([way]);
    });
  }

  it("comes back to Off with the draft thrown away", async () => {
    const { manager } = await firstVisit(page());
    const { panel } = await openPanel(manager);
    await choose(panel, "granted");
    const hidden = next("consent-hide");
    await sendKeys({ press: "Escape" });
    await hidden;
    expect(manager.consent.record).to.equal(undefined);
    await openPanel(manager);
    expect(chosen(panel)).to.deep.equal(["denied"]);
  });

  for (const [action, choice] of [
    ["accept", "granted"],
    ["reject", "denied"],
  ] as const)
    it(`is no answer of ${action} all, which means ${choice}`, async () => {
      const { manager, banner } = await firstVisit(page());
      const { panel } = await openPanel(manager);
      await choose(panel, "anonymous");
      button(panel, action).click();
      expect(manager.consent.get("analytics")).to.equal(choice);

      manager.reset();
      await banner.updateComplete;
      button(banner, action).click();
      expect(manager.consent.get("analytics")).to.equal(choice);
    });

  describe("with the keyboard", () => {
    it("is one stop, gone through with the arrow keys", async () => {
      const { manager } = await firstVisit(page());
      const { panel } = await openPanel(manager);
      const stops: string[] = [];
      for (let i = 0; i < 3; i++) {
        await sendKeys({ press: "Tab" });
        const { dataset, value, type } = deepActive() as HTMLInputElement;
        stops.push(dataset.action ?? (type === "radio" ? value : type));
      }
      expect(stops).to.deep.equal(["close", "denied", "checkbox"]);

      await sendKeys({ down: "Shift" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ up: "Shift" });
      const seen: string[][] = [];
      for (const key of [
        "ArrowRight",
        "ArrowDown",
        "ArrowRight",
        "ArrowLeft",
        "ArrowUp",
      ]) {
        await sendKeys({ press: key });
        await panel.updateComplete;
        seen.push([(deepActive() as HTMLInputElement).value, ...chosen(panel)]);
      }
      expect(seen).to.deep.equal(
        ["anonymous", "granted", "denied", "granted", "anonymous"].map(
          (way) => [way, way],
        ),
      );
      expect(manager.consent.record).to.equal(undefined);
      button(panel, "save").focus();
      await sendKeys({ press: "Enter" });
      expect(manager.consent.get("analytics")).to.equal("anonymous");
    });

    it("shows where the focus is", async () => {
      const { manager } = await firstVisit(page());
      const { panel } = await openPanel(manager);
      button(panel, "close").focus();
      await sendKeys({ press: "Tab" });
      const { outlineStyle, outlineWidth } = getComputedStyle(deepActive()!);
      expect([outlineStyle, parseFloat(outlineWidth) >= 2]).to.deep.equal([
        "solid",
        true,
      ]);
    });
  });

  it("has names that stay, and says what each way means", async () => {
    const { manager } = await firstVisit(page());
    const { panel } = await openPanel(manager);
    const read = () => {
      const byId = (id: string) =>
        panel.shadowRoot!.getElementById(id)!.textContent!.trim();
      const group = panel.shadowRoot!.querySelector("fieldset")!;
      return {
        group: [
          group.querySelector("legend")!.textContent!.trim(),
          byId(group.getAttribute("aria-describedby")!),
        ],
        ways: ways(panel).map((input) => [
          nameOfWay(input),
          byId(input.getAttribute("aria-describedby")!),
        ]),
      };
    };
    const before = read();
    expect(before).to.deep.equal({
      group: ["Analytics", en.purposes.analytics!.description],
      ways: [
        [en.off, en.offText],
        [en.anonymous, en.anonymousText],
        [en.on, en.onText],
      ],
    });
    const meaning = () =>
      panel.shadowRoot!.querySelector('[part="meaning"]')!.textContent!.trim();
    for (const [way, text] of [
      ["anonymous", en.anonymousText],
      ["granted", en.onText],
      ["denied", en.offText],
    ] as const) {
      await choose(panel, way);
      expect(read()).to.deep.equal(before);
      expect(meaning()).to.equal(text);
    }
  });

  it("takes a page's own words for what each way means", async () => {
    const { manager } = await firstVisit(html`
      <consent-manager
        .details=${{
          polls: {
            label: "Polls",
            anonymous: true,
            offText: "No polls.",
            anonymousText: "Polls without names.",
            onText: "Polls with names.",
          },
        }}
      >
        <consent-purpose
          name="analytics"
          anonymous
          text-off="No counting."
          text-anonymous="Counting heads."
        ></consent-purpose>
        <consent-purpose name="polls"></consent-purpose>
      </consent-manager>
    `);
    // In a template of Lit's it would read as a listener.
    manager
      .querySelector('[name="analytics"]')!
      .setAttribute("text-on", "Counting faces.");
    const { panel } = await openPanel(manager);
    const told = Array.from(
      panel.shadowRoot!.querySelectorAll("fieldset"),
      (group) =>
        Array.from(group.querySelectorAll("legend, [hidden]"), (each) =>
          each.textContent!.trim(),
        ),
    );
    expect(told).to.deep.equal([
      ["Analytics", "No counting.", "Counting heads.", "Counting faces."],
      ["Polls", "No polls.", "Polls without names.", "Polls with names."],
    ]);
  });

  it("makes the tracker count without recognising, and a yes recognise", async () => {
    const requests = captureFetch();
    const { manager } = await firstVisit(html`
      <consent-manager
        tracker="mixpanel"
        token="t"
        endpoint="https://collector.example"
      >
        <consent-purpose name="analytics" anonymous></consent-purpose>
      </consent-manager>
    `);
    const { panel } = await openPanel(manager);
    /** Decides in the panel, tracks, and tells what was sent of it and whether the browser keeps something. */
    const track = async (way: Choice, name: string) => {
      await openPanel(manager);
      await choose(panel, way);
      button(panel, "save").click();
      manager.tracker!.identify("user-42");
      manager.tracker!.track(name);
      manager.tracker!.flush();
    };
    const sent = async (name: string) => {
      for (;;) {
        const { events } = await requests.next();
        const found = events.find(({ event }) => event === name);
        if (found) return JSON.stringify(found).includes("user-42");
      }
    };

    await track("anonymous", "looked");
    expect(manager.consent.isGranted("analytics")).to.equal(false);
    expect([await sent("looked"), localStorage.length]).to.deep.equal([
      false,
      0,
    ]);

    await track("granted", "bought");
    expect(await sent("bought")).to.equal(true);
    expect(localStorage.length).to.be.above(0);

    await track("denied", "left");
    expect(localStorage).to.have.length(0);
    expect(
      requests.all.flatMap(({ events }) => events.map(({ event }) => event)),
    ).to.not.contain("left");
  });
});
