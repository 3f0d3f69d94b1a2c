/**
 * Where a record waits between pages: a port that `src/storage/` implements. It deals in text and knows no meaning.
 * Every method may throw; the store then carries on in memory and reads what it cannot read as "never asked".
 */
export interface RecordStorage {
  /** Settles when it can be read, for a storage that answers late. Until then nothing is granted. Default: it can be. */
  readonly ready?: Promise<unknown>;
  /** Every text kept under the record's name. More than one where duplicates exist, such as a host and a domain cookie. */
  read(): readonly string[];
  /** Replaces all of them by `text`, to be kept until `expires`; `undefined` removes them. */
  write(text: string | undefined, expires: Date): void;
}

/** What tells other pages of the site that the record has moved, and hears it from them. */
export interface Neighbours {
  /** Tells the others. `text` is the new record, empty when there is none any more. */
  tell(text: string): void;
  /** Calls back when another page told, or when this page comes back to life (`undefined`: look for yourself). */
  hear(listener: (text?: string) => void): void;
}
