import type { Neighbours } from "../../src/consent/ports.js";

/** The other pages of a site, played by the test: what was told to them, and a way to say something back. */
export class FakeNeighbours implements Neighbours {
  /** What the store told the others, in order. */
  readonly told: string[] = [];
  readonly #listeners: ((text?: string) => void)[] = [];

  tell(text: string): void {
    this.told.push(text);
  }

  hear(listener: (text?: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Another page says `text`; without one, this page comes back to the front. */
  say(text?: string): void {
    for (const listener of this.#listeners) listener(text);
  }
}
