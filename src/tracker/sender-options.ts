import type { Loose } from "../consent/refuse.js";
import type { DestinationInput } from "./destination.js";
import type { Level } from "./level.js";
import type { ConsentStore } from "../consent/store.js";

/** What may be set about sending. `TrackerOptions` describes each. */
export interface SenderOptions {
  name: string;
  clock: () => number;
  storage: () => Storage;
  outbox: () => Storage;
  sessionStorage: () => Storage;
  serverAnonymity: boolean | ((level: Level) => boolean);
  stitch: boolean;
  hashIds: boolean;
  hashSalt: string;
  holdTime: number;
  requestTimeout: number;
  inTurn: (name: string, work: () => Promise<void>) => Promise<void>;
  fetch: typeof globalThis.fetch;
  /**
   * The name of the permission that holds, where all tabs know it. Default: the time of the decision. A dialect has none: its
   * own switch, or flag, does not tell when it was turned.
   */
  permission: () => string | undefined;
}

type Settled = "name" | "clock" | "storage" | "outbox" | "sessionStorage";

/** What a sender gets: what the engine has settled, and the rest as it was given. */
export type SenderInput = Loose<Omit<SenderOptions, Settled>> &
  Pick<SenderOptions, Settled> & {
    consent: Pick<ConsentStore, "report" | "record">;
    destination: DestinationInput;
  };
