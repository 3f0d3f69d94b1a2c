/** Where in the site something happened. Taken at the call, so that a held event tells its own page. */
export interface Page {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
}

/** The page as it is now. */
export function currentPage(): Page | undefined {
  if (!globalThis.document) return;
  const { URL: url, title, referrer } = document;
  return { url, title, referrer };
}
