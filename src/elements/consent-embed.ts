import { start } from "./embed.js";
import { LightElement } from "./light-element.js";

/**
 * Shows content from elsewhere, a film or a map, once the visitor has said yes to it. Until then a placeholder stands
 * in its place, and nothing is asked of the provider.
 *
 * @summary Content from elsewhere that waits for a yes.
 * @tag consent-embed
 *
 * @attr {string} purpose - What the visitor decides on.
 * @attr {string} [service] - Who provides the content. Where the visitor is asked about a purpose of this name, that answer counts.
 * @attr {string} [src] - The address of the `<iframe>` that a yes makes: http or https.
 * @attr {string} [label] - What the visitor knows the provider by. By default, the service.
 * @attr {string} [title] - The title of the `<iframe>`. By default, the label.
 * @attr {string} [width] - In CSS pixels. With `height` it gives the shape; without either that is 16 by 9, or what the page's CSS says.
 * @attr {string} [height] - In CSS pixels.
 * @attr {string} [allow] - The same as of an `<iframe>`.
 * @attr {boolean} [allowfullscreen] - The same as of an `<iframe>`.
 * @attr {string} [referrerpolicy] - The same as of an `<iframe>`.
 * @attr {string} [sandbox] - The same as of an `<iframe>`.
 * @attr {"eager"|"lazy"} [loading] - The same as of an `<iframe>`.
 * @attr {string} [name] - The same as of an `<iframe>`.
 *
 * @slot - A `<template>` with what is shown after a yes, scripts included, instead of `src`; anything else is the text of the placeholder.
 *
 * @event {Event} consent-embed-load - Fired when the content is in the page and the scripts of a template have run, except those that do not wait (`async`, modules).
 */
export class ConsentEmbedElement extends LightElement {
  static override tag = "consent-embed";

  protected override start(): void {
    start(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-embed": ConsentEmbedElement;
  }
}
