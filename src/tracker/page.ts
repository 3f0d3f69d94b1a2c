/** Where in the site something happened. Taken at the call, so that a held event tells its own page. */
export interface Page {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
}

let last: Page | undefined;

/** The page as it is now. Calls on an unchanged page share one value. */
export function currentPage(): Page | undefined {
  if (!globalThis.document) return;
  const { URL: url, title, referrer } = document;
  return last?.url === url && last.title === title
    ? last
    : (last = { url, title, referrer });
}
