/** The control, or else the element, at the middle of `target`, also inside open shadow roots: what a press there reaches. */
export function hit(target: Element): Element | null {
  const { x, y, width, height } = target.getBoundingClientRect();
  let found: Element | null = null;
  let root: Document | ShadowRoot | null = document;
  while (root) {
    const deeper: Element | null = root.elementFromPoint(
      x + width / 2,
      y + height / 2,
    );
    // Something of the page's lies above what is in this shadow root.
    if (deeper?.getRootNode() !== root) break;
    found = deeper;
    root = found.shadowRoot;
  }
  return found?.closest("a, button, input") ?? found;
}
