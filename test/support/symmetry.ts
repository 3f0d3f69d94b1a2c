import { contrast } from "./contrast.js";

/** What a yes or a no looks like, and what it costs. Lengths in CSS pixels. */
interface Answer {
  /** Presses from here until the page is asked whether the answer may be kept. */
  readonly presses: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Whether all of it is to be seen without scrolling. */
  readonly isInView: boolean;
  /** Whether some of its label lies outside of it, or a word of it had to be broken. */
  readonly isCut: boolean;
  readonly contrast: number;
  /** Font, weight, padding, border, colours and all else that makes one button stand out. */
  readonly look: Readonly<Record<string, string>>;
}

const LOOK = [
  "fontFamily",
  "fontSize",
  "fontWeight",
  "fontStyle",
  "letterSpacing",
  "lineHeight",
  "textTransform",
  "textDecorationLine",
  "textAlign",
  "padding",
  "borderWidth",
  "borderStyle",
  "borderColor",
  "borderRadius",
  "outlineStyle",
  "color",
  "backgroundColor",
  "backgroundImage",
  "boxShadow",
  "filter",
  "opacity",
  "transform",
  "visibility",
] as const;

/** What may be pressed for `action`: the page's own in the slot, or ours. */
export function answerOf(host: Element, action: string): HTMLElement {
  const own = host.querySelector<HTMLElement>(`:scope > [slot="${action}"]`);
  const pressable = own?.matches("button, a")
    ? own
    : own?.querySelector<HTMLElement>("button, a");
  return (
    pressable ?? host.shadowRoot!.querySelector(`[data-action="${action}"]`)!
  );
}

const contrasts = new Map<string, number>();

/** The same two colours come again with every language. */
function contrastOf(color: string, behind: string): number {
  const key = `${color} on ${behind}`;
  const known = contrasts.get(key) ?? contrast(color, behind);
  contrasts.set(key, known);
  return known;
}

function measure(host: Element, action: string): Answer {
  const control = answerOf(host, action);
  const box = host.shadowRoot!.querySelector(
    '[part="banner"], [part="dialog"]',
  )!;
  const { left, top, right, bottom, width, height } =
    control.getBoundingClientRect();
  const around = box.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(control);
  const label = range.getBoundingClientRect();
  const lines = new Set([...range.getClientRects()].map((line) => line.top));
  // Some languages write no spaces, and a line may end after any of their words.
  const words = [
    ...new Intl.Segmenter((host as HTMLElement).lang || "en", {
      granularity: "word",
    }).segment(control.textContent),
  ].filter(({ isWordLike }) => isWordLike);
  const style = getComputedStyle(control);
  const ground =
    style.backgroundColor === "rgba(0, 0, 0, 0)"
      ? getComputedStyle(box).backgroundColor
      : style.backgroundColor;

  let asked = 0;
  const ask = (event: Event) => {
    // Only counted: the next language wants to be asked as well.
    event.preventDefault();
    asked++;
  };
  host.addEventListener("consent-submit", ask);
  control.click();
  host.removeEventListener("consent-submit", ask);

  return {
    presses: asked === 1 ? 1 : Infinity,
    left,
    top,
    width,
    height,
    isInView:
      top >= Math.max(around.top, 0) &&
      bottom <= Math.min(around.bottom, innerHeight),
    isCut:
      label.left < left - 1 ||
      label.right > right + 1 ||
      label.top < top - 1 ||
      label.bottom > bottom + 1 ||
      lines.size > words.length,
    contrast: contrastOf(style.color, ground),
    look: Object.fromEntries(LOOK.map((name) => [name, style[name]])),
  };
}

/** Whether two lengths are the same to the eye: a twentieth, or a pixel that was rounded. */
const alike = (a: number, b: number) =>
  Math.abs(a - b) <= Math.max(1, Math.max(a, b) / 20);

