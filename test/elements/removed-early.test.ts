import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { cleanStorage } from "../support/clean-storage.js";

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
    let wasDefined: boolean | undefined;
    const shown = new Promise<Event>((resolve) => {
      // In the event itself: a moment later the interface may be there.
      document.addEventListener(
        "consent-ready",
        ({ target }) => {
          const manager = target as ConsentManagerElement;
          wasDefined = !!customElements.get("consent-banner");
          manager.addEventListener("consent-show", resolve, { once: true });
          manager.remove();
        },
        { once: true },
      );
    });
    const parent = await fixture<HTMLElement>(html`<div></div>`);
    const manager = document.createElement("consent-manager");
    manager.append(document.createElement("consent-banner"));
    parent.append(manager);
    await Promise.race([shown, failed]);
    expect(wasDefined).to.equal(false);
    parent.append(manager);
    await manager.show();
    const banner = manager.querySelector("consent-banner")!;
    await banner.updateComplete;

    expect(failures).to.deep.equal([]);
    expect(banner.checkVisibility()).to.equal(true);
  });
});
