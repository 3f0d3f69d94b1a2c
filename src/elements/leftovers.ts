import { listOf, type View } from "./view.js";

/** What of withdrawn grants could not be removed, in a sentence: each name once. */
export function leftoversOf(view: View): string {
  const names = new Set(view.consent.leftovers?.map(({ name }) => name));
  return view.words.leftovers.replace("{names}", () =>
    listOf(view, [...names]),
  );
}

/** Says so where it was told that the choice is kept (status.ts): the dialog that it was made in is closed by now. */
export function announceLeftovers(view: View): void {
  view.manager
    .querySelector(':scope > [role="status"]')
    ?.replaceChildren(leftoversOf(view));
}
