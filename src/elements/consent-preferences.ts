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
import type { Choice, Choices } from "../consent/choice.js";
import type { Purpose } from "../consent/purpose.js";
import type { ConsentRecord } from "../consent/record.js";
import type { ConsentStore } from "../consent/store.js";
import { renderChoice } from "./choice.js";
import { styles } from "./consent-preferences.styles.js";
import { renderControl } from "./control.js";
import { ConsentLayerEvent } from "./events.js";
import { hasDirection } from "../locales/index.js";
import { announceLeftovers, leftoversOf } from "./leftovers.js";
import { describePurposes, type DescribedPurpose } from "./purposes.js";
import { Services } from "./services.js";
import { shared } from "./shared.styles.js";
import { submit } from "./submit.js";
import {
  answerAll,
  askedFor,
  dayOf,
  tellUnknown,
  viewContext,
  type View,
} from "./view.js";

/** Where the preferences may be. */
export const PREFERENCES_LAYOUTS = ["dialog", "side", "inline"] as const;
export type PreferencesLayout = (typeof PREFERENCES_LAYOUTS)[number];

/**
 * Lets a visitor decide purpose by purpose. What is switched is a draft; only Save, Accept all and Reject all
 * decide. Escape, the close button and the backdrop leave everything as it was.
 *
 * @summary The second layer: one control a purpose, in a dialog.
 * @tag consent-preferences
 *
 * @attr {"dialog"|"side"|"inline"} [layout=dialog] - A dialog in the middle, a sheet at the side where lines end, or a part of the page that is always to be seen.
 *
 * @slot heading - The heading.
 * @slot text - What is asked.
 * @slot note - Anything that belongs below the text. Where a browser's signal is honoured, that is told here.
 * @slot save - A button of the page's own that saves.
 * @slot accept - A button or link of the page's own that accepts all.
 * @slot reject - A button or link of the page's own that rejects all.
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
 * @csspart choice - The control for a purpose that offers anonymous measuring.
 * @csspart options - Its three ways.
 * @csspart option - One of them.
 * @csspart chosen-option - The one that is chosen.
 * @csspart meaning - What that one means.
 * @csspart services - The list of a purpose's services.
 * @csspart services-summary - What opens it.
 * @csspart search - The field that narrows it down.
 * @csspart no-service - Says that none is found.
 * @csspart service-list - The list itself.
 * @csspart service - One service.
 * @csspart facts - What is told of it.
 * @csspart service-policy-link - The link to its provider's policy.
 * @csspart decided - When the choice was made that holds.
 * @csspart leftovers - What of withdrawn grants could not be removed.
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
    layout: { reflect: true, useDefault: true },
    draft: { state: true },
  };

  static define(tag = "consent-preferences"): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  declare layout: PreferencesLayout;
  /** What the switches show; not what is decided. */
  declare private draft: Choices;

  #view = new ContextConsumer(this, { context: viewContext, subscribe: true });
  #opener: HTMLElement | undefined;
  #services = new Services(this);
  /** The record that the draft began with. */
  #shown: ConsentRecord | undefined;
  /** The purposes that have a switch. A button answers for these, and for none that came since. */
  #asked: readonly Purpose[] = [];
  /** The store that it hears news of leftovers from. */
  #heard: ConsentStore | undefined;
  /** What the visitor decided here last. */
  #decided: ConsentRecord | undefined;
  /** What it shows of them, as it was drawn last. */
  #purposes: readonly DescribedPurpose[] = [];

  constructor() {
    super();
    this.layout = "dialog";
    this.draft = {};
  }

  /** Whether it is to be seen. As a part of the page it always is. */
  get open(): boolean {
    return this.#dialog ? this.#dialog.open : this.#isInline;
  }

  get #isInline(): boolean {
    return this.layout === "inline";
  }

  /** Opens the dialog on what is decided now. `opener` gets the focus back; by default, what has it. */
  async show(opener?: HTMLElement): Promise<void> {
    this.#opener = opener;
    this.#restart();
    await this.updateComplete;
    // As a part of the page it is there already, and the visitor is led to it.
    if (this.#isInline)
      this.renderRoot.querySelector<HTMLElement>("#heading")?.focus();
    // One that a blocker hides would bar a page that nobody could open again.
    if (!this.#dialog || this.open || !this.checkVisibility()) return;
    this.#dialog.showModal();
    const shown = new ConsentLayerEvent(true);
    this.dispatchEvent(shown);
  }

  /** Closes the dialog. Nothing is decided by it. A part of the page stays. */
  hide(): void {
    this.#dialog?.close();
  }

  /** Decides as the switches stand. */
  save(): void {
    // A switch that came while the dialog was open, and was left off, is a no.
    const choices: Record<string, Choice> = {
      ...answerAll(this.#asked, "denied"),
      ...this.draft,
    };
    // A part is never looser than the whole.
    for (const { name, parts } of this.#purposes) {
      const choice = choices[name];
      if (choice && choice !== "granted")
        for (const part of parts) choices[part] = choice;
    }
    this.#submit("save", choices);
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

  protected override willUpdate(): void {
    // What is always to be seen shows what holds, from the first moment on and whoever decides. A dialog stays as it was opened.
    if (this.#isInline && this.#view.value?.consent.record !== this.#shown)
      this.#restart();
  }

  protected override updated(changed: PropertyValues): void {
    const view = this.#view.value;
    if (!view) return;
    if (changed.has("layout"))
      tellUnknown(view, "layout", this.layout, PREFERENCES_LAYOUTS);
    if (this.#heard !== view.consent) {
      this.#heard = view.consent;
      this.#heard.addEventListener("consent-leftovers", () => this.#tellLeft());
    }
    this.lang = view.words.lang;
    if (hasDirection(this.parentElement!)) this.removeAttribute("dir");
    else this.dir = view.words.dir;
  }

  protected override render(): unknown {
    const view = this.#view.value;
    if (!view) return nothing;
    this.#asked = askedFor(view);
    this.#purposes = describePurposes(view);
    // closedby is set for browsers that have it; closing is safe in all of them, because it decides nothing.
    return this.#isInline
      ? html`<section part="dialog" aria-labelledby="heading">
          ${this.#renderContent(view)}
        </section>`
      : html`<dialog
          part="dialog"
          aria-labelledby="heading"
          closedby="any"
          @close=${this.#closed}
        >
          ${this.#renderContent(view)}
        </dialog>`;
  }

  #renderContent(view: View): TemplateResult {
    const { words, consent } = view;
    const { record, leftovers } = consent;
    return html`
      <div part="header">
        <h2
          id="heading"
          part="heading"
          tabindex="-1"
          ?autofocus=${!this.#isInline}
        >
          <slot name="heading">${words.preferencesTitle}</slot>
        </h2>
        ${
          this.#isInline
            ? nothing
            : html`<button
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
              </button>`
        }
        <p part="text"><slot name="text">${words.preferencesText}</slot></p>
        ${
          record
            ? html`<p part="decided">
                ${
                  record.source === "signal"
                    ? words.signal
                    : words.decided.replace("{date}", () =>
                        dayOf(view, record.time),
                      )
                }
              </p>`
            : nothing
        }
        ${
          leftovers?.[0]
            ? html`<p part="leftovers">${leftoversOf(view)}</p>`
            : nothing
        }
        <slot name="note"></slot>
      </div>
      <div part="purposes">
        ${this.#purposes.map((purpose, i) =>
          this.#renderPurpose(view, purpose, `purpose-${i}`),
        )}
      </div>
      <div part="actions">
        ${[
          {
            action: "save",
            label: words.save,
            press: this.#save,
            isQuiet: true,
          },
          { action: "accept", label: words.accept, press: this.#accept },
          { action: "reject", label: words.reject, press: this.#reject },
        ].map((control) => renderControl(this, control))}
      </div>
    `;
  }

  #save = () => this.save();
  #accept = () => this.acceptAll();
  #reject = () => this.rejectAll();

  #renderPurpose(
    view: View,
    described: DescribedPurpose,
    id: string,
  ): TemplateResult {
    const { name, required } = described;
    const { words } = view;
    return html`
      <div part="purpose" data-purpose=${name}>
        ${
          required
            ? html`<strong part="label">${described.label}</strong>
                <span part="always-on">${words.alwaysOn}</span>
                <p part="description">${described.description}</p>`
            : renderChoice(described, id, words, this.draft[name], (choice) =>
                this.#choose(described, choice),
              )
        }
        ${this.#services.render(
          view,
          described,
          id,
          this.draft,
          (service, choice) => {
            this.draft = { ...this.draft, [service]: choice };
          },
        )}
      </div>
    `;
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.renderRoot?.querySelector("dialog");
  }

  /** What is chosen for a whole holds for its parts too, until they are chosen differently. */
  #choose({ name, parts }: DescribedPurpose, choice: Choice): void {
    const draft = { ...this.draft, [name]: choice };
    for (const part of parts) draft[part] = choice;
    this.draft = draft;
  }

  /** Throws the draft away and begins again with what is decided. Nothing is ticked that was not granted. */
  #restart(): void {
    const view = this.#view.value;
    if (!view) return;
    this.#services.forget();
    this.#shown = view.consent.record;
    this.draft = Object.fromEntries(
      askedFor(view).map(({ name }): [string, Choice] => [
        name,
        view.consent.get(name) ?? "denied",
      ]),
    );
  }

  #submit(action: string, choices: Choices): void {
    const view = this.#view.value;
    if (!view || !submit(this, view, choices, action)) return;
    this.#decided = view.consent.record;
    this.hide();
  }

  /** Shows what is left; tells it aloud as well, where the visitor's own decision has left it. */
  #tellLeft(): void {
    this.requestUpdate();
    const view = this.#view.value;
    if (view?.consent.leftovers?.[0] && view.consent.record === this.#decided)
      announceLeftovers(view);
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
