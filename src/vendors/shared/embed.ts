/** The attributes of a `<consent-embed>`. Set them, and the element does the rest: nothing is asked of the provider before a yes. */
export interface EmbedAttributes extends Readonly<Record<string, string>> {
  readonly purpose: string;
  readonly service: string;
  readonly label: string;
  readonly title: string;
  readonly src: string;
}

/** What is the same for every film and map: it may fill the screen, and is fetched when it comes into view. */
export const embed = (own: EmbedAttributes): EmbedAttributes => ({
  ...own,
  allowfullscreen: "",
  loading: "lazy",
});
