import { LightElement } from "./elements/light-element.js";
import { start } from "./vendors/element.js";

/**
 * A vendor's tag that follows the record of the manager around it, or of the first one in the page. Its other attributes are
 * the options of the vendor's function in kebab-case: `pixel-id="1"` is `pixelId: "1"`. They are read once.
 *
 * @summary A vendor that asks nobody before a yes and stops at a no.
 * @tag consent-vendor
 *
 * @attr {string} name - The vendor, as in docs/vendors.md: `posthog`, `meta`, `google-tag`, ….
 * @attr {string} [purpose] - The purpose whose yes it needs, or several, all of which it needs. Default: the vendor's own, in docs/vendors.md.
 * @attr {string} [src] - Where its script is. Default: the vendor's address.
 * @attr {boolean} [reload] - Loads the page anew after a withdrawal, where the vendor has no call that stops it.
 */
export class ConsentVendorElement extends LightElement {
  static override tag = "consent-vendor";

  protected override start(): void {
    void start(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-vendor": ConsentVendorElement;
  }
}
