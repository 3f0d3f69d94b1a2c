import {
  oneOf,
  refuse,
  text,
  withDefaults,
  type Loose,
} from "../consent/refuse.js";
import { scriptAt } from "./shared/script.js";
import type { Vendor } from "./vendor.js";

/** What `alloy` is: one function for all commands. */
export type Alloy = (command: string, options?: object) => Promise<unknown>;

/** What the module `@adobe/alloy` exports, as far as it is used here. */
export interface AlloyModule {
  createInstance(options: { name: string }): Alloy;
}

/** What {@link adobe} may be told. */
export interface AdobeOptions {
  /** The id of the datastream. */
  datastreamId: string;
  /** The id of the organisation: `…@AdobeOrg`. */
  orgId: string;
  /** The purpose that it needs. Default: `"analytics"`. */
  purpose?: string;
  /** The version of Adobe's consent standard that the datastream is made for: `"1.0"` or `"2.0"`. Default: `"2.0"`. */
  version?: string;
  /** What else `configure` is told: `{ edgeDomain: "data.example.com" }`. Default: nothing. */
  config?: Readonly<Record<string, unknown>>;
  /** Where the script is. Default: Adobe's own, of the version that this was tested with. */
  src?: string;
  /** The module `@adobe/alloy`, or what imports it; then nothing is fetched from `src`. */
  sdk?: AlloyModule | (() => Promise<AlloyModule>);
}

/** A command that waits for the script, in the shape in which that looks for it. */
type Waiting = [
  resolve: (result: unknown) => void,
  reject: (error: Error) => void,
  command: [name: string, options: object | undefined],
];

/** The function of Adobe's base code. The script gives `q` a `push` that does what it is given. */
type Base = Alloy & { q?: Waiting[] };

/** Where the script looks for the names of such functions. */
const NAMES = "__alloyNS";

/**
 * Adobe Experience Platform Web SDK (`alloy`). Nothing is fetched before a yes. It is configured to wait (`defaultConsent: "pending"`)
 * and told the answer on every page, since it cannot be asked for it. `window.alloy` is there from the start; without a yes a command
 * of the page's does nothing and resolves to `{}`, as Adobe's does after a no.
 *
 * A no is told to Adobe by one request more: `setConsent` has no other way, and until it is told the SDK would keep what it sees for a
 * later yes. The visitor's id has been removed by then and is not in it. The cookie `kndctr_…_consent`, which holds that answer,
 * is left.
 *
 * Facts: experienceleague.adobe.com, setConsent; @adobe/alloy 2.33.1, whose storage and requests are recorded in
 * `test/e2e/vendors.adobe.test.mjs`.
 */
export function adobe(options: Loose<AdobeOptions>): Vendor {
  const given = withDefaults(
    {
      datastreamId: "",
      orgId: "",
      purpose: "analytics",
      version: "2.0",
      config: {} as Readonly<Record<string, unknown>>,
      src: "https://cdn1.adoberesources.net/alloy/2.33.1/alloy.min.js",
      sdk: undefined as AdobeOptions["sdk"],
    },
    options,
  );
  const { config, sdk } = given;
  const datastreamId = text("datastreamId", given.datastreamId);
  const orgId = text("orgId", given.orgId);
  if ("defaultConsent" in config)
    refuse(
      "config",
      ["defaultConsent"],
      "the others: a page waits for the answer",
    );
  const version = oneOf("version", given.version, ["1.0", "2.0"]);
  const purpose = text("purpose", given.purpose);
  const script = scriptAt(text("src", given.src));
  const page = globalThis as { alloy?: Base; [NAMES]?: string[] };
  let isOpen = false;
  let hasCome = false;
  let isConfigured = false;

  const run: Alloy = (command, own) =>
    new Promise((resolve, reject) => {
      base.q!.push([resolve, reject, [command, own]]);
    });
  const base: Base = async (command, own) => (isOpen ? run(command, own) : {});
  base.q = [];

  /** Puts the site's module where the script puts itself. */
  const use = ({ createInstance }: AlloyModule) => {
    const instance = createInstance({ name: "alloy" });
    const execute = ([resolve, reject, [command, own]]: Waiting) =>
      instance(command, own).then(resolve, reject);
    for (const each of base.q!.splice(0)) void execute(each);
    base.q!.push = (...each) => each.map(execute).length;
  };

  const answer = (yes: boolean) =>
    run("setConsent", {
      consent: [
        {
          standard: "Adobe",
          version,
          value:
            version === "2.0"
              ? { collect: { val: yes ? "y" : "n" } }
              : { general: yes ? "in" : "out" },
        },
      ],
    });

  return {
    name: "adobe",
    purposes: [purpose],
    stores: {
      cookies: ["kndctr_*_identity", "kndctr_*_cluster", "AMCV_*"],
      local: ["com.adobe.alloy.*"],
      session: ["com.adobe.alloy.*"],
    },
    prepare() {
      if (page.alloy)
        throw new Error(
          "consent-elements: the page has a window.alloy of its own; take the base code of adobe out, or leave adobe to it alone",
        );
      page.alloy = base;
      if (!sdk) (page[NAMES] ??= []).push("alloy");
    },
    async grant(permit) {
      isOpen = true;
      // Before anything that the page may say while the script is on its way.
      const told = [];
      if (!isConfigured)
        told.push(
          run("configure", {
            ...config,
            datastreamId,
            orgId,
            defaultConsent: "pending",
          }),
        );
      isConfigured = true;
      told.push(answer(true));
      if (!sdk) await script.load(permit);
      else if (!hasCome) {
        const found = typeof sdk === "function" ? await sdk() : sdk;
        if (permit.signal.aborted) return;
        use(found);
      }
      hasCome = true;
      await Promise.all(told);
    },
    async revoke() {
      isOpen = false;
      // Where this request fails the SDK stays suspended: it sends nothing until it is told yes.
      if (hasCome) return void (await answer(false).catch(() => {}));
      // What has waited is not to wait for a later yes.
      isConfigured = false;
      for (const [resolve] of base.q!.splice(0)) resolve({});
    },
  };
}
