import type { Receipt, Receipts } from "../consent/receipt.js";
import type { ConsentRecord } from "../consent/record.js";
import type { Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { VERSION } from "../version.js";
import { firstParty } from "./first-party.js";
import { createChain } from "./receipt-chain.js";
import { createPost } from "./receipt-post.js";
import { textHash, textOf, type Shown } from "./text-hash.js";

/** What {@link keepReceipts} takes. */
export interface ReceiptsOptions {
  /** The store whose decisions are proved. */
  consent: ConsentStore;
  /** Where receipts are sent: an address of this site. Default: nowhere, they are kept here. */
  endpoint?: string | undefined;
  /** What the visitor sees when a decision is made; asked at that moment. Default: nothing, and `textHash` is `null`. */
  shown?:
    | ((
        record: ConsentRecord | undefined,
      ) => Shown | undefined | Promise<Shown | undefined>)
    | undefined;
  /** Names of the purposes that are services with an answer of their own. Default: none. */
  services?: (() => readonly string[]) | undefined;
  /** The name of the record's cookie; the receipts are `<name>-receipts`. Default: `"consent"`. */
  name?: string | undefined;
  /** Where receipts wait. Default: localStorage, and this page's memory where that is blocked. */
  storage?: Pick<Storage, "getItem" | "setItem"> | undefined;
  /** Makes requests. Default: the browser's `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Runs `work` when no other tab runs its own under the same name. Default: the browser's locks. */
  inTurn?:
    ((name: string, work: () => Promise<void>) => Promise<void>) | undefined;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?: (() => number) | undefined;
}

/** The browser's localStorage, touched when it is needed: where it may not be, touching it throws. */
const ownStorage: Pick<Storage, "getItem" | "setItem"> = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
};

/** Where the browser has no locks, or a document without an origin may not ask for them, a receipt may arrive twice. */
async function byLocks(name: string, work: () => Promise<void>): Promise<void> {
  let isRun = false;
  const run = () => {
    isRun = true;
    return work();
  };
  try {
    await navigator.locks.request(name, run);
  } catch {
    if (!isRun) await run();
  }
}

/** The same as `keepReceipts`, for options whose names need no check. */
export function openReceipts({
  consent,
  endpoint,
  shown,
  services = () => [],
  name = "consent",
  fetch = globalThis.fetch.bind(globalThis),
  inTurn = byLocks,
  clock = Date.now,
  storage = ownStorage,
}: Loose<ReceiptsOptions> & Pick<ReceiptsOptions, "consent">): Receipts {
  const entry = `${name}-receipts`;
  const { report } = consent;
  const chain = createChain({
    storage,
    name: entry,
    isSent: endpoint !== undefined,
    report,
  });
  /** The receipts of this page, and whether each is complete. */
  const mine = new Map<string, boolean>();
  const post =
    endpoint === undefined
      ? undefined
      : createPost({
          chain,
          endpoint: firstParty(endpoint),
          mine,
          fetch,
          inTurn: (work) => inTurn(entry, work),
          clock,
          report,
        });

  const ask = async (record: ConsentRecord | undefined) => shown?.(record);

  /** The answers that hold, those of services apart. */
  const answers = (record: ConsentRecord | undefined) => {
    const parts = services();
    const all = Object.entries({
      ...record?.choices,
      ...(record &&
        Object.fromEntries(
          consent.purposes.flatMap((purpose) =>
            purpose.required ? [[purpose.name, "granted"]] : [],
          ),
        )),
    });
    const those = (isPart: boolean) =>
      Object.fromEntries(
        all.filter(([purpose]) => parts.includes(purpose) === isPart),
      ) as Receipt["purposes"];
    return { purposes: those(false), services: those(true) };
  };

  /** Adds what the hash takes time for. */
  const complete = async (
    receipt: Receipt,
    seen: Promise<Shown | undefined>,
  ): Promise<void> => {
    let { locale, textHash: hash } = receipt;
    try {
      const found = await seen;
      locale = found?.locale ?? null;
      if (found) hash = await textHash(textOf(found));
    } catch (error) {
      report(error);
    }
    const facts = { locale, textHash: hash };
    const whole = chain.complete(receipt.id, facts) ?? { ...receipt, ...facts };
    mine.set(receipt.id, true);
    // As `tell()` does, which is in the file that every page loads.
    const news = new Event("consent-receipt", {
      bubbles: true,
      composed: true,
    });
    consent.dispatchEvent(Object.assign(news, { receipt: whole }));
    post?.send();
  };

  /** Writes the receipt at once, because the page may go, and completes it afterwards. */
  const decided = (record: ConsentRecord | undefined) => {
    const receipt = chain.add({
      time: record?.time ?? new Date(clock()).toISOString(),
      revision: consent.revision,
      textHash: null,
      uiVersion: VERSION,
      locale: null,
      mode: consent.mode,
      source: record?.source ?? "api",
      action: record?.action ?? "reset",
      ...answers(record),
    });
    mine.set(receipt.id, false);
    void complete(receipt, ask(record));
  };

  const unsubscribe = consent.subscribe(({ current, source }) => {
    // The page where it was decided writes the receipt.
    if (source !== "tab") decided(current);
  });
  const { record } = consent;
  // This code comes late: a decision may have come before it, here or in a tab that has written its receipt since.
  if (
    record &&
    Date.parse(record.time) >= performance.timeOrigin &&
    !chain.list().some(({ time }) => time === record.time)
  )
    decided(record);

  const retry = () => post?.retry();
  const begin = () => post?.send();
  addEventListener("online", retry);
  // What an earlier page has left. A page that is drawn beforehand sends nothing until it is looked at.
  if ((document as Document & { prerendering?: boolean }).prerendering)
    document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();

  return {
    list: chain.list,
    toJSON: () => ({
      consentId: chain.consentId ?? null,
      receipts: chain.list(),
    }),
    async shown() {
      const found = await ask(consent.record);
      if (!found) return;
      const text = textOf(found);
      return { text, textHash: await textHash(text) };
    },
    stop() {
      unsubscribe();
      removeEventListener("online", retry);
      document.removeEventListener("prerenderingchange", begin);
      post?.stop();
    },
  };
}
