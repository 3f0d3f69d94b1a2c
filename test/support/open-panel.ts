import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import type { ConsentPreferencesElement } from "../../src/elements/consent-preferences.js";

/** Opens the preferences of `manager`, and returns the element and the dialog in it. */
export async function openPanel(
  manager: ConsentManagerElement,
  opener?: HTMLElement,
): Promise<{ panel: ConsentPreferencesElement; dialog: HTMLDialogElement }> {
  await manager.showPreferences(opener);
  const panel = manager.querySelector("consent-preferences")!;
  return { panel, dialog: panel.shadowRoot!.querySelector("dialog")! };
}
