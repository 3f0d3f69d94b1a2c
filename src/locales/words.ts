/** What a visitor reads. Every language gives all of it. */
export interface Words {
  /** BCP 47 tag of this language. */
  readonly lang: string;
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
  readonly purposes: Readonly<Record<string, PurposeWords>>;
}

/** What a visitor reads about one purpose. */
export interface PurposeWords {
  readonly label: string;
  readonly description: string;
}
