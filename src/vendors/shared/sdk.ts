import { refuse } from "../../consent/refuse.js";
import type { Permit } from "../vendor.js";

/** A vendor's module from npm, or a function that imports it. */
export type Sdk<T extends object> =
  T | (() => Promise<T | { readonly default: T }>);

/** Returns `given` when it is an id: a text, or a number as a page may write it. */
export function id(what: string, given: unknown): string {
  return /^(str|num)/.test(typeof given) && given !== ""
    ? `${given as string}`
    : refuse(what, given || null, "the id that the vendor gave you");
}

/** Returns `given` when it is an address on the web. */
export function address(what: string, given: unknown): string {
  return typeof given === "string" && /^(https?:)?\/\/.|^\/./.test(given)
    ? given
    : refuse(what, given || null, "an address such as https://shop.example/x");
}

/** What {@link bring} needs to know of a vendor's SDK. */
export interface Source<T extends object> {
  /** From npm, where the site has it. Then nothing is loaded by address. */
  sdk: Sdk<T> | undefined;
  /** The address of the vendor's script. */
  src: string;
  /** The global that the script makes. */
  global: string;
  /** A method by which the SDK is known. */
  method: keyof T & string;
  attributes?: Readonly<Record<string, string>>;
  /** What must be there before the script runs. */
  before?: () => void;
  /** Called with the SDK when it is known: an object that the site hands in, at once. */
  onFound?: (sdk: T) => void;
}

/**
 * Returns a function that calls `use` with the vendor's SDK, once it is there and only while the yes lasts: imported
 * or fetched at the first yes, and at hand for the next. Throws a `TypeError` for an `sdk` that is none.
 */
export function bring<T extends object>({
  sdk,
  src,
  global,
  method,
  attributes,
  before,
  onFound,
}: Source<T>): (permit: Permit, use: (sdk: T) => unknown) => Promise<void> {
  const isSdk = (given: unknown): given is T =>
    typeof (given as T | undefined)?.[method] === "function";
  /** A module's SDK is the module, or its default export. */
  const within = (given: unknown) =>
    [given, (given as { default?: unknown } | undefined)?.default].find(isSdk);
  const wrong = (given: unknown) =>
    refuse(
      "sdk",
      [given === null ? null : typeof given],
      `the vendor's module, which has ${method}(), or a function that imports it`,
    );
  let found = within(sdk);
  if (found) onFound?.(found);
  if (sdk !== undefined && !found && typeof sdk !== "function") wrong(sdk);

  return async (permit, use) => {
    if (!found) {
      let given: unknown;
      if (typeof sdk === "function") {
        given = await (sdk as () => Promise<unknown>)();
        if (!within(given)) wrong(given);
      } else {
        before?.();
        await permit.load(src, attributes);
        given = Reflect.get(globalThis, global);
        if (!within(given))
          throw new Error(
            `consent-elements: ${src} did not bring ${global}.${method}()`,
          );
      }
      // Another yes may have been quicker.
      if (!found) {
        found = within(given)!;
        onFound?.(found);
      }
    }
    if (!permit.signal.aborted) await use(found!);
  };
}
