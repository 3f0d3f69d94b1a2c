/**
 * A short name of an element, to compare and to print: what it does, its label, its id, its text or its tag. To print
 * an element itself, when two are compared and differ, would take the browser longer than a test may.
 */
export function nameOf(element: Element | null | undefined): string {
  if (!element) return "nothing";
  const { dataset, labels, id, textContent, localName } =
    element as HTMLInputElement;
  const label = labels?.[0]?.textContent?.trim();
  const text = element.matches("a, button, h2") && textContent?.trim();
  return dataset.action || label || id || text || localName;
}
