import { en } from "../locales/index.js";
import type { ConsentManagerElement } from "./consent-manager.js";
import { PRESSABLE } from "./control.js";
import { contrast, groundOf, textContrast } from "./contrast.js";

/** What was found, and how to mend it, in one sentence each. */
type Finding = readonly [kind: "warn" | "error", text: string];

/** Slots for a button of the page's own. */
const CONTROLS = ["accept", "reject", "preferences", "save"] as const;

/** Labels that say "go on" and not what they do (EDPB Guidelines 03/2022, annex I; 11 CCR § 7004). */
const STEERING =
  /^\W*(ok(ay)?|got it|i (understand|see)|understood|continue( to (the )?site)?|go on|proceed|next|sure|fine|sounds good|yes,? please|let['’]?s go|dismiss|close|no,? thanks?)\W*$/i;

/** The parts whose text is measured. */
const TEXTS = [
  "heading",
  "text",
  "policy-link",
  "services-button",
  "accept-button",
  "reject-button",
  "preferences-button",
  "save-button",
  "label",
  "description",
  "always-on",
  "option",
  "chosen-option",
  "meaning",
  "services-summary",
  "facts",
  "service-policy-link",
  "decided",
];

/** What each element has been told of, so that it is told once. */
const told = new WeakMap<HTMLElement, Set<string>>();

/**
 * Looks at a `<consent-banner>` or `<consent-preferences>` that has just been drawn, and tells the developer in the console what
 * is wrong with it and how to mend it: contrast, an uneven yes and no, wrong slots, missing labels. Each finding is told
 * once for each element. It changes nothing and never throws.
 */
export function inspect(host: HTMLElement): void {
  try {
    const known = told.get(host) ?? new Set();
    told.set(host, known);
    for (const [kind, text] of findings(host)) {
      if (known.has(text)) continue;
      known.add(text);
      console[kind](`<${host.localName}>: ${text}`, host);
    }
  } catch {
    // A tool must not break what it looks at.
  }
}

function* findings(host: HTMLElement): Generator<Finding> {
  yield* labels(host);
  yield* slots(host);
  if (!host.checkVisibility()) return;
  yield* balance(host);
  // The visitor's own colours are nobody's mistake.
  if (!matchMedia("(forced-colors: active)").matches) yield* contrasts(host);
}

/** Purposes that would be shown by their bare name. */
function* labels(host: HTMLElement): Generator<Finding> {
  const manager = host.closest<ConsentManagerElement>("consent-manager");
  if (!manager) return;
  const said = new Set(Object.keys(en.purposes));
  for (const each of manager.querySelectorAll(
    "consent-purpose[label], consent-service[label]",
  ))
    said.add(each.getAttribute("name") ?? "");
  for (const [name, { label, services = [] }] of Object.entries(
    manager.details ?? {},
  )) {
    if (label) said.add(name);
    for (const service of services)
      if (service.label) said.add(service.name ?? "");
  }
  for (const { name } of manager.consent.purposes)
    if (!said.has(name))
      yield [
        "error",
        `the purpose "${name}" has no label, so visitors read its bare name. Write <consent-purpose name="${name}" label="…">.`,
      ];
}

/** The page's own buttons. */
function* slots(host: HTMLElement): Generator<Finding> {
  const given = (name: string) =>
    Array.from(host.children).filter((each) => each.slot === name);
  for (const name of CONTROLS) {
    const [first] = given(name);
    if (!first) continue;
    if (
      !given(name).some(
        (each) => each.matches(PRESSABLE) || each.querySelector(PRESSABLE),
      )
    )
      yield [
        "error",
        `<${first.localName} slot="${name}"> cannot be pressed with a keyboard, so our own button stays. Put a <button> or a link with href in that slot.`,
      ];
    const label = first.textContent.trim().replace(/\s+/g, " ");
    if (STEERING.test(label))
      yield [
        "warn",
        `"${label}" in slot="${name}" does not say what it does. Name the effect, for example "${en[name]}".`,
      ];
  }
  const [one, other] = given("accept")[0]
    ? ["accept", "reject"]
    : ["reject", "accept"];
  if (given(one!)[0] && !given(other!)[0])
    yield [
      "error",
      `slot="${one}" has a button of the page's own and slot="${other}" has none, so a yes and a no look different. Fill both, or neither.`,
    ];
  const names = new Set(
    Array.from(
      host.shadowRoot?.querySelectorAll("slot") ?? [],
      ({ name }) => name,
    ),
  );
  for (const { slot, localName } of host.children)
    if (slot && !names.has(slot))
      yield [
        "error",
        `there is no slot "${slot}", so <${localName} slot="${slot}"> is not shown. Write ${[...names].filter(Boolean).join(", ")}.`,
      ];
}

/** The control that a visitor presses for `action`: the page's own, or ours. */
function controlFor(host: HTMLElement, action: string): HTMLElement | null {
  for (const given of host.querySelectorAll<HTMLElement>(
    `:scope > [slot="${action}"]`,
  )) {
    const found = given.matches(PRESSABLE)
      ? given
      : given.querySelector<HTMLElement>(PRESSABLE);
    if (found) return found;
  }
  return (
    host.shadowRoot?.querySelector<HTMLElement>(`[data-action="${action}"]`) ??
    null
  );
}

/** A yes and a no of the same weight (EDPB Cookie Banner Taskforce, §§ 17 and 18); a tenth is allowed. */
function* balance(host: HTMLElement): Generator<Finding> {
  const accept = controlFor(host, "accept");
  const reject = controlFor(host, "reject");
  if (!accept?.checkVisibility() || !reject?.checkVisibility()) return;
  const [a, b] = [accept, reject].map(looks) as [Looks, Looks];
  const uneven = Object.entries(a).filter(([name, value]) =>
    differ(value, b[name as keyof Looks]),
  );
  const [backA, backB] = [groundOf(accept), groundOf(reject)];
  if (backA && backB && contrast(backA, backB) > 1.1)
    uneven.push(["background", ""]);
  if (uneven.length)
    yield [
      "warn",
      `accept and reject are not even (${uneven.map(([name]) => name).join(", ")}). Style both alike, with ::part(accept-button) and ::part(reject-button) or one class for both: a choice that is steered is no consent.`,
    ];
}

type Looks = Record<
  "width" | "height" | "font size" | "font weight" | "font" | "text contrast",
  number | string | undefined
>;

function looks(control: HTMLElement): Looks {
  const { width, height } = control.getBoundingClientRect();
  const { fontSize, fontWeight, fontFamily } = getComputedStyle(control);
  return {
    width,
    height,
    "font size": parseFloat(fontSize),
    "font weight": fontWeight,
    font: fontFamily,
    "text contrast": textContrast(control),
  };
}

function differ(a: number | string = 0, b: number | string = 0): boolean {
  return typeof a === "number" && typeof b === "number"
    ? Math.max(a, b) > Math.min(a, b) * 1.1
    : a !== b;
}

/** Text that is hard to read (WCAG 2.2, success criterion 1.4.3). */
function* contrasts(host: HTMLElement): Generator<Finding> {
  for (const name of TEXTS) {
    const part = host.shadowRoot?.querySelector(`[part~="${name}"]`);
    if (part?.checkVisibility()) yield* weak(part, `the part "${name}"`);
  }
  for (const given of host.children) {
    const where = `<${given.localName} slot="${given.slot}">`;
    for (const each of [given, ...given.querySelectorAll("*")])
      if (each.checkVisibility() && hasText(each)) yield* weak(each, where);
  }
}

/** Whether `element` has text of its own, not only in what is inside it. */
const hasText = (element: Element): boolean =>
  Array.from(element.childNodes).some(
    (node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.nodeValue!),
  );

function* weak(element: Element, name: string): Generator<Finding> {
  const ratio = textContrast(element);
  // Half a tenth for what drawing rounds.
  if (ratio !== undefined && ratio < 4.45)
    yield [
      "warn",
      `${name} has a contrast of ${ratio.toFixed(1)}:1 where 4.5:1 is needed. Change ${mend(element)} in this colour scheme.`,
    ];
}

/** What to change, in the words of docs/theming.md. */
function mend(element: Element): string {
  if (!(element.getRootNode() instanceof ShadowRoot))
    return "its color or background";
  if (element.matches("button:not(.quiet, .link), [part~=chosen-option]"))
    return "--consent-color-on-accent or --consent-color-accent";
  return getComputedStyle(element).color ===
    getComputedStyle((element.getRootNode() as ShadowRoot).host).color
    ? "--consent-color-text or --consent-color-surface"
    : "--consent-color-muted or --consent-color-surface";
}
