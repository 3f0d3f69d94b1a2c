import { createConsent } from "../../../src/create-consent.js";
import { attach } from "../../../src/vendors/attach.js";
import type { Vendor } from "../../../src/vendors/vendor.js";

/** What a test may do on a page that runs one vendor: `lab` in that page. */
export interface Lab {
  grant(): void;
  withdraw(): void;
  /** Tracks an event of that name, as a site does. What the SDK throws then is the site's to bear. */
  use(name: string): void;
  /** Whether the SDK has taken the last answer in as a yes, where that takes a moment and it can tell. */
  isRunning(): boolean | undefined;
  /** What the vendor says that it stores. */
  readonly stores: object;
  /** What `consent-error` told. */
  readonly errors: readonly string[];
}

/** Attaches `vendor` to a store as a site does. `use` tracks an event with the vendor's SDK. */
export function run(
  vendor: Vendor,
  use: (name: string) => unknown,
  isRunning: () => boolean | undefined = () => undefined,
): void {
  const consent = createConsent({ purposes: ["analytics", "marketing"] });
  const errors: string[] = [];
  consent.addEventListener("consent-error", ({ error }) =>
    errors.push(`${error}`),
  );
  attach(consent, vendor);
  const lab: Lab = {
    grant: () => void consent.grantAll(),
    withdraw: () => void consent.withdraw(),
    use(name) {
      try {
        use(name);
      } catch {
        // Some throw before they are initialised.
      }
    },
    isRunning,
    stores: vendor.stores,
    errors,
  };
  Object.assign(globalThis, { lab });
}
