import { expect } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import { tell, type Leftover } from "../../src/consent/events.js";
import type { ConsentStore } from "../../src/consent/store.js";
import { words as ar } from "../../src/locales/ar.js";
import { audit } from "../support/audit.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { openPanel } from "../support/open-panel.js";

const page = html`
  <consent-manager>
    <consent-purpose name="analytics"></consent-purpose>
  </consent-manager>
`;
const FPID: Leftover = { kind: "cookies", name: "FPID", reason: "httponly" };
const IDE: Leftover = { kind: "cookies", name: "IDE", reason: "third-party" };

/** What src/gate/ does when something could not be removed. */
function leave(consent: ConsentStore, leftovers: readonly Leftover[]): void {
  consent.leftovers = leftovers;
  tell(consent, "consent-leftovers", { leftovers });
}

/** What the panel says of them, without the marks that keep a name from turning the sentence around. */
const said = (panel: Element) =>
  panel
    .shadowRoot!.querySelector("[part=leftovers]")
    ?.textContent.replace(/[\u2068\u2069]/g, "");

/** Everything that is told aloud from now on. */
function listen(manager: Element): string[] {
  const told: string[] = [];
  const status = manager.querySelector(':scope > [role="status"]')!;
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const { textContent } of addedNodes)
        told.push(textContent!.replace(/[\u2068\u2069]/g, ""));
  }).observe(status, { childList: true });
  return told;
}

describe("what could not be removed", () => {
  afterEach(cleanStorage);

  it("is not spoken of where there is nothing", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    expect(said(panel)).to.equal(undefined);
    manager.consent.leftovers = [];
    panel.requestUpdate();
    await panel.updateComplete;
    expect(said(panel)).to.equal(undefined);
  });

  it("stands in the preferences, each name once, also from before they were there", async () => {
    const { manager } = await firstVisit(page);
    leave(manager.consent, [FPID, IDE, { ...FPID, kind: "local" }]);
    const { panel } = await openPanel(manager);
    expect(said(panel)).to.equal("Could not be removed here: FPID and IDE");
    await audit(panel);
  });

  it("comes and goes while they are open", async () => {
    const { manager } = await firstVisit(page);
    const { panel } = await openPanel(manager);
    const seen: unknown[] = [];
    for (const leftovers of [[IDE], [IDE, FPID], []]) {
      leave(manager.consent, leftovers);
      await panel.updateComplete;
      seen.push(said(panel));
    }
    expect(seen).to.deep.equal([
      "Could not be removed here: IDE",
      "Could not be removed here: IDE and FPID",
      undefined,
    ]);
  });

  it("is told in the page's language", async () => {
    const { manager } = await firstVisit(html`<div lang="ar">${page}</div>`);
    leave(manager.consent, [IDE]);
    const { panel } = await openPanel(manager);
    expect(said(panel)).to.equal(ar.leftovers.replace("{names}", "IDE"));
  });

  it("is told aloud once, after what the visitor has decided there", async () => {
    const { manager } = await firstVisit(page);
    const told = listen(manager);
    const { panel } = await openPanel(manager);
    button(panel, "reject").click();
    leave(manager.consent, [FPID]);
    await openPanel(manager);
    panel.hide();
    leave(manager.consent, []);
    await undefined;
    expect(told).to.deep.equal([
      "Your choice is saved.",
      "Could not be removed here: FPID",
    ]);
  });

  it("is not told aloud after what the visitor did not do", async () => {
    const { manager } = await firstVisit(page);
    const told = listen(manager);
    const { panel } = await openPanel(manager);
    button(panel, "reject").click();
    manager.withdraw();
    leave(manager.consent, [FPID]);
    await undefined;
    expect(told).to.deep.equal(["Your choice is saved."]);
  });
});
