/**
 * The base of the light elements. Where there is no DOM (a server) it is a class that can be described but never made.
 */
export class LightElement extends ((globalThis.HTMLElement ??
  Object) as typeof HTMLElement) {
  /** Registers the element. A second copy of the library finds the tag taken and steps back. */
  static register(this: CustomElementConstructor, tag: string): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  connectedCallback(): void {
    whenParsed(() => this.start());
  }

  /** Begins, once the children are there. */
  start(): void {}
}

/** Calls back when the children of an element that is being connected are there: a script in the head is early. */
function whenParsed(callback: () => void): void {
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", callback);
  else queueMicrotask(callback);
}
