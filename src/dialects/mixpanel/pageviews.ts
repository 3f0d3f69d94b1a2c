/** What a page view is: each change of the address, or of a part of it. `true` is `"full-url"`. */
export type TrackPageView =
  boolean | "full-url" | "url-with-path" | "url-with-path-and-query-string";

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
  hearScripts(look);
  addEventListener("popstate", look);
  addEventListener("hashchange", look);
  look();
  return look;
}

/**
 * Calls `look` after each change of the address by script. Where there is no Navigation API nobody tells of these, and
 * history's own two calls are wrapped, for the rest of the page, as the instance lives. They do first what they do anyway.
 */
function hearScripts(look: () => void): void {
  const { navigation } = globalThis as { navigation?: EventTarget };
  if (navigation) {
    navigation.addEventListener("currententrychange", look);
    return;
  }
  for (const method of ["pushState", "replaceState"] as const) {
    const change = history[method];
    history[method] = (...args) => {
      change.apply(history, args);
      look();
    };
  }
}
