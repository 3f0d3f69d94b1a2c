import { html, type TemplateResult } from "lit";

/** One button of the banner or the panel. */
export interface Control {
  /** The name of its slot, and what it does, for those who look for it. */
  readonly action: string;
  readonly label: string;
  readonly press: () => void;
  /** Whether it is less than the answers beside it. */
  readonly isQuiet?: boolean;
}

/** What can be pressed with a keyboard too. */
export const PRESSABLE = "button, a[href], input, [role=button]";

/** Slots that hold something which cannot be pressed. Each has our button beside it. */
const wrong = new WeakMap<HTMLElement, Set<string>>();

/**
 * Draws a button in a slot of its own, where the page may put one of its own with its own classes. `host` is drawn anew
 * when what is put there cannot be pressed: then our button stays, so that no answer is missing.
 */
export function renderControl(
  host: HTMLElement & { requestUpdate(): void },
  { action, label, press, isQuiet }: Control,
): TemplateResult {
  const unfit = wrong.get(host) ?? new Set();
  wrong.set(host, unfit);
  const look = ({ target }: Event) => {
    const given = (target as HTMLSlotElement).assignedElements();
    const isUnfit =
      !!given[0] &&
      !given.some(
        (each) => each.matches(PRESSABLE) || each.querySelector(PRESSABLE),
      );
    if (isUnfit === unfit.has(action)) return;
    if (isUnfit) unfit.add(action);
    else unfit.delete(action);
    host.requestUpdate();
  };
  const pressed = (event: Event) => {
    // Text beside a button of the page's own is no button, nor is one that all of this stands in, nor one that is switched off.
    const control = (event.target as Element).closest(PRESSABLE);
    if (
      !control ||
      control.contains(host) ||
      control.matches(":disabled, [aria-disabled=true]")
    )
      return;
    event.preventDefault();
    press();
  };
  const button = html`<button
    part="button ${action}-button"
    class=${isQuiet ? "quiet" : ""}
    data-action=${action}
    type="button"
  >
    ${label}
  </button>`;
  return html`<slot
      name=${action}
      class=${isQuiet ? "quiet" : ""}
      @click=${pressed}
      @slotchange=${look}
      >${unfit.has(action) ? "" : button}</slot
    >${unfit.has(action) ? html`<span @click=${pressed}>${button}</span>` : ""}`;
}
