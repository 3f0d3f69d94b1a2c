import {
  CHOICES,
  MODES,
  SOURCES,
  type Choices,
  type Mode,
  type Source,
} from "./choice.js";
import { SKEW } from "./record.js";

/** The form that a receipt has. Another form will have another name. */
type ReceiptSchema = "consent-receipt/1";

/**
 * One decision with what was shown, for proof (GDPR, article 7(1)). It holds no address, no user agent and no URL. A receipt is a
 * value: what comes later is another receipt, which names this one.
 */
export interface Receipt {
  readonly schema: ReceiptSchema;
  /** Who: a random version 4 UUID, made with the first receipt of this browser and used for nothing else. */
  readonly consentId: string;
  /** This receipt's own version 4 UUID. */
  readonly id: string;
  /** The receipt before this one; `null` in the first. */
  readonly previousId: string | null;
  /** When it was decided: ISO 8601, UTC, the time of the record. */
  readonly time: string;
  /** The version of what was asked. */
  readonly revision: string;
  /** SHA-256 of the texts, purposes and services shown, in hexadecimal; `null` where nothing was shown, or nothing could be hashed. */
  readonly textHash: string | null;
  /** The version of this library. */
  readonly uiVersion: string;
  /** BCP 47 tag of the language shown; `null` where nothing was shown. */
  readonly locale: string | null;
  /** What an absent choice means. */
  readonly mode: Mode;
  /** Who decided. */
  readonly source: Source;
  /** What was done, as in the record: `grant-all`, `deny-all`, `save`, `set`, `embed`, `withdraw`, `reset`, or a word of the caller's. */
  readonly action: string;
  /** The answers that hold after it, by purpose, granted and denied. Empty after a reset. */
  readonly purposes: Choices;
  /** The same for services with an answer of their own. */
  readonly services: Choices;
}

/** The receipts of this browser. */
export interface Receipts {
  /** The receipts that are kept, the oldest first. */
  list(): readonly Receipt[];
  /** The same with the id that they share, for `JSON.stringify(receipts)`. */
  toJSON(): {
    /** `null` before the first decision. */
    readonly consentId: string | null;
    readonly receipts: readonly Receipt[];
  };
  /**
   * What a decision made now would be hashed with, and the hash; `undefined` where nothing is shown. Archive the text: without it
   * a hash proves nothing.
   */
  shown(): Promise<
    { readonly text: string; readonly textHash: string } | undefined
  >;
  /** Ends it: later decisions yield no receipt, and nothing more is sent. What is kept stays. */
  stop(): void;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const matches = (pattern: RegExp) => (given: unknown) =>
  typeof given === "string" && pattern.test(given);
const orNull = (test: (given: unknown) => boolean) => (given: unknown) =>
  given === null || test(given);
const among = (known: readonly string[]) => (given: unknown) =>
  known.includes(given as string);
const word = matches(/^\P{Cc}{1,64}$/u);
const choices = (given: unknown) =>
  !!given &&
  typeof given === "object" &&
  Object.entries(given).every(
    ([name, choice]) =>
      /^[a-z][\w-]{0,31}$/i.test(name) && CHOICES.includes(choice as never),
  );

/** What each field must be. */
const FIELDS: Readonly<Record<keyof Receipt, (given: unknown) => boolean>> = {
  schema: among(["consent-receipt/1" satisfies ReceiptSchema]),
  consentId: matches(UUID),
  id: matches(UUID),
  previousId: orNull(matches(UUID)),
  time: matches(ISO),
  revision: word,
  textHash: orNull(matches(/^[\da-f]{64}$/)),
  uiVersion: word,
  locale: orNull(matches(/^[a-z\d-]{1,35}$/i)),
  mode: among(MODES),
  source: among(SOURCES),
  action: word,
  purposes: choices,
  services: choices,
};

/** Reads what came from elsewhere as a receipt, of which nothing but its fields is taken. Anything damaged, or dated later than `now`, is none. */
export function toReceipt(given: unknown, now: number): Receipt | undefined {
  const found = Object(given) as Record<string, unknown>;
  const entries = Object.entries(FIELDS).map(
    ([name, test]) => [name, found[name], test(found[name])] as const,
  );
  return entries.every(([, , isRight]) => isRight) &&
    Date.parse(found.time as string) <= now + SKEW
    ? (Object.fromEntries(entries) as unknown as Receipt)
    : undefined;
}
