import { afterThisTest } from "./undo.js";

/** A page's window, as Google's tags see it. */
const page = window as unknown as Record<string, unknown>;

/** Takes away all that Google's vendors have put on the page. */
export function forgetGoogle(): void {
  for (const name of Object.keys(page))
    if (/^(dataLayer|events|gtag$|ga-disable|adsbygoogle)/.test(name))
      Reflect.deleteProperty(page, name);
}

/** The page's queue; gone after the test. */
export function layer(name = "dataLayer"): unknown[] {
  afterThisTest(forgetGoogle);
  return (page[name] ?? []) as unknown[];
}

/** Puts a queue of the site's own on the page, until the test is over. */
export function siteLayer(
  entries: readonly unknown[],
  name = "dataLayer",
): unknown[] {
  afterThisTest(forgetGoogle);
  const own = [...entries];
  page[name] = own;
  return own;
}

/** What `gtag()` of Google's own snippet puts into the queue. */
export function command(..._words: unknown[]): IArguments {
  return arguments;
}

/** Reads the queue as Google's tags do: all that waits, and from then on what is pushed. */
export function readLayer(name = "dataLayer"): void {
  const own = layer(name);
  if (Object.hasOwn(own, "push")) return;
  Object.defineProperty(own, "push", {
    configurable: true,
    value: (...entries: unknown[]) => Array.prototype.push.apply(own, entries),
  });
}

/**
 * One line an entry, in order. Of a consent command, the types that it grants without `security_storage`, or `none`; an entry
 * that Google would not take for a command is `no command: …`.
 */
export function told(entries: readonly unknown[] = layer()): string[] {
  return entries.map((entry) => {
    if (Object.prototype.toString.call(entry) !== "[object Arguments]")
      return Array.isArray(entry)
        ? `no command: ${JSON.stringify(entry)}`
        : JSON.stringify(entry, (key, value: unknown) =>
            key === "gtm.start" ? "now" : value,
          );
    const [verb, what, more] = [...(entry as IArguments)] as [
      string,
      unknown,
      Record<string, unknown>?,
    ];
    if (verb === "js") return "js";
    if (verb !== "consent")
      return [verb, what, ...(more === undefined ? [] : [more])]
        .map((word) => (typeof word === "string" ? word : JSON.stringify(word)))
        .join(" ");
    const { region, wait_for_update: wait, ...state } = more!;
    const { security_storage: security, ...types } = state;
    const granted = Object.keys(types).filter((t) => types[t] === "granted");
    const isWhole =
      security === "granted" &&
      Object.keys(types).length === 6 &&
      Object.values(types).every((a) => a === "granted" || a === "denied");
    return [
      `${String(what)}:`,
      isWhole ? granted.join(" ") || "none" : JSON.stringify(more),
      ...(region ? [`in ${String(region as string[])}`] : []),
      ...(wait ? [`wait ${String(wait as number)}`] : []),
    ].join(" ");
  });
}

/** What `told()` says of all ads' types. */
export const ADS = "ad_storage ad_user_data ad_personalization";

/** What `told()` says of a whole yes. */
export const ALL = `${ADS} analytics_storage functionality_storage personalization_storage`;
