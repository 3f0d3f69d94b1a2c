import { fixture } from "@open-wc/testing";
import type { TemplateResult } from "lit";
import type { ConsentBannerElement } from "../../src/elements/consent-banner.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { next } from "./next.js";

/** Puts `markup` on the page, which holds one manager, and waits until its banner is there to be seen. */
export async function firstVisit(markup: TemplateResult): Promise<{
  manager: ConsentManagerElement;
  banner: ConsentBannerElement;
}> {
  const shown = next("consent-show");
  const root = await fixture<HTMLElement>(markup);
  await shown;
  const manager = root.matches("consent-manager")
    ? (root as ConsentManagerElement)
    : root.querySelector("consent-manager")!;
  const banner = manager.querySelector("consent-banner")!;
  await banner.updateComplete;
  return { manager, banner };
}
