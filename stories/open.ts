import type { ConsentBannerElement } from "../src/elements/consent-banner.js";
import type { ConsentManagerElement } from "../src/elements/consent-manager.js";
import type { ConsentPreferencesElement } from "../src/elements/consent-preferences.js";

/** The manager of a story. */
export function managerOf(canvas: HTMLElement): ConsentManagerElement {
  return canvas.querySelector("consent-manager")!;
}

/** Waits until the banner of a story is to be seen. */
export async function bannerOf(
  canvas: HTMLElement,
): Promise<ConsentBannerElement> {
  const manager = managerOf(canvas);
  let banner = manager.querySelector("consent-banner");
  if (!banner?.open) {
    await new Promise((resolve) =>
      manager.addEventListener("consent-show", resolve, { once: true }),
    );
    banner = manager.querySelector("consent-banner")!;
  }
  await banner.updateComplete;
  return banner;
}

/** Waits until the trigger of a story has its button. */
export async function triggerOf(canvas: HTMLElement): Promise<HTMLElement> {
  const trigger = canvas.querySelector("consent-trigger")!;
  for (;;) {
    const button = trigger.querySelector<HTMLElement>("a, button");
    if (button?.textContent) return button;
    await new Promise(requestAnimationFrame);
  }
}

/** Opens the preferences of a story. */
export async function preferencesOf(
  canvas: HTMLElement,
): Promise<ConsentPreferencesElement> {
  const manager = managerOf(canvas);
  await manager.showPreferences();
  return manager.querySelector("consent-preferences")!;
}
