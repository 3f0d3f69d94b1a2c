import { languageOf, loadWords } from "../locales/index.js";
import type { ConsentManagerElement } from "./consent-manager.js";

// Without any weight, so that whatever the page says of its button counts.
const STYLE = `
  :where(consent-trigger[floating]) {
    position: fixed;
    /* Below the banner: one less would be the same number, since browsers reckon this in 32 bit floats. */
    z-index: max(1, var(--consent-z-index, 2147483000) - 1000);
    inset-block-end: 16px;
    inset-inline: 16px auto;
  }
  :where(consent-trigger[floating="end"]) { inset-inline: auto 16px; }
  :where(consent-trigger[floating] > *) {
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid var(--consent-color-border, light-dark(#d4d8df, #3b424e));
    border-radius: 22px;
    background: var(--consent-color-surface, light-dark(#fff, #16191f));
    color: var(--consent-color-text, light-dark(#1b1f27, #eceff4));
    font: 0.875rem/1.5 system-ui, sans-serif;
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.16);
  }
  @media print { :where(consent-trigger[floating]) { display: none; } }
`;

/** The roots that have the style. */
const styled = new WeakSet<Node>();

/** The first manager of the nearest root around `element` that has one. Nothing sees into a shadow root from outside. */
function managerOf(element: Element): ConsentManagerElement | null {
  const root = element.getRootNode() as Document | ShadowRoot;
  return (
    root.querySelector<ConsentManagerElement>("consent-manager") ??
    (root instanceof ShadowRoot ? managerOf(root.host) : null)
  );
}

/** Makes `trigger` the way back to a decision. */
export async function start(trigger: HTMLElement): Promise<void> {
  let control = trigger.querySelector<HTMLElement>("a, button");
  if (!control) {
    control = document.createElement("button");
    control.append(...trigger.childNodes);
    trigger.append(control);
  }
  const button = control;
  trigger.onclick = (event) => {
    const manager = managerOf(trigger);
    // Without one a link leads on.
    if (!manager) return;
    event.preventDefault();
    manager.showPreferences(button);
  };
  const root = trigger.getRootNode() as Document;
  if (trigger.hasAttribute("floating") && !styled.has(root)) {
    styled.add(root);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets.push(sheet);
  }
  if (button.textContent.trim()) return;
  const words = await loadWords(languageOf(trigger));
  button.textContent = words.trigger;
  button.lang = words.lang;
}
