import { css, type CSSResult } from "lit";

/** Colours, shape and buttons, the same in banner and panel. Public names are `--consent-*`; `--_*` are ours. */
export const shared: CSSResult = css`
  :host {
    --_surface: var(--consent-color-surface, light-dark(#fff, #16191f));
    --_text: var(--consent-color-text, light-dark(#1b1f27, #eceff4));
    --_muted: var(--consent-color-muted, light-dark(#4a5260, #b4bcc9));
    --_border: var(--consent-color-border, light-dark(#d4d8df, #3b424e));
    --_accent: var(--consent-color-accent, light-dark(#1d4fd7, #9ab8ff));
    /* White where the accent's luminance (the y of XYZ) is below 0.179, else black: at least 4.5:1 either way. */
    --_on-accent: var(
      --consent-color-on-accent,
      color(
        from var(--_accent) xyz-d65 clamp(0, (0.179 - y) * 9999, 0.9505)
          clamp(0, (0.179 - y) * 9999, 1) clamp(0, (0.179 - y) * 9999, 1.089)
      )
    );
    --_radius: var(--consent-radius, 12px);
    --_gap: var(--consent-gap, 16px);
    color-scheme: var(--_color-scheme);
  }
  /* The boxes too: a rule of the page's that names every element reaches the host, and they would inherit from that. */
  :host,
  [part="banner"],
  [part="dialog"] {
    color: var(--_text);
    font: var(--consent-font, 1rem/1.5 system-ui, sans-serif);
    text-align: start;
    white-space: normal;
    writing-mode: horizontal-tb;
    pointer-events: auto;
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  /* A container says nothing of its content's size: where the page asks for that, in a flex row perhaps, it had none. */
  [part="banner"],
  [part="dialog"] {
    contain-intrinsic-inline-size: 16rem;
  }
  * {
    box-sizing: border-box;
  }
  h2,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.15em;
    line-height: 1.3;
  }
  p {
    color: var(--_muted);
    font-size: 0.9375em;
  }
  a {
    display: inline-block;
    min-block-size: 24px;
    color: inherit;
    text-underline-offset: 0.15em;
  }
  button {
    min-block-size: 44px;
    padding: 8px 14px;
    border: 1px solid var(--_accent);
    border-radius: calc(var(--_radius) * 0.66);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button.quiet {
    border-color: var(--consent-color-border, var(--_muted));
    background: none;
    color: inherit;
  }
  button.link {
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font-weight: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  button:hover {
    filter: brightness(1.12);
  }
  button.quiet:hover {
    border-color: currentColor;
    filter: none;
  }
  :focus-visible {
    outline: 3px solid var(--consent-color-focus, var(--_accent));
    outline-offset: 2px;
  }
  /* Focus is put on a heading for where reading begins; there is nothing to press. */
  [part="heading"]:focus-visible {
    outline: none;
  }
  /* Accept and reject have columns of the same width; the quiet button is beside them where there is room. */
  [part="actions"] {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--_gap) * 0.625);
  }
  [part="actions"] .quiet,
  [part="actions"] .quiet::slotted(*) {
    grid-column: 1 / -1;
  }
  [part="actions"] > span {
    display: contents;
  }
  /* Where there is little room, yes and no still share one row: one below the other, only one might be in view. */
  @container (max-width: 20rem) {
    button:not(.link) {
      padding-inline: 4px;
      /* Fonts differ in width by a fifth, and a word of a label must not break. */
      font-size: 0.875em;
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_border: var(--_text);
    }
  }
  @media (forced-colors: active) {
    :focus-visible {
      outline-color: CanvasText;
    }
    button:not(.link) {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
