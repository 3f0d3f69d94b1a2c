import { LightElement } from "./light-element.js";
import { start } from "./trigger.js";

/**
 * Opens the preferences, from anywhere in the page. Put a button or a link inside; without one it makes a button.
 *
 * @summary The way back to a decision.
 * @tag consent-trigger
 *
 * @attr {""|"end"} [floating] - Keeps it in view, in the corner where a line of text begins at the foot of the window, or where one ends.
 *
 * @slot - A button or a link. A link's address serves where the library cannot load.
 */
export class ConsentTriggerElement extends LightElement {
  static override tag = "consent-trigger";

  protected override start(): void {
    void start(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-trigger": ConsentTriggerElement;
  }
}
