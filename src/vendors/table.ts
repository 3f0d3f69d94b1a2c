/**
 * A vendor's file. The function that makes the vendor has the file's name in camel case: `microsoftUet` in
 * `microsoft-uet.ts`. Where an option is a number, `defaults` says so by its value.
 */
export type VendorFile = Readonly<Record<string, unknown>> & {
  readonly defaults?: Readonly<Record<string, unknown>>;
};

/** Every vendor that `<consent-vendor>` knows by name: one file and one line each, fetched when it is needed. */
export const VENDORS: Readonly<Record<string, () => Promise<VendorFile>>> = {
  meta: () => import("./meta.js"),
};
