/** A part of the page, open shadow roots included. */
export interface OpenTree {
  /** All elements that match, of one root after the other. */
  find(selector: string): HTMLElement[];
  /** Looks for shadow roots that came without a change of the page. */
  search(): void;
  stop(): void;
}

/**
 * Watches `root` and every open shadow root inside, with one observer. Calls back when something that matches `selector` has come,
 * gone, or changed one of `attributes`.
 *
 * A shadow root comes without a sign of its own. It is looked for in what comes into the page, when a custom element is defined, on
 * custom elements at each later change, and by `search()`. Closed ones nobody finds.
 */
export function watchOpenTree(
  root: Document | DocumentFragment | Element,
  selector: string,
  attributes: readonly string[],
  changed: () => void,
): OpenTree {
  const roots = new Set<Document | DocumentFragment | Element>();
  /** Custom elements that may get a shadow root yet. */
  const bare = new Set<Element>();
  /** Tags that are not defined yet. */
  const undefinedTags = new Set<string>();

  const holds = (node: Node) =>
    node instanceof Element &&
    (node.matches(selector) || !!node.querySelector(selector));

  /** Enters the shadow root of `element`; returns whether it is a new one with something in it. */
  const meet = (element: Element): boolean => {
    const { shadowRoot, localName } = element;
    if (shadowRoot) {
      bare.delete(element);
      return !roots.has(shadowRoot) && enter(shadowRoot);
    }
    if (localName.includes("-") && !bare.has(element)) {
      bare.add(element);
      if (!customElements.get(localName)) awaitUpgrade(localName);
    }
    return false;
  };

  const meetAll = (elements: Iterable<Element>) => {
    let isNews = false;
    for (const element of elements) isNews = meet(element) || isNews;
    return isNews;
  };

  const enter = (found: Document | DocumentFragment | Element): boolean => {
    roots.add(found);
    observer.observe(found, {
      childList: true,
      subtree: true,
      attributeFilter: [...attributes],
    });
    const isNews = meetAll(found.querySelectorAll("*"));
    return isNews || !!found.querySelector(selector);
  };

  const awaitUpgrade = (tag: string) => {
    if (undefinedTags.has(tag)) return;
    undefinedTags.add(tag);
    void customElements.whenDefined(tag).then(() => {
      if (meetAll([...bare])) changed();
    });
  };

  /** Lets go of what has left the page; returns whether a shadow root was among it. */
  const forget = () => {
    const before = roots.size;
    for (const element of bare) if (!element.isConnected) bare.delete(element);
    for (const each of roots)
      if (each !== root && !each.isConnected) roots.delete(each);
    return roots.size < before;
  };

  const observer = new MutationObserver((records) => {
    let isNews = false;
    for (const { target, addedNodes, removedNodes } of records) {
      for (const node of addedNodes)
        if (node instanceof Element)
          isNews = meetAll([node, ...node.querySelectorAll("*")]) || isNews;
      isNews ||=
        (target instanceof Element && target.matches(selector)) ||
        [...addedNodes, ...removedNodes].some(holds);
    }
    const isLess = forget();
    if (meetAll([...bare]) || isLess || isNews) changed();
  });

  enter(root);
  return {
    find: (wanted) =>
      [...roots].flatMap((each) =>
        // An <svg> has scripts of its own.
        [...each.querySelectorAll(wanted)].filter(
          (element) => element instanceof HTMLElement,
        ),
      ),
    search() {
      for (const each of roots) meetAll(each.querySelectorAll("*"));
    },
    stop() {
      observer.disconnect();
      roots.clear();
      bare.clear();
    },
  };
}
