import { LightElement } from "./light-element.js";

/**
 * Opens the preferences, from anywhere in the page. Put a button or a link inside; without one it makes a button.
 *
 * @summary The way back to a decision.
 * @tag consent-trigger
 *
 * @slot - A button or a link. A link's address serves where the library cannot load.
 */
export class ConsentTriggerElement extends LightElement {
  static override tag = "consent-trigger";

  protected override start(): void {
    let control = this.querySelector<HTMLElement>("a, button");
    if (!control) {
      control = document.createElement("button");
      control.append(...this.childNodes);
      control.textContent ||= "Privacy choices";
      this.append(control);
    }
    this.onclick = (event) => {
      const manager = document.querySelector("consent-manager");
      // Without one a link leads on.
      if (!manager) return;
      event.preventDefault();
      manager.showPreferences(control);
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-trigger": ConsentTriggerElement;
  }
}
