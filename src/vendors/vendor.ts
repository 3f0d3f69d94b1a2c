import type { ConsentStore } from "../consent/store.js";
import type { Stored } from "../gate/stored.js";

/** What a vendor may use while the visitor's yes lasts. Each yes brings a new one. */
export interface Permit {
  /** Aborts when the yes ends. What has waited for anything must look at it before it goes on. */
  readonly signal: AbortSignal;
  /**
   * Fetches a script and resolves when it has run. A yes that ends meanwhile takes the script out again, and the promise
   * then never settles, so that nothing after it runs. Rejects when the script cannot be fetched.
   */
  load(
    src: string,
    attributes?: Readonly<Record<string, string>>,
  ): Promise<void>;
}

/** What a vendor may ask of the store. */
export type Answers = Pick<ConsentStore, "isGranted" | "get" | "purposes">;

/**
 * One vendor's tag, and how it is told of a decision. A file in `src/vendors/` exports a function that makes one from the
 * site's options: `posthog({ key: "phc_…" })`. `attach()` runs it.
 */
export interface Vendor {
  /** The vendor's short name, the same as its file's. */
  readonly name: string;
  /** The purposes that it needs, all of them. */
  readonly purposes: readonly string[];
  /** What it keeps in the browser; removed when the yes ends. */
  readonly stores: Stored;
  /** Whether it runs on until the page is loaded anew: it has no call that stops it. */
  readonly needsReload?: boolean;
  /**
   * Looks at the store before anything else, and throws for one that the vendor must not run with, such as one that asks
   * first. The mistake is the caller's: `attach()` hands it on.
   */
  check?(consent: ConsentStore): void;
  /**
   * Says no to the vendor, in the vendor's own words, before anything else of the vendor's runs: at once, in every page,
   * whatever was decided. Left out where the only no is not to load it.
   */
  prepare?(): void;
  /**
   * Tells all answers at once, for a vendor that takes a map: at the start of a page where there is a decision, and once
   * for each decision that changes an answer. Before `grant` and `revoke`.
   */
  tell?(answers: Answers): void;
  /** Lets the vendor run. Called once for each yes; a page that begins with one calls it too. */
  grant(permit: Permit): void | Promise<void>;
  /** Stops the vendor. What it has stored is removed afterwards. Called only after `grant`. */
  revoke(): void;
}
