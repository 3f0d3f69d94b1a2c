import type { Words } from "../locales/words.js";

/** To be heard, not seen: a screen reader reads it, and it takes no room. Set one by one, since a policy may forbid more. */
const HIDDEN = {
  position: "absolute",
  inlineSize: "1px",
  blockSize: "1px",
  margin: "-1px",
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
} as const;

/**
 * Makes a place inside `manager` where it is told that a choice was kept (WCAG 2.2, success criterion 4.1.3). It is there
 * before there is anything to tell, and stays when banner and panel go. Returns what tells it.
 */
export function createStatus(manager: HTMLElement): (words: Words) => void {
  const place = document.createElement("div");
  place.role = "status";
  Object.assign(place.style, HIDDEN);
  manager.append(place);
  return ({ lang, dir, saved }) => {
    place.lang = lang;
    place.dir = dir;
    // A node of its own each time, so that the same words are told again.
    place.replaceChildren(saved);
  };
}
