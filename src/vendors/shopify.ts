import { text, withDefaults, type Loose } from "../consent/refuse.js";
import type { Answers, Vendor } from "./vendor.js";

/** What {@link shopify} may be told: which purpose answers for what Shopify asks about. One that is not asked about is a no. */
export interface ShopifyOptions {
  /** A purpose that the store asks about. Nothing waits for it. Default: `"marketing"`. */
  purpose?: string;
  /** Default: `"analytics"`. */
  analytics?: string;
  /** Default: `"marketing"`. */
  marketing?: string;
  /** Default: `"functional"`. */
  preferences?: string;
  /** Selling and sharing of data. Default: `"marketing"`. */
  saleOfData?: string;
}

type Done = (error?: unknown) => void;

/** What a storefront of Shopify's has. */
interface Shopify {
  loadFeatures?(
    features: readonly { name: string; version: string }[],
    done: Done,
  ): void;
  customerPrivacy?: {
    setTrackingConsent(answers: object, done: Done): void;
  };
}

const shop = () => (globalThis as { Shopify?: Shopify }).Shopify;

/** Shopify calls back with what went wrong, or with nothing. */
const called = (call: (done: Done) => void) =>
  new Promise<void>((resolve, reject) => {
    call((error) => {
      if (error) reject(error as Error);
      else resolve();
    });
  });

/**
 * Tells a Shopify storefront each decision, by its Customer Privacy API. Shopify's own pixels and cookies follow that; before a decision
 * they follow the shop's settings. Nothing is fetched but the API, which Shopify brings itself, and only once there is a decision.
 *
 * Facts: shopify.dev/docs/api/customer-privacy.
 */
export function shopify(options: Loose<ShopifyOptions> = {}): Vendor {
  const given = withDefaults(
    {
      purpose: "marketing",
      analytics: "analytics",
      marketing: "marketing",
      preferences: "functional",
      saleOfData: "marketing",
    },
    options,
  );
  /** One at a time, and the newest last: Shopify answers later. */
  let last = Promise.resolve();
  const pass = async (consent: Answers) => {
    if (!shop()?.loadFeatures)
      throw new Error(
        "consent-elements: the page has no Shopify.loadFeatures; use shopify() in a storefront of Shopify's",
      );
    await called((done) =>
      shop()!.loadFeatures!(
        [{ name: "consent-tracking-api", version: "0.1" }],
        done,
      ),
    );
    const may = (name: string) =>
      consent.purposes.some((purpose) => purpose.name === name) &&
      consent.isGranted(name);
    await called((done) =>
      shop()!.customerPrivacy!.setTrackingConsent(
        {
          analytics: may(given.analytics),
          marketing: may(given.marketing),
          preferences: may(given.preferences),
          sale_of_data: may(given.saleOfData),
        },
        done,
      ),
    );
  };
  return {
    name: "shopify",
    purposes: [text("purpose", given.purpose)],
    // Shopify takes its own away.
    stores: {},
    tell(consent) {
      return (last = last.catch(() => {}).then(() => pass(consent)));
    },
    grant() {},
    revoke() {},
  };
}
