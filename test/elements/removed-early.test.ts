import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { cleanStorage } from "../support/clean-storage.js";
import { next } from "../support/next.js";

// Alone in its file: the banner must not be defined before.
describe("<consent-manager> that is taken out while its interface loads", () => {
  afterEach(cleanStorage);

  it("goes on when it is put in again, with the page's own banner", async () => {
    const failures: string[] = [];
    const failed = new Promise<void>((resolve) =>
      addEventListener("unhandledrejection", ({ reason }) => {
        failures.push(String(reason));
        resolve();
      }),
    );
    const ready = next("consent-ready");
    const manager = await fixture<ConsentManagerElement>(html`
      <consent-manager><consent-banner></consent-banner></consent-manager>
    `);
    await ready;
    expect(customElements.get("consent-banner")).to.equal(undefined);
    const { parentElement } = manager;
    manager.remove();
    const shown = new Promise<Event>((resolve) =>
      manager.addEventListener("consent-show", resolve, { once: true }),
    );
    await Promise.race([shown, failed]);
    parentElement!.append(manager);
    await manager.show();
    const banner = manager.querySelector("consent-banner")!;
    await banner.updateComplete;

    expect(failures).to.deep.equal([]);
    expect(banner.checkVisibility()).to.equal(true);
  });
});
