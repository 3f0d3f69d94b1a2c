import type { LanePorts } from "./lanes.js";
import type { Level } from "./level.js";

/** What may be set about sending. `TrackerOptions` describes each. */
export interface SenderOptions {
  serverAnonymity: boolean | ((level: Level) => boolean);
  stitch: boolean;
  hashIds: boolean;
  hashSalt: string;
  holdTime: number;
  requestTimeout: number;
  outbox: (() => Storage) | undefined;
  inTurn: LanePorts["inTurn"];
  fetch: typeof globalThis.fetch;
}

export const SENDER_DEFAULTS: SenderOptions = {
  serverAnonymity: true,
  stitch: false,
  hashIds: false,
  hashSalt: "",
  holdTime: 600_000,
  requestTimeout: 30_000,
  outbox: undefined,
  // Tabs take turns by Web Locks, which a browser lets go of when a tab dies.
  inTurn: (name, work) => navigator.locks.request(name, work),
  fetch: (...request) => globalThis.fetch(...request),
};
