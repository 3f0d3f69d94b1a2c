import { expect, fixture, html } from "@open-wc/testing";
import "../../src/define.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { stubProperty } from "../support/stub-property.js";

const object = () =>
  stubProperty(navigator, "globalPrivacyControl", () => true);

/** A name for each test's record: managers of earlier tests still hear of theirs. */
let name = "";
let count = 0;
beforeEach(() => {
  name = `signals-${++count}`;
});

const markup = () =>
  html`<consent-manager cookie-name=${name}>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing">
      <consent-service name="pixel" switch></consent-service>
    </consent-purpose>
  </consent-manager>`;

/** The manager, once it knows what holds for the visitor. */
async function arrive(
  template: ReturnType<typeof html>,
): Promise<ConsentManagerElement> {
  const manager = await fixture<ConsentManagerElement>(template);
  await manager.consent.ready;
  return manager;
}

/** What a visitor is told of a signal inside `place`, once it is written. */
const noteIn = async (place: Element) => {
  for (;;) {
    const note = place.querySelector<HTMLElement>("[data-signal]");
    if (note?.textContent) return note;
    await new Promise(requestAnimationFrame);
  }
};

const HONOURED = "Your browser’s opt-out signal is honoured.";

afterEach(cleanStorage);

describe("a browser that objects", () => {
  it("is told in the banner that it is heard, to be seen and to be read out", async () => {
    object();
    const { manager, banner } = await firstVisit(markup());
    const note = await noteIn(banner);
    expect([note.textContent, note.role, note.lang]).to.deep.equal([
      HONOURED,
      "status",
      "en",
    ]);
    expect(note.checkVisibility()).to.equal(true);
    expect(note.getBoundingClientRect().height).to.be.greaterThan(10);
    expect(manager.consent.record!.choices).to.deep.equal({
      marketing: "denied",
      pixel: "denied",
    });
    await expect(banner).to.be.accessible();
  });

  it("is told so beside the way back where nothing is asked, and the note goes with a yes to the very purpose", async () => {
    object();
    const shown = html`<div>
      <consent-manager cookie-name=${name} mode="opt-out">
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
      <consent-trigger></consent-trigger>
    </div>`;
    const page = await fixture(shown);
    const manager = page.querySelector("consent-manager")!;
    const trigger = page.querySelector("consent-trigger")!;
    const note = await noteIn(trigger);
    expect(note.textContent).to.equal(HONOURED);
    expect(manager.querySelector("consent-banner")).to.equal(null);
    manager.consent.set({ marketing: "granted" }, { source: "user" });
    expect(trigger.querySelector("[data-signal]")).to.equal(null);
    manager.denyAll();
    expect((await noteIn(trigger)).textContent).to.equal(HONOURED);
  });

  it("keeps its no at Accept all, and loses it to the purpose's own switch", async () => {
    object();
    const { manager, banner } = await firstVisit(markup());
    button(banner, "accept").click();
    const { consent } = manager;
    expect(consent.record!.choices).to.deep.equal({
      analytics: "granted",
      marketing: "denied",
      pixel: "denied",
    });
    await manager.showPreferences();
    const panel = manager.querySelector("consent-preferences")!;
    expect((await noteIn(panel)).textContent).to.equal(HONOURED);
    const control = panel.shadowRoot!.querySelectorAll<HTMLInputElement>(
      "[role=switch]:not(:disabled)",
    )[1]!;
    expect(control.checked).to.equal(false);
    control.click();
    await panel.updateComplete;
    button(panel, "save").click();
    expect([consent.get("marketing"), consent.record!.action]).to.deep.equal([
      "granted",
      "override-gpc",
    ]);
    expect(panel.querySelector("[data-signal]")).to.equal(null);
  });

  it("is told in the words of the page and in its language", async () => {
    object();
    const page = await fixture(
      html`<div lang="de">
        <consent-manager cookie-name=${name}>
          <consent-purpose name="marketing"></consent-purpose>
          <consent-purpose name="analytics"></consent-purpose>
        </consent-manager>
        <consent-trigger></consent-trigger>
      </div>`,
    );
    const note = await noteIn(page.querySelector("consent-trigger")!);
    expect(note.lang).to.equal("de");
    expect(note.textContent).to.not.equal(HONOURED);
  });
});

