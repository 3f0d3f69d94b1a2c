import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Room while scrolling, and room at the end of the page, where scrolling is over. */
const ROOM = ["scrollPaddingBlockEnd", "paddingBlockEnd"] as const;

/** The visible banners of this document; there may be more than one. */
const banners = new Set<HTMLElement>();

/** The page's own inline values, while ours stand in their place. */
let before: Pick<CSSStyleDeclaration, (typeof ROOM)[number]> | undefined;

/** Makes as much room as the tallest banner needs, or gives the page its own values back. */
function makeRoom(): void {
  const { style } = document.documentElement;
  const heights = Array.from(banners, (banner) => banner.offsetHeight);
  if (heights[0] !== undefined) {
    const { scrollPaddingBlockEnd, paddingBlockEnd } = style;
    before ??= { scrollPaddingBlockEnd, paddingBlockEnd };
    for (const name of ROOM) style[name] = `${Math.max(...heights)}px`;
  } else if (before) {
    Object.assign(style, before);
    before = undefined;
  }
}

/**
 * Keeps room for a banner at the foot of the window while the page scrolls to what has the focus, so that the banner
 * does not hide it (WCAG 2.2, success criterion 2.4.11). The page's own values come back afterwards.
 */
export class ScrollRoom implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer = new ResizeObserver(makeRoom);
  #isWanted = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the banner is visible. */
  set isWanted(isWanted: boolean) {
    this.#isWanted = isWanted;
    this.#update();
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    this.#update();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#update();
  }

  #update(): void {
    if (this.#isWanted && this.#host.isConnected) banners.add(this.#host);
    else banners.delete(this.#host);
    makeRoom();
  }
}
