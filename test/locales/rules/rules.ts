/** What the words of a language are held against. */
export interface Rules {
  /** What they may not say: words that praise a yes, hide it, or shame a no. */
  readonly steering: RegExp;
  /** How the language names the answers: accept, reject, preferences, save. */
  readonly labels: readonly [RegExp, RegExp, RegExp, RegExp];
}
