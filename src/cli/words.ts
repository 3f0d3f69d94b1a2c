/** A command that could not be understood. Its message says what to write. */
export class UsageError extends Error {}

/** One subcommand. Returns what it prints; throws a {@link UsageError}, or what `parseArgs` throws, for words that it does not know. */
export interface Subcommand {
  /** How it is called, without the name of the program. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  run(words: string[]): string;
}
