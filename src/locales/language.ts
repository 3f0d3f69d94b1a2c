/** The value of `attribute` on `element` or the nearest element around it, out of shadow roots too. */
function nearest(element: Element, attribute: string): string | undefined {
  for (
    let at: Node | null = element;
    at;
    at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null
  ) {
    const value = (at as Partial<Element>).getAttribute?.(attribute);
    if (value != null) return value;
  }
  return;
}

/** The BCP 47 tag that the page gives `element`; empty where it gives none. */
export const languageOf = (element: Element): string =>
  nearest(element, "lang") ?? "";

/** Whether the page itself says in which direction `element` reads. */
export const hasDirection = (element: Element): boolean =>
  nearest(element, "dir") !== undefined;

const stateOf = (element: Element) =>
  `${nearest(element, "lang")} ${nearest(element, "dir")}`;

/** Calls back when the page has given `element` another language or direction. Returns a function that ends it. */
export function watchLanguage(
  element: Element,
  callback: () => void,
): () => void {
  let before = stateOf(element);
  const observer = new MutationObserver(() => {
    if (before !== (before = stateOf(element))) callback();
  });
  for (
    let root: Node | undefined = element.getRootNode();
    root;
    root = (root as Partial<ShadowRoot>).host?.getRootNode()
  )
    observer.observe(root, {
      attributeFilter: ["lang", "dir"],
      subtree: true,
    });
  return () => observer.disconnect();
}
