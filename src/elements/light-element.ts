// Where there is no DOM (a server) the elements are classes that can be described but never made.
const Base: typeof HTMLElement =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** The base of the light elements: they begin when their children are there. */
export class LightElement extends Base {
  /** What the element is called unless it is registered under another name. */
  declare static tag: string;

  /** Registers the element. A second copy of the library finds the tag taken and steps back. */
  static define(tag: string = this.tag): void {
    if (!customElements.get(tag)) customElements.define(tag, this);
  }

  connectedCallback(): void {
    whenParsed(() => this.start());
  }

  /** Begins, once the children are there. */
  protected start(): void {}
}

/** Calls back when the children of an element that is being connected are there: a script in the head is early. */
function whenParsed(callback: () => void): void {
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", callback);
  else queueMicrotask(callback);
}
