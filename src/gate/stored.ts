/**
 * One name, or many: in a text `*` stands for any characters, also none (`_ga_*`); a `RegExp` must match the whole name.
 */
export type Pattern = string | RegExp;

/** What something keeps in a visitor's browser, by the place where it is. What is left out, it does not use. */
export interface Stored {
  readonly cookies?: readonly Pattern[];
  readonly local?: readonly Pattern[];
  readonly session?: readonly Pattern[];
  /** IndexedDB databases. */
  readonly databases?: readonly Pattern[];
  /** Caches of the Cache API. */
  readonly caches?: readonly Pattern[];
}
