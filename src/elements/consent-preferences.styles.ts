import { css, type CSSResult } from "lit";

export const styles: CSSResult = css`
  dialog {
    inline-size: min(36rem, 100% - 2 * var(--_gap));
    max-block-size: calc(100dvh - 2 * var(--_gap));
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    box-shadow: var(--consent-shadow, 0 8px 40px rgb(0 0 0 / 0.18));
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: var(--consent-color-backdrop, rgb(10 12 16 / 0.5));
  }
  [part="header"],
  [part="purposes"],
  [part="actions"] {
    padding: calc(var(--_gap) * 1.25) calc(var(--_gap) * 1.5);
  }
  [part="header"] {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px var(--_gap);
    align-items: start;
    border-block-end: 1px solid var(--_border);
  }
  [part="header"] p {
    grid-column: 1 / -1;
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
  [part="purposes"] {
    flex: 1;
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
  label,
  strong {
    font-weight: 600;
  }
  label {
    padding-block: 10px;
    cursor: pointer;
  }
  [part="purpose"] p {
    grid-column: 1 / -1;
  }
  [part="always-on"] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  input {
    appearance: none;
    position: relative;
    inline-size: 52px;
    block-size: 30px;
    margin: 0;
    border: 2px solid var(--_muted);
    border-radius: 15px;
    cursor: pointer;
  }
  input::before {
    content: "";
    position: absolute;
    inset: 4px auto 4px 4px;
    inline-size: 18px;
    border-radius: 50%;
    background: var(--_muted);
  }
  input:dir(rtl)::before {
    inset: 4px 4px 4px auto;
  }
  input:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  input:checked::before {
    background: var(--_on-accent);
    transform: translateX(22px);
  }
  input:checked:dir(rtl)::before {
    transform: translateX(-22px);
  }
  [part="actions"] {
    border-block-start: 1px solid var(--_border);
  }
  @media (min-width: 30rem) {
    [part="actions"] {
      grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr);
    }
    [part="actions"] .quiet {
      grid-column: auto;
    }
  }
  /* No room for a list between head and foot: all of it scrolls. */
  @media (max-height: 32rem) {
    dialog[open] {
      display: block;
    }
    [part="purposes"] {
      overflow: visible;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    input::before {
      transition: transform 0.15s;
    }
  }
  @media (forced-colors: active) {
    input::before {
      forced-color-adjust: none;
      background: ButtonText;
    }
    input:checked {
      background: Highlight;
      border-color: Highlight;
      forced-color-adjust: none;
    }
    input:checked::before {
      background: HighlightText;
    }
  }
`;
