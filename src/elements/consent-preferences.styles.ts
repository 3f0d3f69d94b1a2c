import { css, type CSSResult } from "lit";

export const styles: CSSResult = css`
  /* A sheet or a part of the page of its own; the element itself takes part in nothing else. */
  :host {
    display: block;
  }
  [part="dialog"] {
    container-type: inline-size;
    inline-size: min(36rem, 100% - 2 * var(--_gap));
    max-block-size: calc(100% - 2 * var(--_gap));
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--consent-shadow, 0 8px 40px rgb(0 0 0 / 0.18));
  }
  dialog[open],
  section {
    display: flex;
    flex-direction: column;
  }
  :host([layout="side"]) dialog {
    inline-size: min(28rem, 100%);
    block-size: 100%;
    max-block-size: none;
    margin: 0;
    margin-inline-start: auto;
    border-width: 0;
    border-inline-start-width: 1px;
    border-radius: 0;
  }
  section[part="dialog"] {
    inline-size: auto;
    max-block-size: none;
    box-shadow: none;
  }
  dialog::backdrop {
    background: var(--consent-color-backdrop, rgb(10 12 16 / 0.5));
  }
  [part="header"],
  [part="purposes"],
  [part="actions"] {
    padding: calc(var(--_gap) * 1.25) min(var(--_gap) * 1.5, 4vw);
  }
  [part="header"] {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px var(--_gap);
    align-items: start;
    border-block-end: 1px solid var(--_border);
  }
  [part="header"] :is(p, slot) {
    grid-column: 1 / -1;
  }
  slot[name="note"] {
    display: block;
  }
  [part="decided"],
  [part="leftovers"] {
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }
  button[part~="close-button"] {
    display: grid;
    place-items: center;
    inline-size: 44px;
    margin: -8px;
    padding: 0;
    border-color: transparent;
  }
  svg {
    inline-size: 16px;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  /* Large type may leave it no room between head and foot; then all of the dialog scrolls. */
  [part="purposes"] {
    flex: 1;
    min-block-size: 10rem;
    overflow: auto;
    padding-block: 0;
  }
  [part="purpose"] {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px var(--_gap);
    align-items: center;
    padding-block: var(--_gap);
  }
  [part="purpose"] + [part="purpose"] {
    border-block-start: 1px solid var(--_border);
  }
  [part="label"] {
    font-weight: 600;
  }
  label {
    padding-block: 10px;
    cursor: pointer;
  }
  [part="purpose"] > :is(p, fieldset, details) {
    grid-column: 1 / -1;
  }
  [part="always-on"] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  [role="switch"] {
    appearance: none;
    position: relative;
    inline-size: 52px;
    block-size: 30px;
    margin: 0;
    border: 2px solid var(--_muted);
    border-radius: 15px;
    cursor: pointer;
  }
  [role="switch"]::before {
    content: "";
    position: absolute;
    inset: 4px auto 4px 4px;
    inline-size: 18px;
    border-radius: 50%;
    background: var(--_muted);
  }
  [role="switch"]:dir(rtl)::before {
    inset: 4px 4px 4px auto;
  }
  [role="switch"]:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  [role="switch"]:checked::before {
    background: var(--_on-accent);
    transform: translateX(22px);
  }
  [role="switch"]:checked:dir(rtl)::before {
    transform: translateX(-22px);
  }
  [role="switch"]:disabled {
    cursor: not-allowed;
    opacity: 0.5;
  }
  /* Three ways, side by side where they fit. What the browser draws stays under each, to be found and focused. */
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 10px 0 2px;
  }
  fieldset [part="description"] {
    margin-block-end: 10px;
  }
  [part="options"] {
    display: grid;
    gap: 2px;
    padding: 3px;
    border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) * 0.66 + 3px);
  }
  /* Three in a row or each in one: two and one would look like a pair and a rest. */
  @container (min-width: 24rem) {
    [part="options"] {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  [part~="option"] {
    position: relative;
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    min-block-size: 40px;
    padding: 4px 10px;
    border-radius: calc(var(--_radius) * 0.66);
    text-align: center;
  }
  [part~="option"] input {
    appearance: none;
    position: absolute;
    inset: 0;
    margin: 0;
    border-radius: inherit;
    cursor: pointer;
  }
  [part~="chosen-option"] {
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  /* A mark that is drawn, and is no part of the name: what is chosen is told by more than its colour. */
  [part~="chosen-option"]::before {
    content: "";
    flex: none;
    inline-size: 6px;
    block-size: 11px;
    border: solid;
    border-width: 0 2px 2px 0;
    transform: translateY(-2px) rotate(45deg);
  }
  [part="meaning"] {
    min-block-size: 1.5em;
    margin-block: 6px 4px;
    color: var(--_text);
  }
  details {
    margin-block-start: 4px;
  }
  summary {
    min-block-size: 24px;
    padding-block: 6px;
    color: var(--_muted);
    font-size: 0.9375em;
    cursor: pointer;
  }
  [part="search"] {
    inline-size: 100%;
    min-block-size: 44px;
    margin-block: 4px 8px;
    padding: 8px 12px;
    border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) * 0.66);
    background: none;
    color: inherit;
    font: inherit;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  /* What is out of sight costs nothing until it is scrolled to. */
  [part="service"] {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px var(--_gap);
    align-items: center;
    padding: 10px 0 10px 12px;
    border-block-start: 1px solid var(--_border);
    content-visibility: auto;
    contain-intrinsic-size: auto 8rem;
  }
  [part="service"] > :is(p, dl, a) {
    grid-column: 1 / -1;
  }
  [part="service"] > a {
    justify-self: start;
    min-block-size: 24px;
    font-size: 0.875em;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(5rem, auto) 1fr;
    gap: 2px 12px;
    margin: 0;
    font-size: 0.875em;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
  }
  [part="actions"] {
    border-block-start: 1px solid var(--_border);
  }
  @container (min-width: 30rem) {
    [part="actions"] {
      grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr);
    }
    [part="actions"] .quiet,
    [part="actions"] .quiet::slotted(*) {
      grid-column: auto;
    }
  }
  /* No room for a list between head and foot: all of it scrolls. */
  @media (max-height: 32rem) {
    dialog[open] {
      display: block;
    }
    [part="purposes"] {
      min-block-size: 0;
      overflow: visible;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    [role="switch"]::before {
      transition: transform 0.15s;
    }
  }
  @media (forced-colors: active) {
    [part~="chosen-option"] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    [role="switch"]::before {
      forced-color-adjust: none;
      background: ButtonText;
    }
    [role="switch"]:checked {
      background: Highlight;
      border-color: Highlight;
      forced-color-adjust: none;
    }
    [role="switch"]:checked::before {
      background: HighlightText;
    }
  }
`;