describe("the attributes of who the visitor is", () => {
  it("region says what no answer means, and nothing is granted before it is known", async () => {
    const waiting = document.createElement("consent-manager");
    waiting.setAttribute("cookie-name", name);
    waiting.setAttribute("region", "us-ca");
    // In a shadow root nothing sees it from outside.
    const root = (await fixture(html`<div></div>`)).attachShadow({
      mode: "open",
    });
    root.append(waiting);
    expect(waiting.consent.isGranted("analytics")).to.equal(false);
    await waiting.consent.ready;
    expect([
      waiting.consent.mode,
      waiting.consent.isGranted("analytics"),
    ]).to.deep.equal(["opt-out", true]);
    const elsewhere = await arrive(
      html`<consent-manager
        cookie-name=${name}
        region="atlantis"
        mode="opt-out"
      ></consent-manager>`,
    );
    expect(elsewhere.consent.mode).to.equal("opt-in");
  });

  it("region without a value asks the page's script, and where that says nothing it is an unknown one", async () => {
    const asked = await arrive(
      html`<consent-manager
        cookie-name=${name}
        region
        .region=${async () => "us-tx"}
      ></consent-manager>`,
    );
    const silent = await arrive(
      html`<consent-manager
        cookie-name=${name}
        region
        mode="notice"
      ></consent-manager>`,
    );
    expect([asked.consent.mode, silent.consent.mode]).to.deep.equal([
      "opt-out",
      "opt-in",
    ]);
  });

  it("under-age asks nobody and takes no yes", async () => {
    const manager = await arrive(
      html`<consent-manager
        cookie-name=${name}
        under-age
        mode="opt-out"
      ></consent-manager>`,
    );
    manager.grantAll();
    expect([
      manager.consent.needsChoice,
      manager.consent.isGranted("analytics"),
      manager.querySelector("consent-banner"),
      manager.querySelector("[data-signal]"),
    ]).to.deep.equal([false, false, null, null]);
  });

  it("signal-purposes says what else a browser's no is about", async () => {
    object();
    const manager = await arrive(
      html`<consent-manager
        cookie-name=${name}
        signal-purposes="analytics marketing"
      >
        <consent-purpose name="analytics"></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>`,
    );
    expect(manager.consent.record!.choices).to.deep.equal({
      analytics: "denied",
      marketing: "denied",
    });
  });

  it("respect-dnt hears Do Not Track", async () => {
    stubProperty(navigator, "doNotTrack", () => "1");
    const manager = await arrive(
      html`<consent-manager cookie-name=${name} respect-dnt></consent-manager>`,
    );
    expect(manager.consent.record!.action).to.equal("dnt");
  });

  it("with a mistake are told once; a yes from before is forgotten, a no stands, and a new answer counts", async () => {
    for (const earlier of ["granted", "denied"]) {
      document.cookie = `${name}=analytics=${earlier}&revision=1&time=2026-11-20T10:00:00.000Z&source=user&action=save`;
      object();
      const errors = stubConsoleError();
      const told = next("consent-error");
      const manager = await arrive(
        html`<consent-manager
          cookie-name=${name}
          mode="opt-out"
          signal-purposes="marketting"
        ></consent-manager>`,
      );
      expect(String((await told).error)).to.match(
        /signal-purposes is "marketting"; write necessary or analytics/,
      );
      expect(errors).to.have.length(1);
      expect([
        manager.consent.mode,
        manager.consent.isGranted("analytics"),
        manager.consent.get("analytics"),
      ]).to.deep.equal([
        "opt-in",
        false,
        earlier === "denied" ? "denied" : undefined,
      ]);
      manager.grantAll();
      manager.consent.refresh();
      expect(manager.consent.isGranted("analytics")).to.equal(true);
      manager.remove();
      name += "-2";
    }
  });
});
