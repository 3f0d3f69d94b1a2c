import { expect } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import type { Choices } from "../../src/consent/choice.js";
import type { ConsentPreferencesElement } from "../../src/elements/consent-preferences.js";
import type { ServiceDetails } from "../../src/elements/purposes.js";
import { words as en } from "../../src/locales/en.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { switches } from "../support/switches.js";

const page: TemplateResult = html`
  <consent-manager>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing">
      <consent-service name="films" label="Films" switch></consent-service>
      <consent-service name="maps" label="Maps" switch></consent-service>
      <consent-service
        label="Pixels"
        description="Counts who saw an advertisement."
        provider="Pixel Ltd"
        policy-href="https://pixel.example/privacy"
        stores="_px (cookie)"
        sends-to="pixel.example"
        kept-for="90 days"
      ></consent-service>
    </consent-purpose>
  </consent-manager>
`;

const lists = (panel: Element) =>
  [...panel.shadowRoot!.querySelectorAll("details")] as HTMLDetailsElement[];

/** Opens a purpose's list of services as a press on its summary does. */
async function openList(
  panel: ConsentPreferencesElement,
  which = 0,
): Promise<HTMLDetailsElement> {
  const list = lists(panel)[which]!;
  const toggled = new Promise((resolve) =>
    list.addEventListener("toggle", resolve, { once: true }),
  );
  list.querySelector("summary")!.click();
  await toggled;
  await panel.updateComplete;
  return list;
}

const shown = (list: Element) =>
  [...list.querySelectorAll('[part="service"]')].map((each) =>
    each.querySelector('[part="label"]')!.textContent!.trim(),
  );

async function find(
  panel: ConsentPreferencesElement,
  list: Element,
  text: string,
): Promise<string[]> {
  const field = list.querySelector<HTMLInputElement>('[part="search"]')!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await panel.updateComplete;
  return shown(list);
}

const many = (count: number): ServiceDetails[] =>
  Array.from({ length: count }, (_, i) => ({
    label: `Service ${i}`,
    provider: i % 2 ? "Odd Ltd" : "Even Ltd",
    stores: `c${i}`,
    sendsTo: `host-${i}.example`,
    keptFor: "a year",
  }));

