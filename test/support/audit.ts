import { expect } from "@open-wc/testing";

// The auditor is fetched at its first use, which may take longer than a test may.
before(async function () {
  this.timeout(30_000);
  await expect(document.body).to.be.accessible();
});

/** The accessibility audit of `element` and what is in it, as it looks when nothing moves any more. */
export async function audit(element: Element): Promise<void> {
  for (const each of [element, ...element.querySelectorAll("*")])
    for (const animation of each.shadowRoot?.getAnimations() ?? [])
      animation.finish();
  await expect(element).to.be.accessible();
}
