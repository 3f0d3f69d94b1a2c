import { elementUpdated, expect, fixture, waitUntil } from "@open-wc/testing";
import { ContextEvent } from "@lit/context";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentStore } from "../../src/consent/store.js";
import { createConsent } from "../../src/create-consent.js";
import { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import type { Interface } from "../../src/elements/consent-manager.js";
import { viewContext } from "../../src/elements/view.js";
import { createTracker } from "../../src/tracker/tracker.js";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { hear } from "../support/hear.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { switches } from "../support/switches.js";

const two = html`
  <consent-manager>
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

/** Decides as an earlier visit would have, before the page is there. */
const decided = () =>
  createConsent({ purposes: ["analytics", "marketing"] }).set(
    { analytics: "granted", marketing: "denied" },
    { source: "user" },
  );

/** Puts `markup` on the page and waits until its record has been read. */
async function arrive(markup: unknown): Promise<ConsentManagerElement> {
  const ready = next("consent-ready");
  const manager = await fixture<ConsentManagerElement>(markup as typeof two);
  await ready;
  return manager;
}

describe("<consent-manager>", () => {
  const { composition } = ConsentManagerElement;

  afterEach(() => {
    ConsentManagerElement.composition = composition;
    cleanStorage();
  });

  /** Puts another interface in the place of the real one; counts how often it is fetched. */
  function withInterface(load: () => Promise<Interface>): { loads: number } {
    const count = { loads: 0 };
    ConsentManagerElement.composition = {
      ...composition,
      interface: (manager) => {
        // Managers of earlier tests, gone from the page, may still hear of a cookie that goes.
        if (manager.isConnected) count.loads++;
        return load().catch((error: unknown) => {
          if (error !== "the real one") throw error;
          return composition.interface(manager);
        });
      },
    };
    return count;
  }

  describe("returning visit", () => {
    it("shows nothing and does not fetch the interface while a decision holds", async () => {
      decided();
      const count = withInterface(() => Promise.reject("the real one"));
      const heard = hear();
      const manager = await arrive(two);
      await elementUpdated(manager);

      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "granted",
        marketing: "denied",
      });
      expect(count.loads).to.equal(0);
      expect(manager.querySelector("consent-banner")).to.equal(null);
      expect(heard).to.deep.equal(["consent-ready"]);
    });

    it("hands the record over with consent-ready", async () => {
      decided();
      const ready = next("consent-ready");
      const manager = await fixture<ConsentManagerElement>(two);
      const { record, target } = await ready;
      expect(record).to.equal(manager.consent.record);
      expect(target === manager).to.equal(true);
    });

    it("asks again where there is a purpose without an answer", async () => {
      decided();
      const { manager } = await firstVisit(html`
        <consent-manager>
          <consent-purpose name="analytics"></consent-purpose>
          <consent-purpose name="functional"></consent-purpose>
        </consent-manager>
      `);
      expect(manager.consent.needsChoice).to.equal(true);
      expect(manager.consent.isGranted("analytics")).to.equal(true);
      expect(manager.consent.isGranted("functional")).to.equal(false);
    });

    it("asks again for another revision, and grants nothing meanwhile", async () => {
      decided();
      const { manager } = await firstVisit(html`
        <consent-manager revision="2">
          <consent-purpose name="analytics"></consent-purpose>
        </consent-manager>
      `);
      expect(manager.consent.isGranted("analytics")).to.equal(false);
    });

    it("shows nothing where nothing is to be asked", async () => {
      const heard = hear();
      const manager = await arrive(html`
        <consent-manager>
          <consent-purpose name="necessary"></consent-purpose>
          <consent-purpose name="safety" required></consent-purpose>
        </consent-manager>
      `);
      await elementUpdated(manager);
      expect(manager.consent.needsChoice).to.equal(false);
      expect(heard).to.deep.equal(["consent-ready"]);
    });
  });

  describe("methods", () => {
    it("grantAll() grants, in the name of the page's code, and hides the banner", async () => {
      const { manager, banner } = await firstVisit(two);
      const hidden = next("consent-hide");
      manager.grantAll();
      await hidden;
      const { choices, source, action } = manager.consent.record!;
      expect({ choices, source, action }).to.deep.equal({
        choices: { analytics: "granted", marketing: "granted" },
        source: "api",
        action: "grant-all",
      });
      expect(banner.open).to.equal(false);
    });

    it("denyAll() refuses and hides the banner", async () => {
      const { manager, banner } = await firstVisit(two);
      const hidden = next("consent-hide");
      manager.denyAll();
      await hidden;
      const { choices, action } = manager.consent.record!;
      expect({ choices, action }).to.deep.equal({
        choices: { analytics: "denied", marketing: "denied" },
        action: "deny-all",
      });
      expect(banner.open).to.equal(false);
    });

    it("set() answers for what is given, and the banner stays until all is answered", async () => {
      const { manager, banner } = await firstVisit(two);
      manager.set({ analytics: "granted" });
      await banner.updateComplete;
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "granted",
      });
      expect(banner.open).to.equal(true);

      const hidden = next("consent-hide");
      manager.set({ marketing: "denied" });
      await hidden;
      expect(manager.consent.record!.choices).to.deep.equal({
        analytics: "granted",
        marketing: "denied",
      });
      expect(banner.open).to.equal(false);
    });

    it("withdraw() takes grants back and says so in the record", async () => {
      decided();
      const manager = await arrive(two);
      manager.withdraw();
      const { choices, action } = manager.consent.record!;
      expect({ choices, action }).to.deep.equal({
        choices: { analytics: "denied", marketing: "denied" },
        action: "withdraw",
      });
    });

    it("reset() forgets, and the banner asks again", async () => {
      decided();
      const manager = await arrive(two);
      const shown = next("consent-show");
      manager.reset();
      expect((await shown).layer).to.equal("banner");
      expect(manager.consent.record).to.equal(undefined);
      expect(document.cookie).to.equal("");
      expect(manager.querySelector("consent-banner")!.open).to.equal(true);
    });

    it("show() brings the banner although there is a decision; hide() takes it away and decides nothing", async () => {
      decided();
      const manager = await arrive(two);
      const { record } = manager.consent;
      const heard = hear();
      await manager.show();
      const banner = manager.querySelector("consent-banner")!;
      await banner.updateComplete;
      expect(banner.checkVisibility()).to.equal(true);

      await manager.hide();
      await banner.updateComplete;
      expect(banner.checkVisibility()).to.equal(false);
      expect(manager.consent.record).to.equal(record);
      expect(heard).to.deep.equal([
        "consent-show banner",
        "consent-hide banner",
      ]);
    });

    it("show() and hide() say nothing when there is nothing to do", async () => {
      const { manager } = await firstVisit(two);
      const heard = hear();
      await manager.show();
      await manager.hide();
      await manager.hide();
      expect(heard).to.deep.equal(["consent-hide banner"]);
    });

    it("hide() on a returning visit does not fetch the interface", async () => {
      decided();
      const count = withInterface(() => Promise.reject("the real one"));
      const manager = await arrive(two);
      await manager.hide();
      expect(count.loads).to.equal(0);
    });

    it("the banner that show() brought goes with the same answer once more", async () => {
      decided();
      const manager = await arrive(two);
      manager.denyAll();
      await manager.show();
      const hidden = next("consent-hide");
      button(manager.querySelector("consent-banner")!, "reject").click();
      await hidden;
      expect(manager.querySelector("consent-banner")!.open).to.equal(false);
    });

    it("showPreferences() opens the panel and needs no banner for it", async () => {
      decided();
      const manager = await arrive(two);
      const { panel } = await openPanel(manager);
      expect(panel.open).to.equal(true);
      expect(manager.querySelector("consent-banner")).to.equal(null);
    });

    it("throw for a purpose that is not asked about, and record nothing", async () => {
      const { manager } = await firstVisit(two);
      expect(() => manager.set({ tracking: "granted" })).to.throw(
        RangeError,
        /tracking.*analytics or marketing/,
      );
      expect(() => manager.set({ necessary: "denied" })).to.throw(RangeError);
      expect(manager.consent.record).to.equal(undefined);
    });
  });

  describe("events", () => {
    it("reach the document, across shadow roots", async () => {
      const host = await fixture<HTMLElement>(html`<div></div>`);
      const manager = document.createElement("consent-manager");
      const news: unknown[] = [];
      const note = (event: Event) => {
        const { type, bubbles, composed } = event;
        news.push([type, bubbles, composed, event.composedPath()[0]]);
      };
      const { signal, abort } = stopper();
      for (const type of [
        "consent-ready",
        "consent-show",
        "consent-change",
        "consent-hide",
        "consent-error",
      ])
        document.addEventListener(type, note, { signal });
      const shown = next("consent-show");
      host.attachShadow({ mode: "open" }).append(manager);
      await shown;
      const hidden = next("consent-hide");
      manager.denyAll();
      await hidden;
      stubConsoleError();
      manager.consent.report("weather");
      abort();

      expect(news).to.deep.equal([
        ["consent-ready", true, true, manager],
        ["consent-show", true, true, manager],
        ["consent-change", true, true, manager],
        ["consent-hide", true, true, manager],
        ["consent-error", true, true, manager],
      ]);
    });

    it("tell what changed, from what, to what, and by whom", async () => {
      decided();
      const manager = await arrive(two);
      const before = manager.consent.record;
      const changing = next("consent-change");
      manager.set({ marketing: "granted" });
      const { previous, current, changed, source } = await changing;
      expect({ previous, current, changed, source }).to.deep.equal({
        previous: before,
        current: manager.consent.record,
        changed: ["marketing"],
        source: "api",
      });
    });

    it("tell of the store's troubles once", async () => {
      const errors = stubConsoleError();
      const { manager } = await firstVisit(two);
      const heard = hear();
      const weather = new Error("weather");
      const told = next("consent-error");
      manager.consent.report(weather);
      expect((await told).error).to.equal(weather);
      expect(heard).to.deep.equal(["consent-error"]);
      expect(errors.map(([error]) => error)).to.deep.equal([weather]);
    });

    it("are told after the record is kept", async () => {
      const { manager } = await firstVisit(two);
      let seen: unknown;
      document.addEventListener(
        "consent-change",
        () => (seen = [manager.consent.record?.action, document.cookie]),
        { once: true },
      );
      manager.denyAll();
      expect(seen).to.deep.equal(["deny-all", document.cookie]);
      expect(document.cookie).to.match(/^consent=.*analytics=denied/);
    });
  });

  describe("another tab", () => {
    it("hides the banner when it has decided", async () => {
      const { manager, banner } = await firstVisit(two);
      const hidden = next("consent-hide");
      const changed = next("consent-change");
      decided();
      expect((await changed).source).to.equal("tab");
      await hidden;
      expect(banner.open).to.equal(false);
      expect(manager.consent.isGranted("analytics")).to.equal(true);
    });

    it("brings the banner back when it has reset", async () => {
      const other = createConsent({ purposes: ["analytics", "marketing"] });
      other.denyAll();
      const manager = await arrive(two);
      const shown = next("consent-show");
      other.reset();
      await shown;
      expect(manager.consent.record).to.equal(undefined);
    });
  });

  describe("own parts", () => {
    it("takes a store that the page sets before connecting", async () => {
      const consent = createConsent({
        purposes: ["analytics", "survey"],
        storage: "memory",
        cookieName: "own-store",
      });
      const { manager, banner } = await firstVisit(
        html`<consent-manager .consent=${consent}></consent-manager>`,
      );
      expect(manager.consent).to.equal(consent);
      button(banner, "accept").click();
      expect(consent.record!.choices).to.deep.equal({
        analytics: "granted",
        survey: "granted",
      });
      expect(document.cookie).to.equal("");
    });

    it("takes a tracker that the page sets before connecting", async () => {
      const consent = createConsent({
        storage: "memory",
        cookieName: "own-tracker",
      });
      const tracker = createTracker({
        consent,
        destination: mixpanel({ token: "own" }),
      });
      const { manager } = await firstVisit(html`
        <consent-manager
          tracker="mixpanel"
          token="t"
          .consent=${consent}
          .tracker=${tracker}
        ></consent-manager>
      `);
      expect(manager.tracker).to.equal(tracker);
    });

    it("takes a store that was set before the element was defined", async () => {
      const consent = createConsent({
        storage: "memory",
        cookieName: "own-early",
      });
      const host = await fixture(html`<div></div>`);
      const late = document.createElement(
        "late-manager",
      ) as ConsentManagerElement;
      late.consent = consent;
      host.append(late);
      const ready = next("consent-ready");
      class LateManager extends ConsentManagerElement {}
      LateManager.define("late-manager");
      await ready;
      const heard = hear();
      consent.denyAll();
      expect(heard).to.deep.equal(["consent-change"]);
    });

    it("reads its attributes when the store is asked for before connecting", () => {
      const manager = document.createElement("consent-manager");
      manager.setAttribute("revision", "7");
      manager.setAttribute("storage", "memory");
      expect(manager.consent.revision).to.equal("7");
      expect(manager.consent).to.equal(manager.consent);
    });

    it("has no tracker without the attribute", async () => {
      const { manager } = await firstVisit(two);
      expect(manager.tracker).to.equal(undefined);
    });

    it("steps back where a copy of the library was first", () => {
      class Copy extends ConsentManagerElement {}
      Copy.define();
      expect(customElements.get("consent-manager")).to.equal(
        ConsentManagerElement,
      );
    });
  });

  describe("interface", () => {
    it("that fails leaves the answer at no, tells so once, and is fetched again by the next call", async () => {
      const errors = stubConsoleError();
      let broken: Promise<Interface> = Promise.reject(new Error("blocked"));
      const count = withInterface(() => broken);
      const told = next("consent-error");
      const heard = hear();
      const manager = await fixture<ConsentManagerElement>(two);
      const { error } = await told;

      expect(error).to.be.an("error").with.property("message", "blocked");
      expect(errors).to.have.length(1);
      expect(heard).to.deep.equal(["consent-ready", "consent-error"]);
      expect(manager.consent.isGranted("analytics")).to.equal(false);
      expect(manager.consent.record).to.equal(undefined);
      expect(count.loads).to.equal(1);

      broken = Promise.reject("the real one");
      await manager.show();
      expect(count.loads).to.equal(2);
      expect(manager.querySelector("consent-banner")!.open).to.equal(true);
      expect(heard.at(-1)).to.equal("consent-show banner");
    });

    it("that fails when the preferences are asked for tells so, and the page goes on", async () => {
      decided();
      stubConsoleError();
      const manager = await arrive(two);
      withInterface(() => Promise.reject(new Error("blocked")));
      const told = next("consent-error");
      await manager.showPreferences();
      expect((await told).error).to.be.an("error");

      ConsentManagerElement.composition = composition;
      const { panel } = await openPanel(manager);
      expect(panel.open).to.equal(true);
    });

    it("whose panel fails to load tells so, and the page goes on", async () => {
      decided();
      stubConsoleError();
      const manager = await arrive(two);
      withInterface(async () => ({
        toggleBanner: () => true,
        showPreferences: () => Promise.reject(new Error("blocked")),
      }));
      const heard = hear();
      const outcome = await manager.showPreferences().catch(String);
      expect([outcome, ...heard]).to.deep.equal([undefined, "consent-error"]);
    });

    it("that fails for two calls at once is reported once", async () => {
      decided();
      const errors = stubConsoleError();
      const manager = await arrive(two);
      withInterface(() => Promise.reject(new Error("blocked")));
      await Promise.all([manager.show(), manager.showPreferences()]);
      expect(errors).to.have.length(1);
    });

    it("is fetched once, however much is asked of it", async () => {
      const count = withInterface(() => Promise.reject("the real one"));
      const { manager } = await firstVisit(two);
      await manager.hide();
      await manager.show();
      await manager.showPreferences();
      expect(count.loads).to.equal(1);
    });

    it("shows no banner when the decision comes while it loads", async () => {
      let arrived!: () => void;
      const way = new Promise<void>((resolve) => (arrived = resolve));
      const count = withInterface(() =>
        way.then(() => Promise.reject("the real one")),
      );
      const heard = hear();
      const manager = await arrive(two);
      expect(count.loads).to.equal(1);
      manager.denyAll();
      arrived();
      await manager.showPreferences();

      expect(manager.querySelector("consent-banner")?.open ?? false).to.equal(
        false,
      );
      expect(heard).to.deep.equal([
        "consent-ready",
        "consent-change",
        "consent-show preferences",
      ]);
    });

    it("shows one banner when it was asked for, hidden and asked for again while it loads", async () => {
      let arrived!: () => void;
      const way = new Promise<void>((resolve) => (arrived = resolve));
      withInterface(() => way.then(() => Promise.reject("the real one")));
      const heard = hear();
      const manager = await arrive(two);
      const last = Promise.all([manager.hide(), manager.show()]);
      arrived();
      await last;
      expect(manager.querySelector("consent-banner")!.open).to.equal(true);
      expect(heard).to.deep.equal(["consent-ready", "consent-show banner"]);
    });
  });

  describe("in a living page", () => {
    it("waits for its children where a script of the head is early", async () => {
      Object.defineProperty(document, "readyState", {
        configurable: true,
        value: "loading",
      });
      const heard = hear();
      const manager = document.createElement("consent-manager");
      const host = await fixture(html`<div></div>`);
      host.append(manager);
      await elementUpdated(manager);
      for (const name of ["analytics", "marketing"]) {
        const purpose = document.createElement("consent-purpose");
        purpose.setAttribute("name", name);
        manager.append(purpose);
      }
      await elementUpdated(manager);
      const early = [...heard];
      delete (document as { readyState?: string }).readyState;
      const ready = next("consent-ready");
      document.dispatchEvent(new Event("DOMContentLoaded"));
      await ready;

      expect(early).to.deep.equal([]);
      expect(manager.consent.purposes.map(({ name }) => name)).to.deep.equal([
        "analytics",
        "marketing",
      ]);
    });

    it("asks about a purpose that comes late", async () => {
      decided();
      const manager = await arrive(two);
      const shown = next("consent-show");
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "functional");
      manager.append(late);
      await shown;
      const banner = manager.querySelector("consent-banner")!;
      await banner.updateComplete;

      expect(banner.shadowRoot!.querySelector("p")!.textContent).to.contain(
        "Functional",
      );
      expect(manager.consent.get("functional")).to.equal(undefined);
      expect(manager.consent.get("analytics")).to.equal("granted");
    });

    it("asks nothing about a late purpose that is required or known", async () => {
      decided();
      const manager = await arrive(two);
      const heard = hear();
      for (const [name, required] of [
        ["safety", true],
        ["analytics", false],
      ] as const) {
        const late = document.createElement("consent-purpose");
        late.setAttribute("name", name);
        late.toggleAttribute("required", required);
        manager.append(late);
      }
      await elementUpdated(manager);
      expect(manager.consent.purposes.map(({ name }) => name)).to.deep.equal([
        "necessary",
        "analytics",
        "marketing",
        "safety",
      ]);
      expect(manager.consent.isGranted("safety")).to.equal(true);
      expect(heard).to.deep.equal([]);
    });

    it("tells of a late purpose that cannot be, and goes on", async () => {
      const errors = stubConsoleError();
      decided();
      const manager = await arrive(two);
      const heard = hear();
      const late = document.createElement("consent-purpose");
      late.setAttribute("name", "no name at all");
      manager.append(late);
      expect(heard).to.deep.equal(["consent-error"]);
      expect(errors).to.have.length(1);
      expect(manager.consent.purposes).to.have.length(3);
    });

    it("goes on when it is taken out and put in again", async () => {
      const { manager, banner } = await firstVisit(two);
      const { parentElement } = manager;
      const heard = hear();
      const { consent } = manager;
      manager.remove();
      parentElement!.append(manager);
      await banner.updateComplete;

      expect(manager.consent).to.equal(consent);
      expect(manager.querySelectorAll("consent-banner")).to.have.length(1);
      expect(banner.checkVisibility()).to.equal(true);
      expect(heard).to.deep.equal([]);
      const hidden = next("consent-hide");
      button(banner, "reject").click();
      await hidden;
      expect(heard).to.deep.equal([
        "consent-submit",
        "consent-change",
        "consent-hide banner",
      ]);
    });

    it("has no banner any more after a decision that was made while it was out", async () => {
      const { manager, banner } = await firstVisit(two);
      const { parentElement } = manager;
      manager.remove();
      const hidden = new Promise((resolve) =>
        manager.addEventListener("consent-hide", resolve, { once: true }),
      );
      manager.denyAll();
      parentElement!.append(manager);
      await hidden;
      await banner.updateComplete;
      expect(banner.checkVisibility()).to.equal(false);
    });

    it("survives the removal of its banner, and does not fight it", async () => {
      const { manager, banner } = await firstVisit(two);
      banner.remove();
      expect(manager.consent.isGranted("analytics")).to.equal(false);
      const hidden = next("consent-hide");
      manager.denyAll();
      await hidden;
      expect(manager.querySelector("consent-banner")?.open ?? false).to.equal(
        false,
      );
    });

    it("leaves the page alone: nothing inert, nothing locked", async () => {
      const outside = document.createElement("a");
      outside.href = "#outside";
      outside.textContent = "A link";
      document.body.prepend(outside);
      await firstVisit(two);
      const box = outside.getBoundingClientRect();
      const found = document.elementFromPoint(box.x + 2, box.y + 2);
      const { overflow } = getComputedStyle(document.body);
      outside.remove();
      expect(found === outside).to.equal(true);
      expect(overflow).to.equal("visible");
      expect(document.querySelector("[inert]")).to.equal(null);
    });
  });

  describe("elements of the page's own", () => {
    it("that are neither banner nor preferences stay to be seen on every visit", async () => {
      decided();
      const manager = await arrive(html`
        <consent-manager>
          <consent-trigger></consent-trigger>
          <p>Whatever the page keeps here.</p>
        </consent-manager>
      `);
      await waitUntil(() => manager.querySelector("button"));
      expect(
        Array.from(manager.querySelectorAll("button, p"), (each) =>
          each.checkVisibility(),
        ),
      ).to.deep.equal([true, true]);
    });

    it("are used in the place of ours", async () => {
      const { manager, banner } = await firstVisit(html`
        <consent-manager>
          <div>
            <consent-banner id="mine"></consent-banner>
            <consent-preferences id="mine-too"></consent-preferences>
          </div>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      expect([banner.id, panel.id]).to.deep.equal(["mine", "mine-too"]);
      expect(manager.querySelectorAll("consent-banner")).to.have.length(1);
      expect(manager.querySelectorAll("consent-preferences")).to.have.length(1);
      expect(Object.keys(switches(panel))).to.deep.equal(["Analytics"]);
      expect(button(banner, "accept").checkVisibility()).to.equal(true);
    });

    it("follow the decisions as ours do", async () => {
      const { manager, banner } = await firstVisit(html`
        <consent-manager><consent-banner></consent-banner></consent-manager>
      `);
      const hidden = next("consent-hide");
      button(banner, "accept").click();
      await hidden;
      await banner.updateComplete;
      expect(banner.checkVisibility()).to.equal(false);
      expect(manager.consent.isGranted("analytics")).to.equal(true);
    });
  });

  it("hands the store and the words down by context", async () => {
    const { manager } = await firstVisit(two);
    const inner = manager.appendChild(document.createElement("div"));
    let consent: ConsentStore | undefined;
    inner.dispatchEvent(
      new ContextEvent(viewContext, inner, (view) => {
        ({ consent } = view);
      }),
    );
    expect(consent).to.equal(manager.consent);
  });
});

function stopper(): { signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
