import { refuse } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { loadScript } from "../gate/load-script.js";
import {
  keepStored,
  removeStored,
  type RemoveOptions,
} from "../gate/clean-up.js";
import { checkStored } from "../gate/stored.js";
import type { Permit, Vendor } from "./vendor.js";

/** What {@link attach} may be told. */
export interface AttachOptions {
  /**
   * Whether the page is loaded anew after a withdrawal, where the vendor cannot be stopped in any other way
   * (`Vendor.needsReload`). Default: `false`.
   */
  reload?: boolean;
  /** Fetches a script. Default: a `<script>` in the page's head, through the Trusted Types policy `consent-elements`. */
  load?: typeof loadScript;
}

/**
 * Lets the record drive a vendor's tag: nothing of it before a yes, its own calls at each change, and what it has stored
 * removed when the yes ends. What the vendor throws is reported by `consent-error`; it is then off, and the others go on.
 *
 * ```ts
 * const detach = attach(consent, posthog({ key: "phc_…" }));
 * ```
 *
 * Throws a `RangeError` for a purpose that the store does not ask about, or a name in `stores` that would remove too much.
 * Returns a function that stops following the record; the vendor then stays as it is.
 */
export function attach(
  consent: ConsentStore,
  vendor: Vendor,
  { reload = false, load = loadScript }: AttachOptions = {},
): () => void {
  if (!vendor?.purposes?.[0])
    refuse(
      "a vendor",
      [vendor?.name],
      "what a function of consent-elements/vendors made",
    );
  for (const purpose of vendor.purposes) consent.get(purpose);
  vendor.check?.(consent);
  checkStored(vendor.stores);
  const page = document as Document & { prerendering?: boolean };
  /** Ends the yes that the vendor runs on. */
  let yes: AbortController | undefined;
  /** Whether something of the vendor's failed since the visitor said yes. */
  let isBroken = false;
  let isPrepared = true;
  let isTold = false;

  const remove = (options?: RemoveOptions) =>
    removeStored(vendor.stores, consent, options).catch(consent.report);

  /** One step failed, which leaves nobody knows what behind: the vendor is stopped, until the visitor says yes anew. */
  const fail = (error: unknown) => {
    isBroken = true;
    consent.report(error);
    if (yes) end();
  };

  const attempt = (step: () => void | Promise<void>) => {
    try {
      void Promise.resolve(step()).catch(fail);
    } catch (error) {
      fail(error);
    }
  };

  const end = () => {
    yes?.abort();
    yes = undefined;
    attempt(() => vendor.revoke());
    return remove();
  };

  const permit = ({ signal }: AbortController): Permit => ({
    signal,
    load: (src, attributes) =>
      new Promise((resolve, reject) => {
        load(src, attributes, signal).then(
          () => signal.aborted || resolve(),
          (error: unknown) => signal.aborted || reject(error as Error),
        );
      }),
  });

  const follow = (isNews: boolean) => {
    if (!isPrepared || !consent.isReady) return;
    // A vendor that takes a map is told even while another purpose of its own is refused.
    if (isNews || (!isTold && consent.record)) {
      isTold = true;
      attempt(() => vendor.tell?.(consent));
    }
    const may =
      !page.prerendering &&
      vendor.purposes.every((purpose) => consent.isGranted(purpose));
    if (!may) isBroken = false;
    if (may && !yes && !isBroken) {
      const next = (yes = new AbortController());
      attempt(() => vendor.grant(permit(next)));
    } else if (!may && yes)
      void end().then(() => {
        // Unless there is a yes again.
        if (reload && vendor.needsReload && !yes) location.reload();
      });
  };

  attempt(() => vendor.prepare?.());
  // Without its own no it gets no yes.
  isPrepared = !isBroken;
  follow(false);
  // What an earlier page could not remove, or a vendor has written after it was told to stop.
  if (vendor.purposes.some((purpose) => consent.get(purpose) === "denied"))
    void remove({ unseen: false });
  const onShown = () => follow(false);
  page.addEventListener("prerenderingchange", onShown);
  if (!consent.isReady) void consent.ready.then(onShown);
  const unsubscribe = consent.subscribe(({ changed }) => follow(!!changed[0]));
  // A removal looks again later, when the visitor may have said yes anew.
  const release = keepStored(consent, vendor.stores, () => !!yes);
  return () => {
    unsubscribe();
    release();
    page.removeEventListener("prerenderingchange", onShown);
  };
}
