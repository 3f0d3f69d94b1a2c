/** What a visitor may answer for one purpose, from the loosest to the strictest. */
export const CHOICES = ["granted", "anonymous", "denied"] as const;

/** One answer. Absent (`undefined`) means the visitor was never asked. */
export type Choice = (typeof CHOICES)[number];

/** Answers by purpose name. A purpose that is not listed was never asked. */
export type Choices = Readonly<Record<string, Choice>>;

/** What an absent choice means. In `opt-in` it means no; in `opt-out` and `notice` it means yes until refused. */
export const MODES = ["opt-in", "opt-out", "notice"] as const;
export type Mode = (typeof MODES)[number];

/** Who decided: a person, a browser signal, the page's code, another tab of the site, or an earlier system. */
export const SOURCES = ["user", "signal", "api", "tab", "import"] as const;
export type Source = (typeof SOURCES)[number];
