/** What decides who may ask. */
export interface OwnSiteOptions {
  /** Origins of the site beside the one that is asked, such as `"https://shop.example"` where a proxy changes the host. Default: none. */
  origins?: readonly string[];
}

/**
 * Whether a page of the same origin asks, or one of `origins`. Browsers say so by `Sec-Fetch-Site`, which no script can write, and on
 * pages that are not secure by `Origin`. Who says neither is no page.
 */
export function isOwnSite(
  { url, headers }: Request,
  { origins = [] }: OwnSiteOptions,
): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (origin && origins.includes(origin)) return true;
  if (site) return site === "same-origin";
  // The host alone: a proxy may have taken the encryption off.
  return (
    !!origin &&
    URL.canParse(origin) &&
    new URL(origin).host === new URL(url).host
  );
}