describe("services of a purpose", () => {
  afterEach(cleanStorage);

  it("are counted in banner and panel, and are no purposes of their own there", async () => {
    const { manager, banner } = await firstVisit(page);
    const text = banner.shadowRoot!.querySelector('[part="text"]')!;
    expect(text.textContent)
      .to.match(/Analytics\W+and\W+Marketing/)
      .and.contain("Services: 3")
      .and.not.contain("Films");
    const { panel } = await openPanel(manager);
    expect(
      Array.from(
        panel.shadowRoot!.querySelectorAll('[part="purpose"] > label'),
        (each) => each.textContent!.trim(),
      ),
    ).to.deep.equal(["Analytics", "Marketing"]);
    expect(
      lists(panel).map((list) =>
        list.querySelector("summary")!.textContent!.trim(),
      ),
    ).to.deep.equal(["Services: 3"]);
  });

  it("are led to from the banner", async () => {
    const { banner } = await firstVisit(page);
    const opened = next("consent-show");
    banner
      .shadowRoot!.querySelector<HTMLElement>('[part="services-button"]')!
      .click();
    expect((await opened).layer).to.equal("preferences");
  });

  it("say who runs them, what they keep, where it goes and for how long", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    const list = await openList(panel);
    const told = list.querySelectorAll('[part="service"]')[2]!;
    expect(told.querySelector("input")).to.equal(null);
    expect(
      Array.from(told.querySelectorAll("dt, dd"), (each) => each.textContent),
    ).to.deep.equal([
      en.provider,
      "Pixel Ltd",
      en.stores,
      "_px (cookie)",
      en.sendsTo,
      "pixel.example",
      en.keptFor,
      "90 days",
    ]);
    expect(
      told.querySelector('[part="description"]')!.textContent!.trim(),
    ).to.equal("Counts who saw an advertisement.");
    const link = told.querySelector("a")!;
    expect([link.href, link.textContent!.trim()]).to.deep.equal([
      "https://pixel.example/privacy",
      en.policy,
    ]);
    expect(told.querySelectorAll("dl")).to.have.length(1);
    await audit(panel);
  });

  describe("with a switch", () => {
    it("have an answer of their own, which is asked for with the others", async () => {
      const { manager, banner } = await firstVisit(page);
      expect(manager.consent.purposes.map(({ name }) => name)).to.deep.equal([
        "analytics",
        "marketing",
        "films",
        "maps",
      ]);
      button(banner, "accept").click();
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "granted",
        marketing: "granted",
        films: "granted",
        maps: "granted",
      });
      manager.reset();
      button(banner, "reject").click();
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "denied",
        marketing: "denied",
        films: "denied",
        maps: "denied",
      });
    });

    it("P8 are off at first, and cannot be on where the whole is off", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      await openList(panel);
      const { Films, Maps } = switches(panel);
      expect(
        [Films, Maps].map((each) => [each!.checked, each!.disabled]),
      ).to.deep.equal([
        [false, true],
        [false, true],
      ]);
      Films!.click();
      await panel.updateComplete;
      button(panel, "save").click();
      expect(manager.consent.get("films")).to.equal("denied");
    });

    it("follow the whole when it is switched, and can then be switched alone", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      await openList(panel);
      const look = () => {
        const { Marketing, Films, Maps } = switches(panel);
        return [Marketing, Films, Maps].map(
          (each) =>
            `${each!.checked ? "on" : "off"}${each!.disabled ? ", fixed" : ""}`,
        );
      };
      const press = async (name: string) => {
        switches(panel)[name]!.click();
        await panel.updateComplete;
        return look();
      };
      const seen = [look()];
      for (const name of ["Marketing", "Films", "Marketing", "Marketing"])
        seen.push(await press(name));
      expect(seen).to.deep.equal([
        ["off", "off, fixed", "off, fixed"],
        ["on", "on", "on"],
        ["on", "off", "on"],
        ["off", "off, fixed", "off, fixed"],
        ["on", "on", "on"],
      ]);
    });

    const drafts: readonly [string, string[], Choices][] = [
      [
        "the whole on and a part off",
        ["Marketing", "Films"],
        {
          analytics: "denied",
          marketing: "granted",
          films: "denied",
          maps: "granted",
        },
      ],
      [
        "a part on and then the whole off",
        ["Marketing", "Films", "Films", "Marketing"],
        {
          analytics: "denied",
          marketing: "denied",
          films: "denied",
          maps: "denied",
        },
      ],
    ];
    for (const [what, presses, choices] of drafts)
      it(`are saved as shown: ${what}`, async () => {
        const { manager } = await firstVisit(page);
        const { panel } = await openPanel(manager);
        await openList(panel);
        for (const name of presses) {
          switches(panel)[name]!.click();
          await panel.updateComplete;
        }
        button(panel, "save").click();
        expect(manager.consent.record!.choices).to.deep.equal(choices);

        await openPanel(manager);
        await openList(panel);
        const { Marketing, Films, Maps } = switches(panel);
        expect(
          [Marketing, Films, Maps].map((each) => each!.checked),
        ).to.deep.equal([
          choices.marketing === "granted",
          choices.films === "granted",
          choices.maps === "granted",
        ]);
      });

    it("follow the whole also where their list was never opened", async () => {
      const { manager } = await firstVisit(page);
      manager.set({
        analytics: "denied",
        marketing: "granted",
        films: "granted",
        maps: "denied",
      });
      const { panel } = await openPanel(manager);
      switches(panel).Marketing!.click();
      button(panel, "save").click();
      expect(manager.consent.get("films")).to.equal("denied");
    });

    it("are never looser than the whole when they are saved, whoever granted them", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="marketing" anonymous>
            <consent-service name="films" switch></consent-service>
          </consent-purpose>
        </consent-manager>
      `);
      for (const whole of ["denied", "anonymous"] as const) {
        manager.set({ marketing: whole, films: "granted" });
        const { panel } = await openPanel(manager);
        button(panel, "save").click();
        expect(manager.consent.record!.choices, whole).to.deep.equal({
          marketing: whole,
          films: whole,
        });
      }
    });
  });

  describe("in the manager's details", () => {
    it("are told of, and have a switch where they are a purpose by name", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager
          .details=${{
            marketing: {
              services: [
                { name: "films", label: "Films", description: "Shows films." },
                { label: "Pixels", provider: "Pixel Ltd" },
              ],
            },
          }}
        >
          <consent-purpose name="marketing"></consent-purpose>
          <consent-purpose name="films"></consent-purpose>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      expect(Object.keys(switches(panel))).to.deep.equal(["Marketing"]);
      const list = await openList(panel);
      expect(shown(list)).to.deep.equal(["Films", "Pixels"]);
      expect(Object.keys(switches(panel))).to.deep.equal([
        "Marketing",
        "Films",
      ]);
      const films = switches(panel).Films!;
      expect(
        panel
          .shadowRoot!.getElementById(films.getAttribute("aria-describedby")!)!
          .textContent!.trim(),
      ).to.equal("Shows films.");
      await audit(panel);
    });

    for (const href of [
      "javascript:alert(1)",
      "data:text/html,hello",
      "vbscript:x",
      "http://",
    ])
      it(`have no link to ${href}`, async () => {
        const { manager } = await firstVisit(html`
          <consent-manager
            .details=${{
              analytics: { services: [{ label: "One", policyHref: href }] },
            }}
          ></consent-manager>
        `);
        const { panel } = await openPanel(manager);
        const list = await openList(panel);
        expect(shown(list)).to.deep.equal(["One"]);
        expect(list.querySelectorAll("a")).to.have.length(0);
      });

    it("may be given text that looks like markup, and it stays text", async () => {
      const label = "<img src=x onerror=alert(1)>";
      const { manager } = await firstVisit(html`
        <consent-manager
          .details=${{ analytics: { services: [{ label, provider: label }] } }}
        ></consent-manager>
      `);
      const { panel } = await openPanel(manager);
      const list = await openList(panel);
      expect(shown(list)).to.deep.equal([label]);
      expect(list.querySelectorAll("img")).to.have.length(0);
    });
  });

  describe("when there are many", () => {
    const withMany = (count: number) => html`
      <consent-manager
        .details=${{ analytics: { services: many(count) } }}
      ></consent-manager>
    `;

    for (const [count, hasField] of [
      [7, false],
      [8, true],
    ] as const)
      it(`${count} ${hasField ? "can" : "need not"} be searched`, async () => {
        const { manager } = await firstVisit(withMany(count));
        const { panel } = await openPanel(manager);
        const list = await openList(panel);
        expect(shown(list)).to.have.length(count);
        expect(list.querySelectorAll('[part="search"]')).to.have.length(
          hasField ? 1 : 0,
        );
      });

    it("are found by name and by provider, or it is said that there is none", async () => {
      const { manager } = await firstVisit(withMany(30));
      const { panel } = await openPanel(manager);
      const list = await openList(panel);
      const field = list.querySelector<HTMLInputElement>('[part="search"]')!;
      expect(field.ariaLabel).to.equal(en.findService);
      expect(await find(panel, list, "  sErViCe 12 ")).to.deep.equal([
        "Service 12",
      ]);
      expect(await find(panel, list, "odd")).to.have.length(15);
      const status = list.querySelector('[role="status"]')!;
      expect(status.textContent!.trim()).to.equal("");
      expect(await find(panel, list, "nobody")).to.deep.equal([]);
      expect(status.textContent!.trim()).to.equal(en.noService);
      expect(list.querySelector('[role="status"]') === status).to.equal(true);
      expect(await find(panel, list, "")).to.have.length(30);
      await audit(panel);
    });

    it("keep their own answers while they are searched", async () => {
      const names = Array.from({ length: 9 }, (_, i) => `own-${i}`);
      const { manager } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="analytics">
            ${names.map(
              (name) =>
                html`<consent-service
                  name=${name}
                  label=${name}
                  switch
                ></consent-service>`,
            )}
          </consent-purpose>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      const list = await openList(panel);
      switches(panel).Analytics!.click();
      await panel.updateComplete;
      expect(await find(panel, list, "own-7")).to.deep.equal(["own-7"]);
      expect(switches(panel)["own-7"]!.checked).to.equal(true);
      switches(panel)["own-7"]!.click();
      await panel.updateComplete;
      await find(panel, list, "");
      expect(names.map((name) => switches(panel)[name]!.checked)).to.deep.equal(
        names.map((name) => name !== "own-7"),
      );
      button(panel, "save").click();
      expect(manager.consent.get("own-7")).to.equal("denied");
      expect(manager.consent.get("own-6")).to.equal("granted");
    });

    it("1000 are not made before they are asked for, and gone when the list is closed", async () => {
      const { manager } = await firstVisit(withMany(1000));
      const { panel } = await openPanel(manager);
      const nodes = () => panel.shadowRoot!.querySelectorAll("*").length;
      const before = nodes();
      expect(before).to.be.below(100);
      switches(panel).Analytics!.click();
      await panel.updateComplete;
      expect(nodes()).to.equal(before);

      const list = await openList(panel);
      expect(shown(list)).to.have.length(1000);
      // Not more than a dozen each.
      expect(nodes()).to.be.below(before + 12_100);
      const [first] = list.querySelectorAll('[part="service"]');
      expect(getComputedStyle(first!).contentVisibility).to.equal("auto");
      expect(await find(panel, list, "service 999")).to.deep.equal([
        "Service 999",
      ]);
      expect(nodes()).to.be.below(before + 20);

      await openList(panel);
      expect(list.open).to.equal(false);
      expect(nodes()).to.equal(before);
    });

    it("the list is closed, and nothing is looked for, when the panel is opened again", async () => {
      const { manager } = await firstVisit(withMany(30));
      const { panel } = await openPanel(manager);
      const list = await openList(panel);
      await find(panel, list, "service 7");
      panel.hide();
      await openPanel(manager);
      await panel.updateComplete;
      expect(lists(panel).map(({ open }) => open)).to.deep.equal([false]);
      const again = await openList(panel);
      expect(shown(again)).to.have.length(30);
      expect(
        again.querySelector<HTMLInputElement>('[part="search"]')!.value,
      ).to.equal("");
    });
  });
});
