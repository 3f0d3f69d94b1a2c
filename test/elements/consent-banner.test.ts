import { expect, fixture } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentBannerElement } from "../../src/elements/consent-banner.js";
import type { ConsentSubmitEvent } from "../../src/elements/events.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { captureFetch } from "../support/capture-fetch.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { firstVisit } from "../support/first-visit.js";
import { nameOf } from "../support/name-of.js";
import { hear } from "../support/hear.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";

/** A part of the banner, with its white space as a reader sees it. */
function read(banner: ConsentBannerElement, part: string): string {
  const box = banner.shadowRoot!.querySelector(`[part="${part}"]`)!;
  // Without the marks that keep a name's direction to itself.
  return box
    .textContent!.replace(/[\u2068\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

const plain = html`<consent-manager
  tracker="mixpanel"
  token="t"
  endpoint="https://collector.example"
></consent-manager>`;

const two = html`
  <consent-manager>
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

describe("<consent-banner>", () => {
  afterEach(cleanStorage);

  describe("of the plain tag", () => {
    it("appears with a title, the asked purpose, the policy and three buttons", async () => {
      const { banner } = await firstVisit(plain);

      expect(banner.open).to.equal(true);
      expect(banner.getBoundingClientRect().height).to.be.above(0);
      expect(read(banner, "heading")).to.equal("Your privacy, your choice");
      expect(read(banner, "text")).to.match(/ for: Analytics\. /);
      const policy = banner.shadowRoot!.querySelector("a")!;
      expect(policy.pathname).to.equal("/privacy");
      expect(policy.textContent).to.equal("Privacy policy");
      expect(
        Array.from(banner.shadowRoot!.querySelectorAll("button"), (each) => [
          each.dataset.action,
          each.textContent!.trim(),
        ]),
      ).to.deep.equal([
        ["accept", "Accept all"],
        ["reject", "Reject all"],
        ["preferences", "Preferences"],
      ]);
    });

    it("is accessible", async () => {
      const { banner } = await firstVisit(plain);
      await audit(banner);
    });

    it("tells that the record was read, then that the banner appeared", async () => {
      const heard = hear();
      await firstVisit(plain);
      expect(heard).to.deep.equal(["consent-ready", "consent-show banner"]);
    });

    it("P1 stores nothing and sends nothing before a choice", async () => {
      const { all } = captureFetch();
      const { manager } = await firstVisit(plain);
      manager.tracker!.track("Looked around");
      manager.tracker!.flush();
      await openPanel(manager);

      expect(document.cookie).to.equal("");
      expect(localStorage).to.have.length(0);
      expect(sessionStorage).to.have.length(0);
      expect(await indexedDB.databases()).to.deep.equal([]);
      expect(all).to.deep.equal([]);
    });

    it("P10 asks no other origin for anything", async () => {
      const { manager } = await firstVisit(plain);
      await openPanel(manager);
      const origins = performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).origin);
      expect([...new Set(origins)]).to.deep.equal([location.origin]);
    });
  });

  describe("words", () => {
    it("names every purpose that is asked about, and none that is required", async () => {
      const { banner } = await firstVisit(two);
      expect(read(banner, "text")).to.match(/ for: Analytics and Marketing\. /);
    });

    it("says what runs already where the mode is opt-out", async () => {
      const { banner } = await firstVisit(
        html`<consent-manager mode="opt-out"></consent-manager>`,
      );
      expect(read(banner, "text"))
        .to.match(/^We use your data for: Analytics\. /)
        .and.not.match(/Nothing is stored/);
    });

    for (const lang of ["en-GB", "tlh"])
      it(`are in a language that is told, where the page is in ${lang}`, async () => {
        const { manager, banner } = await firstVisit(html`
          <div lang=${lang}><consent-manager></consent-manager></div>
        `);
        const { panel } = await openPanel(manager);
        expect([banner.lang, panel.lang]).to.deep.equal(["en", "en"]);
        expect(read(banner, "heading")).to.equal("Your privacy, your choice");
      });

    it("keeps a label of the page as it is written", async () => {
      const { banner } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="offers" label=${"$$ off & $& more"}>
          </consent-purpose>
        </consent-manager>
      `);
      expect(read(banner, "text")).to.contain(" for: $$ off & $& more. ");
    });

    it("grants no late purpose that its text does not name", async () => {
      const { manager, banner } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="analytics"></consent-purpose>
        </consent-manager>
      `);
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "marketing");
      manager.append(late);
      await banner.updateComplete;
      const text = read(banner, "text");
      button(banner, "accept").click();

      expect(manager.consent.isGranted("marketing")).to.equal(
        text.includes("Marketing"),
      );
    });

    it("asks once more, by name, for a purpose that came after the text was read", async () => {
      const { manager, banner } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="analytics"></consent-purpose>
        </consent-manager>
      `);
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "marketing");
      manager.append(late);
      button(banner, "accept").click();
      await banner.updateComplete;
      expect(manager.consent.get("analytics")).to.equal("granted");
      expect(banner.checkVisibility()).to.equal(true);
      expect(read(banner, "text")).to.contain("Marketing");

      const hidden = next("consent-hide");
      button(banner, "accept").click();
      await hidden;
      expect(manager.consent.needsChoice).to.equal(false);
    });

    it("takes a heading and a text from the page", async () => {
      const { banner } = await firstVisit(html`
        <consent-manager>
          <consent-banner>
            <span slot="heading">Cookies?</span>
            <span slot="text">We bake. <a href="/oven">See the oven</a></span>
          </consent-banner>
        </consent-manager>
      `);
      const shown = Array.from(
        banner.shadowRoot!.querySelectorAll<HTMLSlotElement>(
          "slot:is([name=heading], [name=text])",
        ),
        (slot) => slot.assignedElements().map((each) => each.textContent),
      );
      expect(shown).to.deep.equal([["Cookies?"], ["We bake. See the oven"]]);
      expect(banner.shadowRoot!.querySelector("a")!.checkVisibility()).to.equal(
        false,
      );
    });
  });

  describe("policy link", () => {
    const goes: [string, string][] = [
      ["/about/privacy", "/about/privacy"],
      ["privacy.html?lang=en#top", "privacy.html?lang=en#top"],
      ["#privacy", "#privacy"],
      ["https://site.example/privacy", "https://site.example/privacy"],
      ["http://site.example/privacy", "http://site.example/privacy"],
      ["//site.example/privacy", "//site.example/privacy"],
      ["/a:b", "/a:b"],
    ];
    for (const [given, wanted] of goes)
      it(`leads to ${given}`, async () => {
        const { banner } = await firstVisit(
          html`<consent-manager policy-href=${given}></consent-manager>`,
        );
        const link = banner.shadowRoot!.querySelector("a")!;
        expect(link.getAttribute("href")).to.equal(wanted);
      });

    const runs = [
      "javascript:alert(1)",
      "JavaScript:alert(1)",
      "  javascript:alert(1)",
      "java\tscript:alert(1)",
      "java\nscript:alert(1)",
      "\u0001javascript:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:alert(1)",
      "blob:https://site.example/1",
    ];
    for (const given of runs)
      it(`does not follow ${JSON.stringify(given)}`, async () => {
        const { banner } = await firstVisit(
          html`<consent-manager policy-href=${given}></consent-manager>`,
        );
        const link = banner.shadowRoot!.querySelector("a")!;
        expect(link.href).to.equal(`${location.origin}/privacy`);
      });
  });

  describe("buttons", () => {
    it("are in an open shadow root, accept and reject side by side", async () => {
      const { banner } = await firstVisit(two);
      const actions = banner.shadowRoot!.querySelectorAll("[data-action]");
      expect(Array.from(actions, nameOf)).to.deep.equal([
        "accept",
        "reject",
        "preferences",
      ]);
    });

    it("P8 give reject the size and the look of accept", async () => {
      const { banner } = await firstVisit(two);
      const [accept, reject] = ["accept", "reject"].map((action) => {
        const { width, height } = button(
          banner,
          action,
        ).getBoundingClientRect();
        const style = getComputedStyle(button(banner, action));
        return {
          width,
          height,
          look: Object.fromEntries(
            [
              "fontFamily",
              "fontSize",
              "fontWeight",
              "fontStyle",
              "padding",
              "color",
              "backgroundColor",
              "borderColor",
              "borderWidth",
              "borderRadius",
              "boxShadow",
              "opacity",
              "textDecorationLine",
            ].map((name) => [name, style[name as "color"]]),
          ),
        };
      }) as [Look, Look];

      expect(reject.look).to.deep.equal(accept.look);
      expect(reject.height).to.be.closeTo(accept.height, 1);
      // The words differ by a letter or two; the buttons may differ by no more than that.
      expect(reject.width / accept.width).to.be.within(0.95, 1.05);
    });

    it("accept grants what was asked, in the visitor's name, and the banner goes", async () => {
      const { manager, banner } = await firstVisit(two);
      const hidden = next("consent-hide");
      button(banner, "accept").click();

      const { choices, source, action } = manager.consent.record!;
      expect({ choices, source, action }).to.deep.equal({
        choices: { analytics: "granted", marketing: "granted" },
        source: "user",
        action: "grant-all",
      });
      expect((await hidden).layer).to.equal("banner");
      await banner.updateComplete;
      expect(banner.open).to.equal(false);
      expect(banner.checkVisibility()).to.equal(false);
    });

    it("reject refuses what was asked, in the visitor's name, and the banner goes", async () => {
      const { manager, banner } = await firstVisit(two);
      const hidden = next("consent-hide");
      button(banner, "reject").click();

      const { choices, source, action } = manager.consent.record!;
      expect({ choices, source, action }).to.deep.equal({
        choices: { analytics: "denied", marketing: "denied" },
        source: "user",
        action: "deny-all",
      });
      expect((await hidden).layer).to.equal("banner");
      await banner.updateComplete;
      expect(banner.checkVisibility()).to.equal(false);
    });

    it("preferences opens the panel, and the banner stays", async () => {
      const { manager, banner } = await firstVisit(two);
      const shown = next("consent-show");
      button(banner, "preferences").click();

      expect((await shown).layer).to.equal("preferences");
      expect(manager.querySelector("consent-preferences")!.open).to.equal(true);
      expect(banner.open).to.equal(true);
      expect(manager.consent.record).to.equal(undefined);
    });

    it("ask the page first, across shadow roots, and keep the record after", async () => {
      const { manager, banner } = await firstVisit(two);
      const order: unknown[] = [];
      document.addEventListener(
        "consent-submit",
        (event) => {
          const { choices, action, bubbles, composed, cancelable } =
            event as ConsentSubmitEvent;
          order.push({ choices, action, bubbles, composed, cancelable });
          order.push(manager.consent.record);
        },
        { once: true },
      );
      document.addEventListener(
        "consent-change",
        ({ type }) => order.push(type),
        { once: true },
      );
      button(banner, "accept").click();

      expect(order).to.deep.equal([
        {
          choices: { analytics: "granted", marketing: "granted" },
          action: "grant-all",
          bubbles: true,
          composed: true,
          cancelable: true,
        },
        undefined,
        "consent-change",
      ]);
    });

    for (const action of ["accept", "reject"])
      it(`leave everything as it was when the page prevents ${action}`, async () => {
        const { manager, banner } = await firstVisit(two);
        const heard = hear();
        document.addEventListener(
          "consent-submit",
          (event) => event.preventDefault(),
          { once: true },
        );
        button(banner, action).click();
        await banner.updateComplete;

        expect(manager.consent.record).to.equal(undefined);
        expect(document.cookie).to.equal("");
        expect(banner.checkVisibility()).to.equal(true);
        expect(heard).to.deep.equal(["consent-submit"]);
      });

    it("work again after the page has prevented one", async () => {
      const { manager, banner } = await firstVisit(two);
      document.addEventListener(
        "consent-submit",
        (event) => event.preventDefault(),
        { once: true },
      );
      button(banner, "accept").click();
      button(banner, "reject").click();
      expect(manager.consent.record!.action).to.equal("deny-all");
    });
  });

  describe("with the keyboard", () => {
    const page = html`
      <div>
        <button id="before">Before</button>
        ${two}
        <button id="after">After</button>
      </div>
    `;

    it("is reached in reading order, without a trap", async () => {
      await firstVisit(page);
      document.getElementById("before")!.focus();
      const reached: string[] = [];
      for (let i = 0; i < 5; i++) {
        await sendKeys({ press: "Tab" });
        const active = deepActive() as HTMLElement;
        reached.push(active.dataset.action ?? (active.id || active.localName));
      }
      expect(reached).to.deep.equal([
        "a",
        "accept",
        "reject",
        "preferences",
        "after",
      ]);
    });

    for (const [key, action] of [
      ["Enter", "accept"],
      [" ", "accept"],
      ["Enter", "reject"],
      [" ", "reject"],
    ] as const)
      it(`takes ${key === " " ? "Space" : key} on ${action}`, async () => {
        const { manager, banner } = await firstVisit(page);
        button(banner, action).focus();
        const changed = next("consent-change");
        await sendKeys({ press: key });
        await changed;
        expect(manager.consent.record!.action).to.equal(
          action === "accept" ? "grant-all" : "deny-all",
        );
      });

    it("decides nothing on Escape, and stays", async () => {
      const { manager, banner } = await firstVisit(page);
      button(banner, "accept").focus();
      for (let i = 0; i < 4; i++) await sendKeys({ press: "Escape" });
      expect(manager.consent.record).to.equal(undefined);
      expect(banner.checkVisibility()).to.equal(true);
    });
  });

  describe("alone in the page", () => {
    it("shows nothing and decides nothing without a manager", async () => {
      const { ConsentBannerElement } =
        await import("../../src/elements/consent-banner.js");
      ConsentBannerElement.define();
      const banner = await fixture<ConsentBannerElement>(
        html`<consent-banner open></consent-banner>`,
      );
      banner.acceptAll();
      banner.rejectAll();
      banner.showPreferences();
      expect(banner.shadowRoot!.querySelector("button")).to.equal(null);
      expect(document.cookie).to.equal("");
    });
  });
});

interface Look {
  width: number;
  height: number;
  look: Record<string, string>;
}
