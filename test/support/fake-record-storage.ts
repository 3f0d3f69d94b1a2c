import type { RecordStorage } from "../../src/consent/ports.js";

/** A record storage in memory. It notes what was written, and can be told to fail in the ways that browsers do. */
export class FakeRecordStorage implements RecordStorage {
  /** What is kept, as a browser's developer tools would show it. */
  texts: readonly string[];
  /** What was asked to be written, in order; `removed` where nothing was to remain. */
  readonly writes: string[] = [];
  /** Until when the last text was to be kept. */
  expires: string | undefined;

  /** Reading throws. */
  unreadable = false;
  /** Writing throws, removing too. */
  unwritable = false;
  /** Writing throws, removing works. */
  full = false;
  /** Writing does nothing, and says nothing. */
  ignoring = false;
  /** Texts that no writing removes, such as a cookie of another path. */
  stuck: readonly string[] = [];

  constructor(...texts: readonly string[]) {
    this.texts = texts;
  }

  read(): readonly string[] {
    if (this.unreadable) throw new Error("reading is blocked");
    return [...this.stuck, ...this.texts];
  }

  write(text: string | undefined, expires: Date): void {
    this.writes.push(text ?? "removed");
    if (this.unwritable) throw new Error("writing is blocked");
    if (this.full && text) throw new Error("there is no room");
    if (this.ignoring) return;
    this.texts = text ? [text] : [];
    this.expires = text && expires.toISOString();
  }
}
