import type { Receipt } from "../consent/receipt.js";

/** What a chain needs. */
export interface ChainPorts {
  /** Where it outlives the page. Its methods may throw: the chain is this page's memory then. */
  storage: Pick<Storage, "getItem" | "setItem">;
  /** The name of its entry. */
  name: string;
  /** Whether receipts wait to be sent. */
  isSent: boolean;
  /** Hears of what could not be kept. */
  report(error: unknown): void;
}

/** What is known of a decision when it is made. */
type Draft = Omit<Receipt, "schema" | "consentId" | "id" | "previousId">;

/** The receipts of this browser, each linked to the one before. It is read anew each time: another tab may have added to it. */
export interface Chain {
  /** The id that all of them share; `undefined` before the first. */
  readonly consentId: string | undefined;
  list(): readonly Receipt[];
  /** Those that wait to be acknowledged, the oldest first. */
  unsent(): readonly Receipt[];
  /** Adds a receipt. */
  add(draft: Draft): Receipt;
  /** Completes one that was added. */
  complete(
    id: string,
    facts: Pick<Receipt, "locale" | "textHash">,
  ): Receipt | undefined;
  /** This one has arrived. */
  acknowledge(id: string): void;
}

/** How many are kept. */
const MOST = 50;

interface Kept {
  readonly consentId: string;
  readonly receipts: readonly Receipt[];
  readonly unsent: readonly string[];
}

/** A version 4 UUID (RFC 9562, section 5.4), also where the page is not secure and `randomUUID` is missing. */
function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, (_, i: number) =>
    (bytes[i]! % 16).toString(16),
  );
}

/** Makes a chain. Nothing is written, and no id made, before the first receipt is added. */
export function createChain(ports: ChainPorts): Chain {
  const { storage, name, isSent, report } = ports;
  /** The chain, where this page's memory is the only place for it. */
  let alone: Kept | undefined;
  let isAlone = false;

  const fall = (error: unknown, kept: Kept | undefined) => {
    isAlone = true;
    alone = kept;
    report(error);
  };

  const read = (): Kept | undefined => {
    if (isAlone) return alone;
    try {
      const kept = JSON.parse(storage.getItem(name) ?? "null") as Kept | null;
      // A damaged chain proves nothing, and a new one begins.
      return typeof kept?.consentId === "string" &&
        [kept.receipts, kept.unsent].every(Array.isArray) &&
        kept.receipts.every((receipt) => typeof receipt?.id === "string")
        ? kept
        : undefined;
    } catch (error) {
      if (!(error instanceof SyntaxError)) fall(error, undefined);
      return;
    }
  };

  const write = (kept: Kept) => {
    if (isAlone) alone = kept;
    else
      try {
        storage.setItem(name, JSON.stringify(kept));
      } catch (error) {
        fall(error, kept);
      }
  };

  const list = () => read()?.receipts ?? [];

  return {
    get consentId() {
      return read()?.consentId;
    },
    list,
    unsent() {
      const { receipts = [], unsent = [] } = read() ?? {};
      return receipts.filter(({ id }) => unsent.includes(id));
    },
    add(draft) {
      const { consentId, receipts, unsent } = read() ?? {
        consentId: uuid(),
        receipts: [],
        unsent: [],
      };
      const receipt: Receipt = {
        schema: "consent-receipt/1",
        consentId,
        id: uuid(),
        previousId: receipts.at(-1)?.id ?? null,
        ...draft,
      };
      const all = [...receipts, receipt];
      const kept = all.slice(-MOST);
      const waiting = isSent ? [...unsent, receipt.id] : unsent;
      const stays = new Set(kept.map(({ id }) => id));
      if (all.some(({ id }) => waiting.includes(id) && !stays.has(id)))
        report(
          new Error(
            "consent-elements: a receipt that never arrived was dropped",
          ),
        );
      write({
        consentId,
        receipts: kept,
        unsent: waiting.filter((id) => stays.has(id)),
      });
      return receipt;
    },
    complete(id, facts) {
      const kept = read();
      const found = kept?.receipts.find((receipt) => receipt.id === id);
      if (!kept || !found) return;
      const whole = { ...found, ...facts };
      write({
        ...kept,
        receipts: kept.receipts.map((each) => (each === found ? whole : each)),
      });
      return whole;
    },
    acknowledge(id) {
      const kept = read();
      if (kept)
        write({ ...kept, unsent: kept.unsent.filter((each) => each !== id) });
    },
  };
}
