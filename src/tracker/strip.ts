import type { Page } from "./page.js";

/**
 * A page's address without query, hash and sign-in name: below the level `full` nobody needs to know what they say of
 * a visitor. The path stays, since it is what tells one page from another.
 */
export function stripUrl(url: string): string {
  return url.replace(/[?#].*/s, "").replace(/^([^/]*\/\/)[^/]*@/, "$1");
}

/** The scheme and host that a referrer begins with; empty where it has none. What it says beyond is the other site's secret. */
export function originOf(referrer: string): string {
  return /^[^/?#]*\/\/[^/]*/.exec(stripUrl(referrer))?.[0] ?? "";
}

/** A page as it is told below the level `full`, whatever the destination. */
export function stripPage(page: Page | undefined): Page | undefined {
  return (
    page && {
      ...page,
      url: stripUrl(page.url),
      referrer: originOf(page.referrer),
    }
  );
}