/**
 * In what a yes and a no differ in `host`, which is to be seen: in presses, size, look, contrast, order, place (EDPB Cookie Banner
 * Taskforce, §§ 8 and 17; CNIL 2020-092, § 34; 11 CCR § 7004). Each is said in a few words; none is what is wanted.
 */
export function uneven(host: Element): string[] {
  const [yes, no] = [measure(host, "accept"), measure(host, "reject")];
  const found: string[] = [];
  const check = (isRight: boolean, otherwise: string) =>
    isRight || found.push(otherwise);
  for (const [name, answer] of [
    ["accept", yes],
    ["reject", no],
  ] as const) {
    check(answer.presses === 1, `${name} takes ${answer.presses} presses`);
    check(!answer.isCut, `the label of ${name} is cut`);
    check(
      answer.width >= 44 && answer.height >= 44,
      `${name} has ${answer.width} by ${answer.height} px`,
    );
    check(answer.contrast >= 4.5, `${name} has ${answer.contrast} : 1`);
  }
  check(
    alike(yes.contrast, no.contrast),
    `contrast ${yes.contrast} and ${no.contrast}`,
  );
  check(alike(yes.width, no.width), `width ${yes.width} and ${no.width}`);
  check(alike(yes.height, no.height), `height ${yes.height} and ${no.height}`);
  check(
    alike(yes.width * yes.height, no.width * no.height),
    `area ${yes.width * yes.height} and ${no.width * no.height}`,
  );
  for (const name of LOOK)
    check(
      yes.look[name] === no.look[name],
      `${name} ${yes.look[name]} and ${no.look[name]}`,
    );
  check(
    Math.abs(yes.top - no.top) < 1 !== Math.abs(yes.left - no.left) < 1,
    "neither one row nor one column",
  );
  check(
    yes.isInView === no.isInView,
    `${yes.isInView ? "reject" : "accept"} has to be scrolled to`,
  );
  const order = [
    ...host.shadowRoot!.querySelectorAll<HTMLSlotElement>(
      '[part="actions"] slot',
    ),
  ].map(({ name }) => name);
  check(
    order.indexOf("reject") - order.indexOf("accept") === 1,
    `order ${order.join(", ")}`,
  );
  return found;
}

/** What of `host` or the page would have to be scrolled sideways. */
export function tooWide(host: Element): string[] {
  return [
    document.documentElement,
    ...host.shadowRoot!.querySelectorAll("[part]"),
  ]
    .filter(
      (each) =>
        each.scrollWidth > each.clientWidth &&
        getComputedStyle(each).display !== "inline" &&
        (each === document.documentElement ||
          getComputedStyle(each).overflowX !== "visible"),
    )
    .map((each) => each.getAttribute("part") ?? each.localName);
}

/** The ways in which a visitor's system may want its colours. */
export const COLOUR_MODES = [
  "light",
  "dark",
  "forced colours",
  "more contrast",
] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

const QUERIES: Partial<Record<ColourMode, RegExp>> = {
  "forced colours": /forced-colors/,
  "more contrast": /prefers-contrast/,
};

/**
 * Gives `hosts` the colours of `mode` until the function that is returned is called. The browser under test
 * cannot be told to force colours, so what the styles say for that case holds at once; system colours are those of the page.
 */
export function colour(mode: ColourMode, ...hosts: Element[]): () => void {
  const { style } = document.documentElement;
  style.colorScheme = mode === "dark" ? "dark" : "light";
  const query = QUERIES[mode];
  const changed: [MediaList, string][] = [];
  for (const { shadowRoot } of hosts)
    for (const { cssRules } of shadowRoot!.adoptedStyleSheets)
      for (const rule of cssRules)
        if (
          query &&
          rule instanceof CSSMediaRule &&
          query.test(rule.media.mediaText)
        ) {
          changed.push([rule.media, rule.media.mediaText]);
          rule.media.mediaText = "all";
        }
  return () => {
    style.colorScheme = "";
    for (const [media, before] of changed) media.mediaText = before;
  };
}
