import { stubProperty } from "./stub-property.js";

/**
 * Stands in for this page's cookie jar until the test is over. Unlike the jar of a page on an IP address, it holds
 * a domain's cookies beside the host's own. It notes every line that was written to it.
 */
export class FakeCookieJar {
  readonly lines: string[] = [];
  readonly #pairs = new Map<string, string>();

  constructor() {
    stubProperty(
      document,
      "cookie",
      () => [...this.#pairs.values()].join("; "),
      (line) => this.#keep(String(line)),
    );
  }

  /** What the jar holds: `name=value` by the name and the domain, which is empty for a host's own cookie. */
  get cookies(): readonly (readonly [string, string])[] {
    return [...this.#pairs];
  }

  #keep(line: string) {
    this.lines.push(line);
    const [pair = "", ...attributes] = line.split("; ");
    const attribute = (name: string) =>
      attributes.find((text) => text.startsWith(`${name}=`))?.split("=")[1];
    const key = `${pair.split("=")[0]}@${attribute("domain") ?? ""}`;
    if (Date.parse(attribute("expires") ?? "") <= Date.now())
      this.#pairs.delete(key);
    else this.#pairs.set(key, pair);
  }
}
