import type { Choices } from "../consent/choice.js";
import { oneOf, onlyKnown, refuse, type Loose } from "../consent/refuse.js";
import { otherLayer, type OtherConsent } from "./other-consent.js";

/** What {@link tcfConsent} takes. */
export interface TcfOptions {
  /**
   * The TCF purposes that each purpose of the site needs, all of them, by their numbers (1 to 11):
   * `{ analytics: [1, 7, 8, 9, 10] }`. Consent alone counts; a legitimate interest is no yes.
   */
  purposes: Readonly<Record<string, readonly number[]>>;
  /**
   * The number in the Global Vendor List of the one who receives the data, for all purposes or by purpose. It must have
   * the visitor's consent too. Default: purposes alone are asked, which fits what stays with the site itself.
   */
  vendor?: number | Readonly<Record<string, number>>;
  /** What counts where the CMP says that the GDPR does not apply to this visitor. Default: `"denied"`. */
  elsewhere?: "denied" | "granted";
}

// A record, so that the compiler misses a name that is not here.
const NAMES: Record<keyof TcfOptions, 1> = {
  purposes: 1,
  vendor: 1,
  elsewhere: 1,
};

/** The part of the CMP API's TCData that is read. Another's object: anything may be missing. */
interface TcData {
  readonly listenerId?: unknown;
  readonly eventStatus?: unknown;
  readonly gdprApplies?: unknown;
  readonly purpose?: { readonly consents?: Flags };
  readonly vendor?: {
    readonly consents?: Flags;
    readonly disclosedVendors?: Flags;
  };
  readonly publisher?: {
    readonly restrictions?: Readonly<
      Record<number, Readonly<Record<number, unknown>>>
    >;
  };
}
type Flags = Readonly<Record<number, unknown>>;
type TcfApi = (
  command: string,
  version: 2,
  callback: (data: unknown, success: unknown) => void,
  parameter?: unknown,
) => void;

/** A publisher's restriction by which a vendor may not use a purpose at all (TC string format, "restriction type"). */
const NOT_ALLOWED = 0;

/**
 * Lets a CMP of IAB Europe's TCF decide, in place of our own banner.
 *
 * ```ts
 * const consent = tcfConsent({ purposes: { analytics: [1, 7, 8, 9, 10] } });
 * const tracker = createTracker({ consent, destination: mixpanel({ token: "YOUR_TOKEN" }) });
 * ```
 *
 * It listens by `addEventListener` of the CMP API v2 and acts on `tcloaded` and `useractioncomplete` alone. Not answered
 * yet, `gdprApplies` undefined, a failed call: not granted. A page whose CMP is not there when it has loaded gets a
 * `consent-error`. No TC string is read, and none is made.
 *
 * Throws a `TypeError` for an unknown option and a `RangeError` for a purpose without TCF purposes.
 */
export function tcfConsent(
  options: Loose<TcfOptions> & Pick<TcfOptions, "purposes">,
): OtherConsent {
  onlyKnown(options ?? {}, Object.keys(NAMES));
  const purposes = Object.entries(options?.purposes ?? {});
  if (!purposes[0])
    refuse("purposes", null, "which TCF purposes each of yours needs");
  for (const [name, numbers] of purposes)
    // An empty list would be a yes of nobody's.
    if (!numbers?.[0] || !numbers.every(isTcfPurpose))
      refuse(name, `${numbers}`, "numbers from 1 to 11, such as [1, 7, 8]");
  const { vendor } = options;
  const elsewhere = oneOf("elsewhere", options.elsewhere ?? "denied", [
    "denied",
    "granted",
  ]);
  const vendorOf = (name: string) =>
    typeof vendor === "object" ? vendor[name] : vendor;
  for (const [name] of purposes) {
    const number = vendorOf(name);
    if (vendor !== undefined && !(Number.isInteger(number) && number! > 0))
      refuse(`the vendor of ${name}`, `${number}`, "its number in the GVL");
  }

  let isStopped = false;
  let listenerId: unknown;
  const api = (): TcfApi | undefined => {
    const { __tcfapi } = window as Window & { __tcfapi?: unknown };
    return typeof __tcfapi === "function" ? (__tcfapi as TcfApi) : undefined;
  };
  const leave = () => api()?.("removeEventListener", 2, () => {}, listenerId);

  const { consent, hear, decide, doubt } = otherLayer(
    purposes.map(([name]) => name),
    "tcf",
    () => {
      if (isStopped) return;
      isStopped = true;
      if (listenerId !== undefined) leave();
    },
  );

  const isGranted = (data: TcData, name: string, numbers: readonly number[]) =>
    numbers.every((number) => data.purpose?.consents?.[number] === true) &&
    mayUse(data, vendorOf(name), numbers);

  const listener = (given: unknown, success: unknown) => {
    const data = Object(given) as TcData;
    // A stub calls back later, so the first word may come after the end.
    const isFirst = listenerId === undefined;
    listenerId ??= data.listenerId;
    if (isStopped) {
      if (isFirst && listenerId !== undefined) leave();
      return;
    }
    if (success !== true) return doubt();
    if (!FINAL.has(data.eventStatus)) return;
    if (typeof data.gdprApplies !== "boolean") return doubt();
    const choices = Object.fromEntries(
      purposes.map(([name, numbers]) => [
        name,
        data.gdprApplies
          ? isGranted(data, name, numbers)
            ? "granted"
            : "denied"
          : elsewhere,
      ]),
    ) as Choices;
    if (data.eventStatus === "tcloaded") hear(choices);
    else decide(choices);
  };

  const listen = (): boolean => {
    try {
      const found = isStopped || api();
      if (found && found !== true) found("addEventListener", 2, listener);
      return !!found;
    } catch (error) {
      consent.report(error);
      return true;
    }
  };

  // The standard wants the stub in front of everything else, but a tag manager may bring it later.
  if (!listen()) {
    const again = () => {
      if (!listen())
        consent.report(
          Error(
            "consent-elements: the page has no __tcfapi, so nothing is granted",
          ),
        );
    };
    if (document.readyState === "complete") queueMicrotask(again);
    else addEventListener("load", again, { once: true });
  }
  return consent;
}

/** The TCF has eleven purposes. */
function isTcfPurpose(number: number): boolean {
  return Number.isInteger(number) && number > 0 && number < 12;
}

/** The states in which a CMP's word is final (CMP API v2, `eventStatus`); `cmpuishown` is a question, not an answer. */
const FINAL: ReadonlySet<unknown> = new Set(["tcloaded", "useractioncomplete"]);

/** Whether `vendor` has consent, was disclosed to the visitor (TCF 2.3) and is not shut out by the publisher. */
function mayUse(
  { vendor: said, publisher }: TcData,
  vendor: number | undefined,
  numbers: readonly number[],
): boolean {
  if (vendor === undefined) return true;
  const { consents, disclosedVendors } = said ?? {};
  return (
    consents?.[vendor] === true &&
    (!disclosedVendors || disclosedVendors[vendor] === true) &&
    numbers.every(
      (number) => publisher?.restrictions?.[number]?.[vendor] !== NOT_ALLOWED,
    )
  );
}
