// Without any weight, so that whatever the page says counts. The colours are those of the banner, and follow the
// page's color-scheme: the placeholder is a part of the page's text, not a layer above it.
const STYLE = `
  :where(consent-embed:not([hidden])) {
    box-sizing: border-box;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    inline-size: var(--_embed-width, auto);
    max-inline-size: 100%;
    min-block-size: var(--_embed-height, auto);
    aspect-ratio: var(--_embed-ratio, 16 / 9);
  }
  :where(consent-embed > iframe[data-embed]) {
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }
  :where(consent-embed > [data-embed="placeholder"]) {
    --_accent: var(--consent-color-accent, light-dark(#1d4fd7, #9ab8ff));
    box-sizing: border-box;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: calc(var(--consent-gap, 16px) * 0.5);
    padding: var(--consent-gap, 16px);
    border: 1px solid var(--consent-color-border, light-dark(#d4d8df, #3b424e));
    border-radius: var(--consent-radius, 12px);
    background: var(--consent-color-surface, light-dark(#fff, #16191f));
    color: var(--consent-color-text, light-dark(#1b1f27, #eceff4));
    font: var(--consent-font, 1rem/1.5 system-ui, sans-serif);
    text-align: center;
    overflow-wrap: anywhere;
  }
  :where(consent-embed [data-embed="title"]) { font-weight: 600; }
  :where(consent-embed [data-embed="text"]) {
    max-inline-size: 60ch;
    color: var(--consent-color-muted, light-dark(#4a5260, #b4bcc9));
    font-size: 0.9375em;
  }
  :where(consent-embed [data-embed="actions"]) {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: calc(var(--consent-gap, 16px) * 0.625);
    margin-block-start: 4px;
  }
  :where(consent-embed [data-embed="actions"] > button) {
    min-block-size: 44px;
    min-inline-size: 44px;
    padding: 8px 14px;
    border: 1px solid var(--_accent);
    border-radius: calc(var(--consent-radius, 12px) * 0.66);
    background: var(--_accent);
    color: var(
      --consent-color-on-accent,
      color(from var(--_accent) xyz-d65 clamp(0, (0.179 - y) * 9999, 0.9505)
        clamp(0, (0.179 - y) * 9999, 1) clamp(0, (0.179 - y) * 9999, 1.089))
    );
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  :where(consent-embed [data-embed="actions"] > button:focus-visible) {
    outline: 3px solid var(--consent-color-focus, var(--_accent));
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    :where(consent-embed [data-embed="actions"] > button) {
      border-color: ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
  }
  @media print {
    :where(consent-embed [data-embed="actions"]) { display: none; }
  }
`;

let sheet: CSSStyleSheet | undefined;

/** Gives `root` the style. A sheet that is adopted is no inline style, which a strict policy refuses. */
export function adoptStyle(root: DocumentOrShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  if (!root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets.push(sheet);
}
