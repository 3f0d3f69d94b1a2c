import type { Profile } from "./consent/profile.js";
import type { ConsentManagerElement } from "./elements/consent-manager.js";

/**
 * Fetches what few pages have: what obeys the record beside the tracker, and what holds for this visitor. It is a file of its
 * own, so that the pages which need none of it carry none of it.
 */
export async function late(manager: ConsentManagerElement): Promise<Profile> {
  const root = manager.getRootNode() as Document | ShadowRoot;
  if (root.querySelector("[data-consent],[removes],[receipts],[obey]"))
    // Without it what is inert stays so.
    import("./gate/page.js").then(
      ({ obey }) => obey(manager, manager.consent),
      (error: unknown) => manager.consent.report(error),
    );
  const { globalPrivacyControl } = navigator as {
    globalPrivacyControl?: unknown;
  };
  return globalPrivacyControl ||
    manager.matches("[region],[under-age],[respect-dnt],[max-age]")
    ? (await import("./tag-profile.js")).tagProfile(manager)
    : {};
}
