import type { Choices } from "../consent/choice.js";

const crossing = { bubbles: true, composed: true };

/** What the visitor is about to decide, before anything is kept. Cancel it, and nothing is. */
export class ConsentSubmitEvent extends Event {
  declare readonly type: "consent-submit";

  constructor(
    readonly choices: Choices,
    /** What was pressed: `grant-all`, `deny-all` or `save`. */
    readonly action: string,
  ) {
    super("consent-submit", { ...crossing, cancelable: true });
  }
}

/** Tells that the preferences have appeared (`consent-show`) or gone (`consent-hide`). */
export class ConsentLayerEvent extends Event {
  declare readonly type: "consent-show" | "consent-hide";
  readonly layer = "preferences";

  constructor(open: boolean) {
    super(open ? "consent-show" : "consent-hide", crossing);
  }
}
