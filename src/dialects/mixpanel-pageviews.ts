import type { TrackPageView } from "./mixpanel-options.js";

/** What of an address makes a page, in Mixpanel's words. */
const PARTS: Record<string, (url: Location) => string> = {
  "full-url": ({ href }) => href,
  "url-with-path-and-query-string": ({ origin, pathname, search }) =>
    origin + pathname + search,
  "url-with-path": ({ origin, pathname }) => origin + pathname,
};

/** What Mixpanel calls a page view. */
export const PAGE_VIEW = "$mp_web_page_view";

/** The names of the kinds that an option may have. */
export const PAGE_VIEWS: readonly string[] = Object.keys(PARTS);

/**
 * Calls `view` for the page, and for every address that is another page. It answers whether the view was taken; one
 * that was not is tried again by the returned function, so a late yes counts the page that the visitor is on.
 */
export function watchPageViews(
  kind: TrackPageView,
  view: () => boolean,
): () => void {
  const part = PARTS[kind === true ? "full-url" : String(kind)]!;
  let seen: string | undefined;
  const look = () => {
    const now = part(location);
    if (now !== seen && view()) seen = now;
  };
  const history = (globalThis as { navigation?: EventTarget }).navigation;
  history?.addEventListener("currententrychange", look);
  addEventListener("popstate", look);
  addEventListener("hashchange", look);
  look();
  return look;
}
