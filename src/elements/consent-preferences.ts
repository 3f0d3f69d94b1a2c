import { ContextConsumer } from "@lit/context";
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
} from "lit";
import type { Choice, Choices } from "../consent/choice.js";
import type { Purpose } from "../consent/purpose.js";
import { styles } from "./consent-preferences.styles.js";
import { ConsentLayerEvent } from "./events.js";
import { shared } from "./shared.styles.js";
import { submit } from "./submit.js";
import {
  answerAll,
  askedFor,
  viewContext,
  wordsFor,
  type View,
} from "./view.js";

/**
 * Lets a visitor decide purpose by purpose. What is switched is a draft; only Save, Accept all and Reject all
 * decide. Escape, the close button and the backdrop leave everything as it was.
 *
 * @summary The second layer: one switch a purpose, in a dialog.
 * @tag consent-preferences
 *
 * @slot heading - The heading.
 * @slot text - What is asked.
 *
 * @event {ConsentSubmitEvent} consent-submit - Fired when a button is pressed, before anything is kept. Cancelable.
 *
 * @csspart dialog - The box.
 * @csspart header - Heading, close button and text.
 * @csspart heading - The heading.
 * @csspart text - What is asked.
 * @csspart purposes - The list of purposes.
 * @csspart purpose - One purpose.
 * @csspart label - A purpose's label.
 * @csspart description - A purpose's description.
 * @csspart switch - A purpose's switch.
 * @csspart always-on - What stands in the switch's place for a required purpose.
 * @csspart actions - The row of buttons.
 * @csspart button - Every button.
 * @csspart save-button - Save.
 * @csspart accept-button - Accept all.
 * @csspart reject-button - Reject all.
 * @csspart close-button - Close.
 *
 * @cssproperty {<color>} [--consent-color-backdrop] - Over the page while the dialog is open.
 */
export class ConsentPreferencesElement extends LitElement {
  static override styles: CSSResultGroup = [shared, styles];

  static override properties: PropertyDeclarations = {
    draft: { state: true },
  };

  static define(tag = "consent-preferences"): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  /** What the switches show; not what is decided. */
  declare private draft: Choices;

  #view = new ContextConsumer(this, { context: viewContext, subscribe: true });
  #opener: HTMLElement | undefined;
  /** The purposes that have a switch. A button answers for these, and for none that came since. */
  #asked: readonly Purpose[] = [];

  constructor() {
    super();
    this.draft = {};
  }

  /** Whether the dialog is open. */
  get open(): boolean {
    return this.#dialog?.open ?? false;
  }

  /** Opens the dialog on what is decided now. `opener` gets the focus back; by default, what has it. */
  async show(opener?: HTMLElement): Promise<void> {
    this.#opener = opener;
    this.#restart();
    await this.updateComplete;
    if (!this.#dialog || this.open) return;
    this.#dialog.showModal();
    const shown = new ConsentLayerEvent(true);
    this.dispatchEvent(shown);
  }

  /** Closes the dialog. Nothing is decided by it. */
  hide(): void {
    this.#dialog?.close();
  }

  /** Decides as the switches stand. */
  save(): void {
    // A switch that came while the dialog was open, and was left off, is a no.
    this.#submit("save", {
      ...answerAll(this.#asked, "denied"),
      ...this.draft,
    });
  }

  /** Asks again for what the manager hands down; for an element that was there before it had anything to hand. */
  findView(): void {
    this.#view.hostConnected();
  }

  /** Grants every purpose. */
  acceptAll(): void {
    this.#submit("grant-all", answerAll(this.#asked, "granted"));
  }

  /** Refuses every purpose. */
  rejectAll(): void {
    this.#submit("deny-all", answerAll(this.#asked, "denied"));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#restart();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Taken out while open it would come back as a box in the page that is no dialog any more.
    this.hide();
  }

  protected override render(): unknown {
    const view = this.#view.value;
    if (!view) return nothing;
    const { words } = view;
    this.#asked = askedFor(view);
    // closedby is set for browsers that have it; closing is safe in all of them, because it decides nothing.
    return html`
      <dialog
        part="dialog"
        aria-labelledby="heading"
        closedby="any"
        lang=${words.lang}
        @close=${this.#closed}
      >
        <div part="header">
          <h2 id="heading" part="heading" tabindex="-1" autofocus>
            <slot name="heading">${words.preferencesTitle}</slot>
          </h2>
          <button
            part="button close-button"
            class="quiet"
            data-action="close"
            type="button"
            aria-label=${words.close}
            @click=${this.hide}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M2 2l12 12M14 2L2 14" />
            </svg>
          </button>
          <p part="text"><slot name="text">${words.preferencesText}</slot></p>
        </div>
        <div part="purposes">
          ${view.consent.purposes.map((purpose, i) =>
            this.#renderPurpose(view, purpose, `purpose-${i}`),
          )}
        </div>
        <div part="actions">
          <button
            part="button save-button"
            class="quiet"
            data-action="save"
            type="button"
            @click=${this.save}
          >
            ${words.save}
          </button>
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
        </div>
      </dialog>
    `;
  }

  #renderPurpose(view: View, purpose: Purpose, id: string): unknown {
    const { name, required } = purpose;
    const { label, description } = wordsFor(view, purpose);
    return html`
      <div part="purpose">
        ${
          required
            ? html`<strong part="label">${label}</strong>
                <span part="always-on">${view.words.alwaysOn}</span>`
            : html`<label part="label" for=${id}>${label}</label>
                <input
                  id=${id}
                  part="switch"
                  type="checkbox"
                  role="switch"
                  aria-describedby=${`${id}-text`}
                  .checked=${this.draft[name] === "granted"}
                  @change=${(event: Event) =>
                    this.#switch(name, event.target as HTMLInputElement)}
                />`
        }
        <p id=${`${id}-text`} part="description">${description}</p>
      </div>
    `;
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.renderRoot?.querySelector("dialog");
  }

  #switch(name: string, { checked }: HTMLInputElement): void {
    this.draft = { ...this.draft, [name]: checked ? "granted" : "denied" };
  }

  /** Throws the draft away and begins again with what is decided. Nothing is ticked that was not granted. */
  #restart(): void {
    const view = this.#view.value;
    if (!view) return;
    this.draft = Object.fromEntries(
      askedFor(view).map(({ name }): [string, Choice] => [
        name,
        view.consent.get(name) ?? "denied",
      ]),
    );
  }

  #submit(action: string, choices: Choices): void {
    const view = this.#view.value;
    if (view && submit(this, view, choices, action)) this.hide();
  }

  #closed(): void {
    this.#opener?.focus({ preventScroll: true });
    this.#opener = undefined;
    const gone = new ConsentLayerEvent(false);
    this.dispatchEvent(gone);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-preferences": ConsentPreferencesElement;
  }
}
