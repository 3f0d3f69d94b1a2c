import type { Mode } from "./choice.js";
import type { Purpose } from "./purpose.js";
import type { ConsentRecord } from "./record.js";

/**
 * What a record may say at most, whatever was decided: a browser's signal or a visitor's age may allow less. A rule from
 * values to values: it gets the record as it is stored (`isNew` is false) or about to be (`isNew` is true), `undefined`
 * where there is none, and returns the one that counts. It may only make a record stricter.
 */
export type Limit = (
  record: ConsentRecord | undefined,
  isNew: boolean,
  purposes: readonly Purpose[],
) => ConsentRecord | undefined;

/** What holds for a visitor beside their decision: where they are, and what their browser says. What is left out stays as it is. */
export interface Profile {
  /** What an absent choice means there. */
  readonly mode?: Mode;
  /** How long a decision holds there, in milliseconds. */
  readonly maxAge?: number;
  readonly limit?: Limit;
}
