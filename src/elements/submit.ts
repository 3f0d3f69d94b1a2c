import type { Choices } from "../consent/choice.js";
import { ConsentSubmitEvent } from "./events.js";
import type { View } from "./view.js";

/** Asks the page whether `choices` may be kept, and keeps them. Returns whether they were. */
export function submit(
  from: HTMLElement,
  { consent }: View,
  choices: Choices,
  action: string,
): boolean {
  const event = new ConsentSubmitEvent(choices, action);
  if (!from.dispatchEvent(event)) return false;
  consent.set(choices, { source: "user", action });
  return true;
}
