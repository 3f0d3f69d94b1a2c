import { html, type TemplateResult } from "lit";
import type { Choice } from "../consent/choice.js";
import type { Words } from "../locales/words.js";
import type { DescribedPurpose } from "./purposes.js";

/** Draws a purpose's label, description and control: a switch, or three ways where anonymous is one of them. */
export function renderChoice(
  purpose: DescribedPurpose,
  id: string,
  words: Words,
  choice: Choice | undefined,
  choose: (choice: Choice) => void,
): TemplateResult {
  return purpose.anonymous
    ? renderThreeWays(purpose, id, words, choice, choose)
    : html`${renderSwitch(id, purpose.label, choice === "granted", (on) =>
          choose(on ? "granted" : "denied"),
        )}
        <p id=${`${id}-text`} part="description">${purpose.description}</p>`;
}

/** Draws a switch. Its name is its label, whichever way it stands. */
export function renderSwitch(
  id: string,
  label: string,
  isOn: boolean,
  change: (isOn: boolean) => void,
  isDisabled = false,
): TemplateResult {
  return html`<label part="label" for=${id}>${label}</label>
    <input
      id=${id}
      part="switch"
      type="checkbox"
      role="switch"
      aria-describedby=${`${id}-text`}
      .checked=${isOn}
      ?disabled=${isDisabled}
      @change=${(event: Event) =>
        change((event.target as HTMLInputElement).checked)}
    />`;
}

function renderThreeWays(
  { label, description, offText, anonymousText, onText }: DescribedPurpose,
  id: string,
  words: Words,
  choice: Choice | undefined,
  choose: (choice: Choice) => void,
): TemplateResult {
  // What was never granted is off.
  const now = choice ?? "denied";
  const ways: readonly [Choice, string, string][] = [
    ["denied", words.off, offText],
    ["anonymous", words.anonymous, anonymousText],
    ["granted", words.on, onText],
  ];
  return html`<fieldset part="choice" aria-describedby=${`${id}-text`}>
    <legend part="label">${label}</legend>
    <p id=${`${id}-text`} part="description">${description}</p>
    <div part="options">
      ${ways.map(
        ([way, name, meaning]) =>
          html`<label part="option${way === now ? " chosen-option" : ""}">
            <input
              type="radio"
              name=${id}
              value=${way}
              aria-describedby=${`${id}-${way}`}
              .checked=${way === now}
              @change=${() => choose(way)}
            />
            <span>${name}</span>
            <span id=${`${id}-${way}`} hidden>${meaning}</span>
          </label>`,
      )}
    </div>
    <p part="meaning" aria-hidden="true">
      ${ways.find(([way]) => way === now)?.[2]}
    </p>
  </fieldset>`;
}
