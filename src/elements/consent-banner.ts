import { ContextConsumer } from "@lit/context";
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import type { Purpose } from "../consent/purpose.js";
import { styles } from "./consent-banner.styles.js";
import { renderControl } from "./control.js";
import { hasDirection } from "../locales/index.js";
import { describePurposes } from "./purposes.js";
import { ScrollRoom } from "./scroll-room.js";
import { shared } from "./shared.styles.js";
import { submit } from "./submit.js";
import {
  answerAll,
  askedFor,
  listOf,
  policyOf,
  tellUnknown,
  viewContext,
  type View,
} from "./view.js";

/** Where a banner may be. */
export const BANNER_LAYOUTS = [
  "bar",
  "top",
  "box",
  "box-start",
  "card",
  "inline",
  "modal",
] as const;
export type BannerLayout = (typeof BANNER_LAYOUTS)[number];

/**
 * Asks once, with a yes and a no of the same weight. It blocks nothing and never takes the focus.
 *
 * @summary The first layer: a notice and three buttons.
 * @tag consent-banner
 *
 * @attr {boolean} open - Whether it is visible. `<consent-manager>` sets it.
 * @attr {"bar"|"top"|"box"|"box-start"|"card"|"inline"|"modal"} [layout=bar] - A bar at the foot or the top of the window, a box in the
 * corner where lines end or begin, a card in the middle, a part of the page, or a dialog that bars the page. Only the last one takes the focus.
 *
 * @slot heading - The heading.
 * @slot text - What is asked, in place of the text and the link to the policy.
 * @slot note - Anything that belongs below the text. Where a browser's signal is honoured, that is told here.
 * @slot policy - The link to the privacy policy.
 * @slot accept - A button or link of the page's own that accepts all.
 * @slot reject - A button or link of the page's own that rejects all.
 * @slot preferences - A button or link of the page's own that opens the preferences.
 *
 * @event {ConsentSubmitEvent} consent-submit - Fired when a button is pressed, before anything is kept. Cancelable.
 *
 * @csspart banner - The box.
 * @csspart heading - The heading.
 * @csspart text - What is asked.
 * @csspart policy-link - The link to the privacy policy.
 * @csspart services-button - Says how many services there are, and leads to them.
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
    layout: { reflect: true, useDefault: true },
  };

  static define(tag = "consent-banner"): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  declare open: boolean;
  declare layout: BannerLayout;

  #view = new ContextConsumer(this, { context: viewContext, subscribe: true });
  #room = new ScrollRoom(this);
  /** The purposes that the text names. A button answers for these, and for none that came since. */
  #asked: readonly Purpose[] = [];

  constructor() {
    super();
    this.open = false;
    this.layout = "bar";
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

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Taken out while open it would come back as a box in the page that bars nothing.
    this.renderRoot.querySelector("dialog")?.close();
  }

  protected override updated(changed: PropertyValues): void {
    // A part of the page and a dialog hide nothing that could have the focus.
    const hides = this.open && !/^(inline|modal)$/.test(this.layout);
    this.#room.side = hides
      ? this.layout === "top"
        ? "start"
        : "end"
      : undefined;
    const dialog = this.renderRoot.querySelector("dialog");
    // Out of the page there is nothing to open it in; it opens when it is back.
    if (dialog && dialog.open !== (this.open && this.isConnected))
      if (dialog.open) dialog.close();
      // One that a blocker hides would bar a page that nobody could open again.
      else if (this.checkVisibility()) dialog.showModal();
    const view = this.#view.value;
    if (!view) return;
    const { words } = view;
    if (changed.has("layout"))
      tellUnknown(view, "layout", this.layout, BANNER_LAYOUTS);
    // On the host, where tools that read attributes find it; a banner that blocks nothing is a region, not a dialog.
    this.role = dialog ? null : "region";
    this.ariaLabel = dialog ? null : words.title;
    this.lang = words.lang;
    if (hasDirection(this.parentElement!)) this.removeAttribute("dir");
    else this.dir = words.dir;
  }

  protected override render(): unknown {
    const view = this.#view.value;
    if (!view) return nothing;
    this.#asked = askedFor(view);
    // Escape hides a dialog and decides nothing; a click beside it does not even do that.
    return this.layout === "modal"
      ? html`<dialog
          part="banner"
          aria-labelledby="heading"
          closedby="closerequest"
          @cancel=${this.#cancelled}
        >
          ${this.#renderContent(view)}
        </dialog>`
      : html`<div part="banner">${this.#renderContent(view)}</div>`;
  }

  #renderContent(view: View): TemplateResult {
    const { words, consent } = view;
    const isModal = this.layout === "modal";
    const top = describePurposes(view).filter(({ required }) => !required);
    const asked = listOf(
      view,
      top.map(({ label }) => label),
    );
    const count = top.reduce((sum, each) => sum + each.serviceCount, 0);
    const text = consent.mode === "opt-in" ? words.optIn : words.optOut;
    return html`
      <div class="layout">
        <div>
          <h2
            id="heading"
            part="heading"
            tabindex=${isModal ? -1 : nothing}
            ?autofocus=${isModal}
          >
            <slot name="heading">${words.title}</slot>
          </h2>
          <p part="text">
            <slot name="text"
              >${text.replace("{purposes}", () => asked)}
              <slot name="policy"
                ><a part="policy-link" href=${policyOf(view)}
                  >${words.policy}</a
                ></slot
              >${
                count
                  ? html` ·
                      <button
                        part="services-button"
                        class="link"
                        type="button"
                        @click=${this.showPreferences}
                      >
                        ${words.services.replace("{count}", `${count}`)}
                      </button>`
                  : ""
              }</slot
            >
          </p>
          <slot name="note"></slot>
        </div>
        <div part="actions">
          ${[
            { action: "accept", label: words.accept, press: this.#accept },
            { action: "reject", label: words.reject, press: this.#reject },
            {
              action: "preferences",
              label: words.preferences,
              press: this.#prefer,
              isQuiet: true,
            },
          ].map((control) => renderControl(this, control))}
        </div>
      </div>
    `;
  }

  #accept = () => this.acceptAll();
  #reject = () => this.rejectAll();
  #prefer = () => this.showPreferences();

  #cancelled = () => void this.#view.value?.manager.hide();
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-banner": ConsentBannerElement;
  }
}
