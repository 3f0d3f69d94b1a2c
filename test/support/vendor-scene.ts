import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { attach, type AttachOptions } from "../../src/vendors/attach.js";
import type { Vendor } from "../../src/vendors/vendor.js";
import { turn } from "./turn.js";
import { afterThisTest } from "./undo.js";

/** What a vendor's tag would fetch is written down instead, and is "there" when `arrive()` says so, or at once. */
export interface VendorScene {
  readonly consent: ConsentStore;
  /** Addresses that were asked for. */
  readonly loads: string[];
  /** What `consent-error` told. */
  readonly errors: unknown[];
  /** Lets scripts arrive that are on their way. Each runs `onLoad` first, as the vendor's script would. */
  arrive(): Promise<void>;
}

export interface VendorSceneOptions extends Pick<AttachOptions, "reload"> {
  /** What the store is made of, beside the purposes `functional`, `analytics`, `marketing`. */
  store?: Partial<StoreOptions>;
  /** Decides before the vendor is attached, as an earlier page did. */
  before?: (consent: ConsentStore) => void;
  /** What the vendor's script does when it runs. */
  onLoad?: (src: string) => void;
  /** Whether scripts wait for `arrive()`. Default: they arrive at once. */
  isSlow?: boolean;
}

/** Attaches a vendor to a store of its own. Detached after the test. */
export function vendorScene(
  vendor: Vendor,
  { store, before, onLoad, isSlow, reload }: VendorSceneOptions = {},
): VendorScene {
  const consent = createStore({
    purposes: ["necessary", "functional", "analytics", "marketing"],
    ...store,
  });
  const errors: unknown[] = [];
  consent.addEventListener("consent-error", ({ error }) => errors.push(error));
  before?.(consent);
  const loads: string[] = [];
  let waiting: (() => void)[] = [];
  const arrive = async () => {
    for (const come of waiting.splice(0)) come();
    await turn();
  };
  const detach = attach(consent, vendor, {
    ...(reload === undefined ? {} : { reload }),
    load: (src, _attributes, signal) =>
      new Promise((resolve) => {
        loads.push(src);
        waiting.push(() => {
          if (signal?.aborted) return;
          onLoad?.(src);
          resolve();
        });
        if (!isSlow) void arrive();
      }),
  });
  afterThisTest(() => {
    waiting = [];
    detach();
  });
  return { consent, loads, errors, arrive };
}

/** What can be seen of a vendor in one of the seven states. */
export interface SeenState {
  /** Addresses that were fetched. */
  readonly loads: readonly string[];
  /** What the vendor was told, as the test's `calls` reads it. */
  readonly calls: unknown;
}

/** How a page comes into each state: what was decided before it, and what is decided on it. */
const STATES: Readonly<
  Record<
    string,
    {
      store?: Partial<StoreOptions>;
      before?: (consent: ConsentStore) => void;
      on?: readonly ((consent: ConsentStore) => void)[];
    }
  >
> = {
  "fresh, EU": {},
  "returning, granted": { before: (consent) => consent.grantAll() },
  "returning, denied": { before: (consent) => consent.denyAll() },
  grant: { on: [(consent) => consent.grantAll()] },
  revoke: {
    on: [(consent) => consent.grantAll(), (consent) => consent.withdraw()],
  },
  "grant again": {
    on: [
      (consent) => consent.grantAll(),
      (consent) => consent.withdraw(),
      (consent) => consent.grantAll(),
    ],
  },
  "GPC, US": {
    store: { mode: "opt-out" },
    before: (consent) =>
      consent.set({ marketing: "denied" }, { source: "signal", action: "gpc" }),
  },
};

/**
 * Plays the seven states that every vendor must get right, each with a new vendor: fresh in the EU, returning with a yes,
 * returning with a no, a yes, a yes taken back, a yes after that, and Global Privacy Control in the United States.
 *
 * `make` makes the vendor. `calls` reads what it was told, in the vendor's own queue or mock. `undo` puts the page back.
 * Throws what `consent-error` told.
 */
export async function sevenStates(
  make: () => Vendor,
  {
    calls,
    undo,
    onLoad,
  }: {
    calls: () => unknown;
    undo: () => void;
    onLoad?: (src: string) => void;
  },
): Promise<Record<string, SeenState>> {
  const seen: Record<string, SeenState> = {};
  for (const [name, { on = [], ...options }] of Object.entries(STATES)) {
    const { consent, loads, errors } = vendorScene(make(), {
      ...options,
      ...(onLoad && { onLoad }),
    });
    await turn();
    for (const decide of on) {
      decide(consent);
      await turn();
      await turn();
    }
    if (errors[0]) throw errors[0] as Error;
    seen[name] = { loads: [...loads], calls: structuredClone(calls()) };
    undo();
  }
  return seen;
}
