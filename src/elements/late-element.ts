import { LightElement } from "./light-element.js";

/** What an element does, in a file that is fetched when the first of its kind is in a page. */
interface Behaviour {
  start(element: HTMLElement): unknown;
}

/** Registers an element whose behaviour comes when the first of them is in the page. Without it the page's own markup stays as it is. */
export function defineLate(tag: string, load: () => Promise<Behaviour>): void {
  class LateElement extends LightElement {
    protected override start(): void {
      load().then(({ start }) => start(this), console.error);
    }
  }
  LateElement.define(tag);
}
