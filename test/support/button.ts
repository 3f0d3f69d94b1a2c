/** The button of `host` that does `action`, found as a browser extension would find it. */
export function button(host: Element, action: string): HTMLButtonElement {
  const found = host.shadowRoot!.querySelectorAll<HTMLButtonElement>(
    `button[data-action="${action}"]`,
  );
  if (found.length !== 1)
    throw new Error(`${found.length} buttons do "${action}"`);
  return found[0]!;
}
