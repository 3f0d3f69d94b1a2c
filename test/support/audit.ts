import { expect } from "@open-wc/testing";

/** The accessibility audit of `element` and what is in it, as it looks when nothing moves any more. */
export async function audit(element: Element): Promise<void> {
  for (const each of [element, ...element.querySelectorAll("*")])
    for (const animation of each.shadowRoot?.getAnimations() ?? [])
      animation.finish();
  await expect(element).to.be.accessible();
}
