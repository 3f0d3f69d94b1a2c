import type { Receipt } from "../consent/receipt.js";
import type { Chain } from "./receipt-chain.js";

/** What sending needs. */
export interface PostPorts {
  chain: Pick<Chain, "unsent" | "acknowledge">;
  /** An absolute address of this site. */
  endpoint: string;
  /** The receipts of this page by their ids, and whether each is complete. */
  mine: ReadonlyMap<string, boolean>;
  fetch: typeof globalThis.fetch;
  /** Runs `work` when no other tab does the same. */
  inTurn(work: () => Promise<void>): Promise<void>;
  clock(): number;
  report(error: unknown): void;
}

/** Sends receipts until they are acknowledged. */
export interface Post {
  /** Sends what waits, the oldest first, or when a retry is due. */
  send(): void;
  /** Sends now, although a retry is not due yet: the network is back. */
  retry(): void;
  stop(): void;
}

/** In milliseconds. The wait doubles from the first to the last. */
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;
/** How long an answer may take. In milliseconds. */
const TIMEOUT = 10_000;
/** Another page may still be working on a receipt that is younger. In milliseconds. */
const YOUNG = 3_000;

export function createPost(ports: PostPorts): Post {
  const { chain, endpoint, mine, clock, report } = ports;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isSending = false;
  let isLate = false;
  let isStopped = false;
  /** Those that were refused for good; the next page tries once more. */
  const refused = new Set<string>();

  const wake = (delay: number) => {
    if (!isStopped) timer ??= setTimeout(() => void flush(), delay);
  };

  const next = (): Receipt | undefined => {
    const found = chain.unsent().find(({ id }) => !refused.has(id));
    // One that is being completed asks for its turn itself.
    if (!found || isStopped || mine.get(found.id) === false) return;
    const age = clock() - Date.parse(found.time);
    const isYoung = age >= 0 && age < YOUNG;
    if (found.textHash === null && isYoung && !mine.has(found.id)) {
      wake(YOUNG - age);
      return;
    }
    return found;
  };

  /** Resolves to whether to go on. */
  const post = async (receipt: Receipt): Promise<boolean> => {
    let reason: unknown;
    try {
      const { ok, status } = await ports.fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(receipt),
        // It may outlive the page: what it tells is decided.
        keepalive: true,
        credentials: "same-origin",
        // The page's address is nobody's business, not even in the log of requests.
        referrerPolicy: "origin",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (ok) {
        failures = 0;
        chain.acknowledge(receipt.id);
        return true;
      }
      reason = new Error(
        `consent-elements: the endpoint of receipts answered ${status}`,
      );
      if (status > 399 && status < 500 && status !== 408 && status !== 429) {
        refused.add(receipt.id);
        report(reason);
        return true;
      }
    } catch (error) {
      reason = error;
    }
    if (!failures) report(reason);
    wake(
      Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures++) *
        (1 + Math.random() / 2),
    );
    return false;
  };

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (isSending) {
      isLate = true;
      return;
    }
    isSending = true;
    isLate = false;
    await ports.inTurn(async () => {
      for (let found; (found = next()) && (await post(found)););
    });
    isSending = false;
    // Giving the turn back takes time. In a back-off there is a timer, and what is late waits for it.
    if (isLate && !failures) void flush();
  }

  return {
    send() {
      // In a back-off there is a timer, and what is new waits for it.
      if (!failures) void flush();
    },
    retry() {
      failures = 0;
      void flush();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
