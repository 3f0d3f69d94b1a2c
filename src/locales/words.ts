/** What a visitor reads. Every language gives all of it, so that no text falls back to another language. */
export interface Words {
  /** BCP 47 tag of this language. */
  readonly lang: string;
  /** The direction of its script. */
  readonly dir: "ltr" | "rtl";
  readonly title: string;
  /** The notice where nothing runs before a yes. `{purposes}` becomes the list of what is asked. */
  readonly optIn: string;
  /** The notice where things run until a no. `{purposes}` becomes the list of what is asked. */
  readonly optOut: string;
  readonly policy: string;
  readonly accept: string;
  readonly reject: string;
  readonly preferences: string;
  readonly preferencesTitle: string;
  readonly preferencesText: string;
  readonly save: string;
  readonly close: string;
  readonly alwaysOn: string;
  /** The three answers to a purpose that may also be measured anonymously, as short as a segment of a control wants. */
  readonly off: string;
  readonly anonymous: string;
  readonly on: string;
  /** What each of the three means, in a sentence. */
  readonly offText: string;
  readonly anonymousText: string;
  readonly onText: string;
  /** The line that opens a purpose's list of services. `{count}` becomes their number. */
  readonly services: string;
  /** The label of the field that narrows a long list of services down. */
  readonly findService: string;
  readonly noService: string;
  /** The names of what is told about a service. */
  readonly provider: string;
  readonly stores: string;
  readonly sendsTo: string;
  readonly keptFor: string;
  /** Said once, after a choice was kept. */
  readonly saved: string;
  /** When the choice was made that holds. `{date}` becomes the date. */
  readonly decided: string;
  /** Shown where the browser itself has said no, by Global Privacy Control for example. */
  readonly signal: string;
  /** What a withdrawal could not remove. `{names}` becomes a list of names. */
  readonly leftovers: string;
  /** The way back to the preferences. */
  readonly trigger: string;
  /** What stands in the place of content from elsewhere. `{service}` becomes its name. */
  readonly embedTitle: string;
  readonly embedText: string;
  readonly embedLoad: string;
  readonly embedAlways: string;
  readonly purposes: Readonly<Record<string, PurposeWords>>;
}

/** What a visitor reads about one purpose. */
export interface PurposeWords {
  readonly label: string;
  readonly description: string;
}

/** Some of the words, those of a page's own. What is left out is ours. */
export type OwnWords = Partial<Omit<Words, "purposes">> & {
  readonly purposes?: Readonly<Record<string, Partial<PurposeWords>>>;
};
