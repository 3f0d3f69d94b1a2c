import type { ConsentManagerElement } from "./consent-manager.js";
import { LightElement } from "./light-element.js";

/**
 * Names one purpose, inside `<consent-manager>`. It shows nothing itself.
 *
 * @summary One thing that a visitor decides on.
 * @tag consent-purpose
 *
 * @attr {string} name - The purpose's id: `necessary`, `functional`, `analytics`, `marketing`, or one of the site's own.
 * @attr {string} [label] - What the visitor reads. The four names above have words already.
 * @attr {string} [description] - What the purpose is for, in a sentence.
 * @attr {string} [removes] - What goes from the browser when the yes ends: `_ga _ga_* local:ph_*`.
 * @attr {boolean} [reload] - Load the page anew when the yes has ended.
 * @attr {boolean} [required] - Always on and not asked about, as `necessary` is.
 */
export class ConsentPurposeElement extends LightElement {
  static override tag = "consent-purpose";

  override connectedCallback(): void {
    this.closest<ConsentManagerElement>("consent-manager")?.addPurpose?.(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-purpose": ConsentPurposeElement;
  }
}
