/**
 * Returns the absolute address of an `endpoint` of this site: this host, one below it, or below it without its `www`. Proof of
 * a visitor's decision goes to nobody else. Throws a `RangeError` for any other, for one that a secure page may not reach, and for
 * one with a query, a hash or a password.
 */
export function firstParty(
  endpoint: string,
  {
    href,
    hostname,
    protocol,
  }: Pick<Location, "href" | "hostname" | "protocol"> = location,
): string {
  const site = hostname.replace(/^www\./, "");
  try {
    const url = new URL(endpoint, href);
    if (
      /^(https?:\/)?\/[^?#@]+$/.test(endpoint) &&
      `.${url.hostname}`.endsWith(`.${site}`) &&
      (url.protocol === "https:" || url.protocol === protocol)
    )
      return url.href;
  } catch {
    // No address at all: refused below.
  }
  // Not by `refuse()`, which is in the file that every page loads.
  throw new RangeError(
    `consent-elements: endpoint is ${JSON.stringify(endpoint)}; write an address of this site, such as /consent-receipts`,
  );
}
