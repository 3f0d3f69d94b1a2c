/** A `Storage` in memory. It counts what was written, and can be told to fail in the ways that browsers do. */
export class FakeStorage implements Storage {
  /** How often something was written, and how many characters in all. */
  writes = 0;
  written = 0;
  /** What was done, in order, such as `setItem key`. */
  readonly seen: string[] = [];
  /** How many characters of values it takes, in all. */
  room = Infinity;
  /** Every method throws. */
  blocked = false;
  readonly #entries: Map<string, string>;

  /** With `other` it is the same storage, seen from another tab. */
  constructor(other?: FakeStorage) {
    this.#entries = other ? other.#entries : new Map();
  }

  [name: string]: unknown;

  /** What is stored, by name. */
  get content(): Record<string, string> {
    return Object.fromEntries(
      [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  get length(): number {
    this.#see("length");
    return this.#entries.size;
  }

  key(index: number): string | null {
    this.#see("key");
    return [...this.#entries.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.#see("getItem", key);
    return this.#entries.get(key) ?? null;
  }

  setItem(key: string, given: string): void {
    this.#see("setItem", key);
    // As browsers do it: what is no text becomes one.
    const value = `${given}`;
    let size = value.length;
    for (const [name, text] of this.#entries)
      if (name !== key) size += text.length;
    if (size > this.room) throw new DOMException("full", "QuotaExceededError");
    this.writes++;
    this.written += value.length;
    this.#entries.set(key, value);
  }

  removeItem(key: string): void {
    this.#see("removeItem", key);
    this.#entries.delete(key);
  }

  clear(): void {
    this.#see("clear");
    this.#entries.clear();
  }

  #see(what: string, key = ""): void {
    if (this.blocked) throw new DOMException("blocked", "SecurityError");
    if (what !== "length" && what !== "key")
      this.seen.push(`${what} ${key}`.trim());
  }
}
