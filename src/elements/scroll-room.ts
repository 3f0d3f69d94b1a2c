import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Room while scrolling, and room at the end of the page, where scrolling is over. */
const ROOM = ["scrollPaddingBlockEnd", "paddingBlockEnd"] as const;

/**
 * Keeps room for a banner at the foot of the window while the page scrolls to what has the focus, so that the banner
 * does not hide it (WCAG 2.2, success criterion 2.4.11). The page's own value comes back afterwards.
 */
export class ScrollRoom implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer = new ResizeObserver(() => this.#apply());
  #isWanted = false;
  /** The page's own inline values, while ours stand in their place. */
  #before: Pick<CSSStyleDeclaration, (typeof ROOM)[number]> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the banner is visible. */
  set isWanted(isWanted: boolean) {
    this.#isWanted = isWanted;
    this.#apply();
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    this.#apply();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#restore();
  }

  #apply(): void {
    if (!this.#isWanted || !this.#host.isConnected) return this.#restore();
    const { style } = document.documentElement;
    const { scrollPaddingBlockEnd, paddingBlockEnd } = style;
    this.#before ??= { scrollPaddingBlockEnd, paddingBlockEnd };
    for (const name of ROOM) style[name] = `${this.#host.offsetHeight}px`;
  }

  #restore(): void {
    if (!this.#before) return;
    Object.assign(document.documentElement.style, this.#before);
    this.#before = undefined;
  }
}
