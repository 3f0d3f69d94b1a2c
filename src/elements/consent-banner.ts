import { ContextConsumer } from "@lit/context";
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
} from "lit";
import type { Purpose } from "../consent/purpose.js";
import { styles } from "./consent-banner.styles.js";
import { ScrollRoom } from "./scroll-room.js";
import { shared } from "./shared.styles.js";
import { submit } from "./submit.js";
import {
  answerAll,
  askedFor,
  policyOf,
  viewContext,
  wordsFor,
} from "./view.js";

/**
 * Asks once, with a yes and a no of the same weight. It blocks nothing and never takes the focus.
 *
 * @summary The first layer: a notice and three buttons.
 * @tag consent-banner
 *
 * @attr {boolean} open - Whether it is visible. `<consent-manager>` sets it.
 *
 * @slot heading - The heading.
 * @slot text - What is asked, in place of the text and the link to the policy.
 *
 * @event {ConsentSubmitEvent} consent-submit - Fired when a button is pressed, before anything is kept. Cancelable.
 *
 * @csspart banner - The box.
 * @csspart heading - The heading.
 * @csspart text - What is asked.
 * @csspart policy-link - The link to the privacy policy.
 * @csspart actions - The row of buttons.
 * @csspart button - Every button.
 * @csspart accept-button - Accept all.
 * @csspart reject-button - Reject all.
 * @csspart preferences-button - Preferences.
 *
 * @cssproperty {<color>} [--consent-color-surface] - Behind the text.
 * @cssproperty {<color>} [--consent-color-text] - The heading's and quiet buttons' text.
 * @cssproperty {<color>} [--consent-color-muted] - The running text.
 * @cssproperty {<color>} [--consent-color-border] - Edges.
 * @cssproperty {<color>} [--consent-color-accent] - Buttons and switches.
 * @cssproperty {<color>} [--consent-color-on-accent] - Text on them; black or white by itself.
 * @cssproperty {<color>} [--consent-color-focus] - The focus ring.
 * @cssproperty {<length>} [--consent-radius=12px] - Corners.
 * @cssproperty {<length>} [--consent-gap=16px] - Space between things.
 * @cssproperty [--consent-font=1rem/1.5 system-ui, sans-serif] - The font, as in the `font` shorthand.
 * @cssproperty [--consent-shadow] - The banner's and the panel's shadow.
 * @cssproperty {<length>} [--consent-max-width=68rem] - The banner's greatest width.
 * @cssproperty {<integer>} [--consent-z-index=2147483000] - The banner's layer.
 */
export class ConsentBannerElement extends LitElement {
  static override styles: CSSResultGroup = [shared, styles];

  static override properties: PropertyDeclarations = {
    open: { type: Boolean, reflect: true },
  };

  static define(tag = "consent-banner"): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  declare open: boolean;

  #view = new ContextConsumer(this, { context: viewContext, subscribe: true });
  #room = new ScrollRoom(this);
  /** The purposes that the text names. A button answers for these, and for none that came since. */
  #asked: readonly Purpose[] = [];

  constructor() {
    super();
    this.open = false;
  }

  /** Asks again for what the manager hands down; for an element that was there before it had anything to hand. */
  findView(): void {
    this.#view.hostConnected();
  }

  /** Grants every purpose, as the first button does. */
  acceptAll(): void {
    const view = this.#view.value;
    if (view)
      submit(this, view, answerAll(this.#asked, "granted"), "grant-all");
  }

  /** Refuses every purpose, as the second button does. */
  rejectAll(): void {
    const view = this.#view.value;
    if (view) submit(this, view, answerAll(this.#asked, "denied"), "deny-all");
  }

  /** Opens the preferences, as the third button does. */
  showPreferences(): void {
    this.#view.value?.manager.showPreferences();
  }

  protected override updated(_: PropertyValues): void {
    this.#room.isWanted = this.open;
    const words = this.#view.value?.words;
    if (!words) return;
    // On the host, where tools that read attributes find it; a banner that blocks nothing is a region, not a dialog.
    this.role = "region";
    this.ariaLabel = words.title;
    this.lang = words.lang;
  }

  protected override render(): unknown {
    const view = this.#view.value;
    if (!view) return nothing;
    const { words, consent } = view;
    this.#asked = askedFor(view);
    const asked = new Intl.ListFormat(words.lang).format(
      this.#asked.map((purpose) => wordsFor(view, purpose).label),
    );
    const text = consent.mode === "opt-in" ? words.optIn : words.optOut;
    return html`
      <div part="banner">
        <div class="layout">
          <div>
            <h2 part="heading"><slot name="heading">${words.title}</slot></h2>
            <p part="text">
              <slot name="text"
                >${text.replace("{purposes}", () => asked)}
                <a part="policy-link" href=${policyOf(view)}
                  >${words.policy}</a
                ></slot
              >
            </p>
          </div>
          <div part="actions">
            <button
              part="button accept-button"
              data-action="accept"
              type="button"
              @click=${this.acceptAll}
            >
              ${words.accept}
            </button>
            <button
              part="button reject-button"
              data-action="reject"
              type="button"
              @click=${this.rejectAll}
            >
              ${words.reject}
            </button>
            <button
              part="button preferences-button"
              class="quiet"
              data-action="preferences"
              type="button"
              @click=${this.showPreferences}
            >
              ${words.preferences}
            </button>
          </div>
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-banner": ConsentBannerElement;
  }
}
