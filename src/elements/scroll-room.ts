import type { ReactiveController, ReactiveControllerHost } from "lit";

/** The edge of the window that a banner is at. */
export type Side = "start" | "end";

type Name =
  | "scrollPaddingBlockStart"
  | "scrollPaddingBlockEnd"
  | "paddingBlockStart"
  | "paddingBlockEnd"
  | "minBlockSize";

/** The visible banners of this document, and how much room each needs at which edge; there may be more than one. */
const banners = new Map<HTMLElement, () => readonly [Side, number]>();

/** The page's own inline values, while ours stand in their place. */
const before = new Map<Name, string>();

/** The page's own padding before its first line. In pixels. */
let ownPadding = 0;

/** Gives the root element a value of ours, or its own back. */
function style(name: Name, value: string | 0): void {
  const { style: root } = document.documentElement;
  if (value) {
    if (!before.has(name)) before.set(name, root[name]);
    root[name] = value;
  } else if (before.has(name)) {
    root[name] = before.get(name)!;
    before.delete(name);
  }
}

/** Makes as much room as the tallest banner at each edge needs, or gives the page its own values back. */
function makeRoom(): void {
  const rooms = Array.from(banners.values(), (room) => room());
  const most = (side: Side) =>
    Math.max(0, ...rooms.map(([where, size]) => (where === side ? size : 0)));
  const [start, end] = [most("start"), most("end")];
  // Room while scrolling, and room at the end of the page, where scrolling is over.
  style("scrollPaddingBlockEnd", end && `${end}px`);
  style("paddingBlockEnd", end && `${end}px`);
  if (!start && !before.has("paddingBlockStart")) return;

  const { body, documentElement } = document;
  const top = () => body.getBoundingClientRect().top;
  const at = top();
  if (!before.has("paddingBlockStart"))
    ownPadding = parseFloat(getComputedStyle(documentElement).paddingTop);
  style("scrollPaddingBlockStart", start && `${start}px`);
  style("paddingBlockStart", start && `${start + ownPadding}px`);
  // However short the page is, it can be scrolled as far as it was moved.
  style("minBlockSize", start && `calc(100vh + ${start + ownPadding}px)`);
  // So nothing moves before the reader's eyes, and what is under the banner can be scrolled to.
  scrollBy({ top: top() - at, behavior: "instant" });
}

/**
 * Keeps room for a banner at the foot or the top of the window while the page scrolls to what has the focus, so that the
 * banner does not hide it (WCAG 2.2, success criterion 2.4.11). The page's own values come back afterwards.
 */
export class ScrollRoom implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer = new ResizeObserver(makeRoom);
  #side: Side | undefined;
  #box: HTMLElement | null | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The edge that the visible banner is at; none while it is hidden or a part of the page. */
  set side(side: Side | undefined) {
    this.#side = side;
    this.#update();
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    if (this.#box) this.#observer.observe(this.#box);
    this.#update();
  }

  hostUpdated(): void {
    // Its height is not the host's where it is a card in the middle of the window.
    const box =
      this.#host.shadowRoot?.querySelector<HTMLElement>('[part="banner"]');
    if (box === this.#box) return;
    if (this.#box) this.#observer.unobserve(this.#box);
    if (box) this.#observer.observe(box);
    this.#box = box;
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#update();
  }

  #update(): void {
    const side = this.#side;
    if (side && this.#host.isConnected)
      banners.set(this.#host, () => [side, this.#size]);
    else banners.delete(this.#host);
    makeRoom();
  }

  /** From the edge of the window to the banner's far side. In pixels. */
  get #size(): number {
    const { offsetHeight } = this.#host;
    if (!this.#box || !offsetHeight) return offsetHeight;
    // Above a card there is the page. Where it moves while it appears does not count.
    const { offsetTop } = this.#box;
    const margin = parseFloat(getComputedStyle(this.#box).marginTop) || 0;
    return offsetHeight - offsetTop + margin;
  }
}
