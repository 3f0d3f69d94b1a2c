import type { ConsentStore } from "../consent/store.js";

/** Starts what a page's markup asks for: inert scripts and frames, leftovers to remove, receipts. Fetched when there is any. */
export async function obey(
  _manager: HTMLElement,
  _consent: ConsentStore,
): Promise<void> {}
