import { toReceipt, type Receipt } from "../consent/receipt.js";
import { onlyKnown, refuse } from "../consent/refuse.js";
import { answer } from "./answer.js";
import { bodyOf } from "./body.js";
import { isOwnSite, type OwnSiteOptions } from "./own-site.js";

/** Where receipts go. */
export interface ReceiptsHandlerOptions extends OwnSiteOptions {
  /**
   * Keeps a receipt. A browser that has not heard the answer sends the same one again: keep each `id` once
   * (`insert … on conflict do nothing`), or say by `has` what there is.
   */
  save(receipt: Receipt): unknown;
  /** Whether the receipt of this id is kept already; `save` is not called then. Default: nobody knows. */
  has?(id: string): unknown;
  /** Hears why one could not be kept. Default: the console. */
  report?(error: unknown): void;
  /** The time now, in milliseconds since the epoch. Default: the system's clock. */
  clock?(): number;
}

const NAMES: readonly (keyof ReceiptsHandlerOptions)[] = [
  "save",
  "has",
  "report",
  "clock",
  "origins",
];

/** The longest receipt. In bytes. */
const MAX_LENGTH = 8_192;

/**
 * Answers what `keepReceipts()` sends: 204 when it is kept, 400 for what is no receipt, 413 for more than 8 KB, 403 for another site,
 * 405 for anything but a POST, 503 where `save` fails, so that the page tries again. Of what was sent only a receipt's fields are
 * handed on, and never an address or a header.
 */
export function receiptsHandler(
  options: ReceiptsHandlerOptions,
): (request: Request) => Promise<Response> {
  onlyKnown(options, NAMES);
  if (typeof options.save !== "function")
    refuse("save", [options.save], "a function that keeps a receipt");
  const { clock = Date.now, report = console.error } = options;
  /** What is being kept, so that the same receipt twice at a time is kept once. */
  const underWay = new Map<string, Promise<void>>();

  const keep = async (receipt: Receipt): Promise<void> => {
    if (!(await options.has?.(receipt.id))) await options.save(receipt);
  };

  return async (request) => {
    if (request.method !== "POST") return answer(405, { allow: "POST" });
    if (!isOwnSite(request, options)) return answer(403);
    const text = await bodyOf(request, MAX_LENGTH);
    if (text === undefined) return answer(413);
    let receipt: Receipt | undefined;
    try {
      receipt = toReceipt(JSON.parse(text), clock());
    } catch {
      // No JSON.
    }
    if (!receipt) return answer(400);
    const { id } = receipt;
    const kept = underWay.get(id) ?? keep(receipt);
    underWay.set(id, kept);
    try {
      await kept;
      return answer(204);
    } catch (error) {
      report(error);
      return answer(503);
    } finally {
      underWay.delete(id);
    }
  };
}
