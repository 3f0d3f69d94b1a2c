import { css, type CSSResult } from "lit";

export const styles: CSSResult = css`
  :host {
    position: fixed;
    z-index: var(--consent-z-index, 2147483000);
    inset: auto 0 0;
    display: none;
    container-type: inline-size;
    padding: var(--_gap);
    pointer-events: none;
  }
  :host([open]) {
    display: block;
  }
  [part="banner"] {
    display: grid;
    gap: var(--_gap) calc(var(--_gap) * 2);
    max-inline-size: var(--consent-max-width, 68rem);
    max-block-size: calc(100dvh - 2 * var(--_gap));
    margin-inline: auto;
    padding: calc(var(--_gap) * 1.25) calc(var(--_gap) * 1.5);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--consent-shadow, 0 8px 40px rgb(0 0 0 / 0.18));
    pointer-events: auto;
  }
  [part="text"] {
    margin-block-start: 4px;
    max-inline-size: 60ch;
  }
  [part="actions"] button {
    flex: 1 1 auto;
  }
  @container (min-width: 50rem) {
    [part="banner"] {
      grid-template-columns: 1fr auto;
      align-items: center;
    }
    [part="actions"] {
      flex-wrap: nowrap;
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
