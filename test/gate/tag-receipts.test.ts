import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import type { Receipt } from "../../src/consent/receipt.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { shownBy } from "../../src/gate/shown.js";
import { textHash, textOf } from "../../src/gate/text-hash.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { afterThisTest } from "../support/undo.js";

/** Ends the receipts that the gate has begun, after the test. What is decided before they are there gets one too. */
const endLater = (manager: ConsentManagerElement) =>
  afterThisTest(() => manager.receipts?.stop());

/** Acts, and waits for the receipt that the page hears of. */
async function receiptOf(act: () => unknown): Promise<Receipt> {
  const told = next("consent-receipt");
  act();
  return (await told).receipt;
}

afterEach(cleanStorage);

describe("<consent-manager receipts>", () => {
  it("keeps a receipt of a press in the banner, with the hash of what it showed", async () => {
    const { manager, banner } = await firstVisit(
      html`<consent-manager receipts cookie-name="shop"></consent-manager>`,
    );
    endLater(manager);
    const hash = await textHash(textOf((await shownBy(manager, undefined))!));
    const receipt = await receiptOf(() => banner.rejectAll());
    const { textHash: told, locale, source, action } = receipt;
    expect({ told, locale, source, action }).to.deep.equal({
      told: hash,
      locale: "en",
      source: "user",
      action: "deny-all",
    });
    expect([manager.receipts?.list(), Object.keys(localStorage)]).to.deep.equal(
      [[receipt], ["shop-receipts"]],
    );
  });

  it("sets services apart that have an answer of their own", async () => {
    const manager = await fixture<ConsentManagerElement>(html`
      <consent-manager receipts>
        <consent-purpose name="marketing">
          <consent-service name="films" switch></consent-service>
        </consent-purpose>
      </consent-manager>
    `);
    endLater(manager);
    const { purposes, services } = await receiptOf(() =>
      manager.set({ marketing: "granted", films: "denied" }),
    );
    expect([purposes, services]).to.deep.equal([
      { marketing: "granted" },
      { films: "denied" },
    ]);
  });

  it("keeps nothing where they are not asked for", async () => {
    const manager = await fixture<ConsentManagerElement>(
      html`<consent-manager></consent-manager>`,
    );
    endLater(manager);
    manager.denyAll();
    expect([manager.receipts, Object.keys(localStorage)]).to.deep.equal([
      undefined,
      [],
    ]);
  });

  it("tells of an endpoint of another site, and keeps the receipts here", async () => {
    const errors = stubConsoleError();
    const manager = await fixture<ConsentManagerElement>(
      html`<consent-manager
        receipts="https://elsewhere.test/a"
      ></consent-manager>`,
    );
    endLater(manager);
    const receipt = await receiptOf(() => manager.denyAll());
    expect([
      errors.map(([error]) => `${error}`.includes("an address of this site")),
      manager.receipts?.list(),
    ]).to.deep.equal([[true], [receipt]]);
  });
});
