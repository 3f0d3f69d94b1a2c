/** The switches of a `<consent-preferences>`, by the purpose that each one is labelled with. */
export function switches(panel: Element): Record<string, HTMLInputElement> {
  const found = panel.shadowRoot!.querySelectorAll<HTMLInputElement>(
    'input[type="checkbox"]',
  );
  return Object.fromEntries(
    Array.from(found, (input) => [
      input.labels?.[0]?.textContent?.trim() ?? "",
      input,
    ]),
  );
}
