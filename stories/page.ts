import { html, type TemplateResult } from "lit";

/** A little of a page, so that there is something behind the notice. */
export function page(content: unknown): TemplateResult {
  return html`
    <main style="min-block-size: 90vh; font: 1rem/1.5 Georgia, serif">
      <h1>Kites for small winds</h1>
      <p>
        Three kites, cut and sewn to order in a shed by the harbour. Pick the
        one <a href="#beach">your beach</a> asks for.
      </p>
      ${content}
    </main>
  `;
}

/** The same page at night: it says so by its color-scheme, as a page of a site would. */
export function darkPage(content: unknown): TemplateResult {
  return html`
    <div
      style="color-scheme: dark; padding: 1rem; background: Canvas; color: CanvasText"
    >
      ${page(content)}
    </div>
  `;
}
