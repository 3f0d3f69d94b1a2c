import { css, type CSSResult } from "lit";

export const styles: CSSResult = css`
  :host {
    /* A reset of the page's may name every element; it has no say in where the banner is. Its padding is the page's. */
    position: fixed !important;
    z-index: var(--consent-z-index, 2147483000) !important;
    inset: auto 0 0 !important;
    display: flex;
    flex-direction: column;
    max-block-size: 100%;
    /* It may be as large as the window: seen through, and pressed through. */
    background: none !important;
    pointer-events: none !important;
  }
  :host(:not([open])) {
    display: none !important;
  }
  :host([layout="top"]) {
    inset: 0 0 auto !important;
  }
  :host([layout="card"]) {
    inset: 0 !important;
    justify-content: center;
  }
  :host([layout="inline"]) {
    position: static !important;
  }
  [part="banner"] {
    container-type: inline-size;
    max-inline-size: var(--consent-max-width, 68rem);
    /* However low the window is, a line of the page is to be seen beside it. */
    max-block-size: calc(100dvh - 2 * var(--_gap) - 2.5rem);
    inline-size: calc(100% - 2 * var(--_gap));
    margin: var(--_gap) auto;
    padding: calc(var(--_gap) * 1.25) min(var(--_gap) * 1.5, 4vw);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--consent-shadow, 0 8px 40px rgb(0 0 0 / 0.18));
  }
  :host(:is([layout^="box"], [layout="card"], [layout="modal"]))
    [part="banner"] {
    max-inline-size: var(--consent-max-width, 28rem);
  }
  :host([layout="box"]) [part="banner"] {
    margin-inline: auto var(--_gap);
  }
  :host([layout="box-start"]) [part="banner"] {
    margin-inline: var(--_gap) auto;
  }
  :host([layout="inline"]) [part="banner"] {
    max-block-size: none;
    inline-size: auto;
    margin: 0;
    box-shadow: none;
  }
  :host([layout="modal"]) [part="banner"] {
    max-block-size: calc(100% - 2 * var(--_gap));
    margin: auto;
  }
  dialog::backdrop {
    background: var(--consent-color-backdrop, rgb(10 12 16 / 0.5));
  }
  .layout {
    display: grid;
    gap: var(--_gap) calc(var(--_gap) * 2);
  }
  [part="text"] {
    margin-block-start: 4px;
    max-inline-size: 60ch;
  }
  @container (min-width: 44rem) {
    .layout {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
    [part="actions"] {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    }
    [part="actions"] .quiet,
    [part="actions"] .quiet::slotted(*) {
      grid-column: auto;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    [part="banner"] {
      animation: rise 0.25s ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(12px);
      }
    }
  }
`;
