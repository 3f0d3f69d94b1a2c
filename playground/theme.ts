/**
 * The theme builder. Banner and panel stand in pages of their own, in frames, so that a dialog bars its page and not
 * this one, and light and dark can be had at any time. What is measured is what the browser computed there.
 */
/// <reference types="vite/client" />
import type { ConsentManagerElement } from "../src/elements/consent-manager.js";
import {
  contrast,
  groundOf,
  paintOf,
  textContrast,
} from "../src/elements/contrast.js";
import contrastTheme from "../src/themes/contrast.css?raw";
import monoTheme from "../src/themes/mono.css?raw";
import paperTheme from "../src/themes/paper.css?raw";
import pebbleTheme from "../src/themes/pebble.css?raw";
import { dress } from "./visit.js";

const SCHEMES = ["light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];
type Pair = Readonly<Record<Scheme, string>>;

/** Every colour that has a control, by the end of its property's name. One that may be absent says what it is then. */
const COLORS = {
  surface: { label: "Surface", absent: "" },
  text: { label: "Text", absent: "" },
  muted: { label: "Running text", absent: "" },
  border: { label: "Edges", absent: "" },
  accent: { label: "Buttons", absent: "" },
  "on-accent": { label: "Text on buttons", absent: "black or white" },
  focus: { label: "Focus ring", absent: "as the buttons" },
} as const;
type Color = keyof typeof COLORS;

interface Theme {
  readonly colors: Partial<Record<Color, Pair>>;
  /** In px. */
  readonly radius: number;
  /** In px. */
  readonly gap: number;
  /** In rem. */
  readonly width: number;
  /** In px, where the visitor's own size is 16. */
  readonly size: number;
  readonly leading: string;
  readonly family: string;
  /** Empty for our own. */
  readonly shadow: string;
  /** Empty for our own. */
  readonly backdrop: string;
  /** Rules for parts, as they are written in the theme's file. */
  readonly rules: string;
}

/** The looks of the elements without any theme. What is the same is not printed. */
const PLAIN: Theme = {
  colors: {
    surface: { light: "#ffffff", dark: "#16191f" },
    text: { light: "#1b1f27", dark: "#eceff4" },
    muted: { light: "#4a5260", dark: "#b4bcc9" },
    border: { light: "#d4d8df", dark: "#3b424e" },
    accent: { light: "#1d4fd7", dark: "#9ab8ff" },
  },
  radius: 12,
  gap: 16,
  width: 68,
  size: 16,
  leading: "1.5",
  family: "system-ui, sans-serif",
  shadow: "",
  backdrop: "",
  rules: "",
};

const FAMILIES: Readonly<Record<string, string>> = {
  "The system’s": "system-ui, sans-serif",
  Grotesque: '"Helvetica Neue", Arial, "Liberation Sans", sans-serif',
  Serif: 'Charter, Georgia, "Liberation Serif", serif',
  Typewriter: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  Rounded: 'ui-rounded, Nunito, "Varela Round", system-ui, sans-serif',
};

const SHADOWS: Readonly<Record<string, string>> = {
  Soft: "",
  None: "none",
  Deep: "0 24px 80px rgb(0 0 0 / 0.4)",
  Hard: "6px 6px 0 light-dark(rgb(0 0 0 / 0.25), rgb(255 255 255 / 0.3))",
};

/** A colour as the browser's colour field wants it. */
function hex(color: string): string | undefined {
  const paint = paintOf(color);
  return (
    paint &&
    `#${paint
      .slice(0, 3)
      .map((part) => part.toString(16).padStart(2, "0"))
      .join("")}`
  );
}

/** Reads a file of `src/themes/`: one rule of properties, then rules for parts. */
function read(css: string): Theme {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const { style } = sheet.cssRules[0] as CSSStyleRule;
  const value = (name: string) =>
    style
      .getPropertyValue(`--consent-${name}`)
      .replace(/\s+/g, " ")
      .replace(/\( | \)/g, (each) => each.trim())
      .trim();
  const colors: Partial<Record<Color, Pair>> = {};
  for (const name of Object.keys(COLORS) as Color[]) {
    const text = value(`color-${name}`);
    if (!text) continue;
    const [, light, dark] = /^light-dark\((.+), (.+)\)$/.exec(text) ?? [
      "",
      text,
      text,
    ];
    colors[name] = { light: hex(light!) ?? "#000", dark: hex(dark!) ?? "#fff" };
  }
  const [, size, leading, family] = /^([\d.]+)rem\/([\d.]+) (.+)$/.exec(
    value("font"),
  )!;
  return {
    colors,
    radius: parseFloat(value("radius")),
    gap: parseFloat(value("gap")),
    width: parseFloat(value("max-width")) || PLAIN.width,
    size: Number(size) * 16,
    leading: leading!,
    family: family!,
    shadow: value("shadow"),
    backdrop: value("color-backdrop"),
    rules: css.slice(css.indexOf("\n}\n") + 3).trim(),
  };
}

const PRESETS: Readonly<Record<string, Theme>> = {
  plain: PLAIN,
  paper: read(paperTheme),
  mono: read(monoTheme),
  pebble: read(pebbleTheme),
  contrast: read(contrastTheme),
};

let theme: Theme = PLAIN;
let scheme: Scheme = "light";

/** The theme as a style sheet that needs no other. */
function write({ colors, ...it }: Theme): string {
  const lines: [name: string, value: string][] = [];
  for (const name of Object.keys(COLORS) as Color[]) {
    const pair = colors[name];
    const plain = PLAIN.colors[name];
    if (!pair || (pair.light === plain?.light && pair.dark === plain.dark))
      continue;
    lines.push([
      `color-${name}`,
      pair.light === pair.dark
        ? pair.light
        : `light-dark(${pair.light}, ${pair.dark})`,
    ]);
  }
  if (it.backdrop) lines.push(["color-backdrop", it.backdrop]);
  if (it.radius !== PLAIN.radius) lines.push(["radius", `${it.radius}px`]);
  if (it.gap !== PLAIN.gap) lines.push(["gap", `${it.gap}px`]);
  const font = `${it.size / 16}rem/${it.leading} ${it.family}`;
  if (font !== `1rem/${PLAIN.leading} ${PLAIN.family}`)
    lines.push(["font", font]);
  if (it.shadow) lines.push(["shadow", it.shadow]);
  if (it.width !== PLAIN.width) lines.push(["max-width", `${it.width}rem`]);
  const properties = lines
    .map(([name, value]) => `  --consent-${name}: ${value};`)
    .join("\n");
  const block =
    properties &&
    `consent-banner,\nconsent-preferences,\nconsent-trigger,\nconsent-embed {\n${properties}\n}`;
  return [block, it.rules].filter(Boolean).join("\n\n");
}

const one = <Found extends Element = HTMLElement>(selector: string) =>
  document.querySelector<Found>(selector)!;

function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The two pages in which the theme is worn. */
const frames = {
  banner: one<HTMLIFrameElement>("[data-layer=banner]"),
  panel: one<HTMLIFrameElement>("[data-layer=panel]"),
};

/** The shadow root of the banner or the panel, once it is drawn. */
function rootIn(frame: HTMLIFrameElement, tag: string): ShadowRoot | undefined {
  return frame.contentDocument?.querySelector(tag)?.shadowRoot ?? undefined;
}

/** Loads a page and waits until its banner or panel is there. */
async function load(layer: keyof typeof frames): Promise<void> {
  const frame = frames[layer];
  // What is not drawn cannot take the focus, which a dialog does as soon as it opens.
  frame.hidden = true;
  const loaded = new Promise((resolve) =>
    frame.addEventListener("load", resolve, { once: true }),
  );
  frame.src = "/playground/theme-preview.html";
  await loaded;
  const page = frame.contentDocument!;
  page.head.append(h("style", { "data-theme": "" }));
  // Nothing is decided in a preview, so that there is always something to look at.
  page.addEventListener("consent-submit", (event) => event.preventDefault());
  const manager = page.querySelector<ConsentManagerElement>("consent-manager")!;
  await frame.contentWindow!.customElements.whenDefined("consent-manager");
  if (layer === "panel") {
    await manager.showPreferences();
    await manager.hide();
  } else await manager.show();
  frame.hidden = false;
}

interface Figure {
  readonly label: string;
  readonly least: number;
  measure(scheme: Scheme): number | undefined;
}

const text = (layer: keyof typeof frames, part: string): number | undefined => {
  const root = rootIn(
    frames[layer],
    layer === "banner" ? "consent-banner" : "consent-preferences",
  );
  const ratios = Array.from(
    root?.querySelectorAll(`[part~="${part}"]`) ?? [],
    textContrast,
  ).filter((ratio) => ratio !== undefined);
  return ratios.length ? Math.min(...ratios) : undefined;
};

/** The contrast of a colour of `part`, by the name of its CSS property, with what is around it. */
function edge(
  layer: keyof typeof frames,
  part: string,
  property: "borderTopColor" | "backgroundColor",
): number | undefined {
  const element = rootIn(
    frames[layer],
    layer === "banner" ? "consent-banner" : "consent-preferences",
  )?.querySelector(`[part~="${part}"]`);
  if (!element) return;
  const paint = paintOf(getComputedStyle(element)[property]);
  const ground = groundOf(element.parentElement!);
  return paint && ground && contrast(paint, ground);
}

/** The contrast of the focus ring with the surface that it is drawn on. */
function ring(shown: Scheme): number | undefined {
  const { focus, accent, surface } = theme.colors;
  const [line, ground] = [focus ?? accent, surface].map(
    (pair) => pair && paintOf(pair[shown]),
  );
  return line && ground && contrast(line, ground);
}

const FIGURES: readonly Figure[] = [
  {
    label: "Heading",
    least: 4.5,
    measure: () => text("banner", "heading"),
  },
  {
    label: "Running text",
    least: 4.5,
    measure: () => text("banner", "text"),
  },
  {
    label: "Accept and reject",
    least: 4.5,
    measure: () => {
      const [accept, reject] = [
        text("banner", "accept-button"),
        text("banner", "reject-button"),
      ];
      return accept && reject && Math.min(accept, reject);
    },
  },
  {
    label: "Preferences",
    least: 4.5,
    measure: () => text("banner", "preferences-button"),
  },
  {
    label: "A purpose’s label",
    least: 4.5,
    measure: () => text("panel", "label"),
  },
  {
    label: "A purpose’s description",
    least: 4.5,
    measure: () => text("panel", "description"),
  },
  {
    label: "Buttons’ ground",
    least: 3,
    measure: () => edge("banner", "accept-button", "backgroundColor"),
  },
  {
    label: "Quiet buttons’ edge",
    least: 3,
    measure: () => edge("banner", "preferences-button", "borderTopColor"),
  },
  {
    label: "A switch that is off",
    least: 3,
    measure: () => edge("panel", "switch", "borderTopColor"),
  },
  { label: "Focus ring", least: 3, measure: ring },
];

function setScheme(shown: Scheme): void {
  for (const frame of Object.values(frames)) {
    frame.style.colorScheme = shown;
    const root = frame.contentDocument?.documentElement;
    if (root) root.style.colorScheme = shown;
  }
}

/** Measures all figures in both schemes. Nothing is painted in between, so nothing flickers. */
function drawFigures(): void {
  const measured = SCHEMES.map((shown) => {
    setScheme(shown);
    return FIGURES.map(({ measure }) => measure(shown));
  });
  setScheme(scheme);
  let weak = 0;
  let known = 0;
  const rows = FIGURES.map(({ label, least }, i) => {
    const cells = measured.map((column) => {
      const ratio = column[i];
      if (ratio === undefined) return h("td", {}, "–");
      known++;
      // What is shown as 4.5 must not count as less.
      const passes = Math.round(ratio * 10) / 10 >= least;
      if (!passes) weak++;
      return h(
        "td",
        { "data-tone": passes ? "good" : "bad" },
        ratio.toFixed(1),
        h("span", {}, passes ? " passes" : " too weak"),
      );
    });
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", {}, String(least)),
      ...cells,
    );
  });
  one("[data-figures]").replaceChildren(...rows);
  const verdict = one("[data-verdict]");
  const words =
    weak > 0
      ? `${weak} of ${known} too weak`
      : known > 0
        ? `All ${known} pass`
        : "Measuring …";
  verdict.dataset["tone"] = weak > 0 ? "bad" : "good";
  // The same words again would be read out again.
  if (verdict.textContent !== words) verdict.textContent = words;
}

function draw(): void {
  const css = write(theme);
  for (const frame of Object.values(frames)) {
    const style = frame.contentDocument?.querySelector("style[data-theme]");
    if (style) style.textContent = css;
  }
  one("[data-css]").textContent =
    css || "/* As it comes: there is nothing to write. */";
  one("[data-copied]").textContent = "";
  drawFigures();
}

/** Puts the theme into the fields. */
function fill(): void {
  one("[data-scheme-name]").textContent = scheme;
  for (const name of Object.keys(COLORS) as Color[]) {
    const row = one(`[data-color="${name}"]`);
    const pair = theme.colors[name];
    const shown =
      pair?.[scheme] ??
      (name === "focus"
        ? theme.colors.accent![scheme]
        : (hex(onAccent()) ?? "#000000"));
    const own = row.querySelector<HTMLInputElement>("[type=checkbox]");
    if (own) own.checked = pair !== undefined;
    for (const field of row.querySelectorAll<HTMLInputElement>(
      "[type=color], [type=text]",
    )) {
      field.value = shown;
      field.disabled = pair === undefined;
      field.setCustomValidity("");
    }
  }
  const measures = {
    radius: [theme.radius, `${theme.radius} px`],
    gap: [theme.gap, `${theme.gap} px`],
    width: [theme.width, `${theme.width} rem`],
    size: [theme.size, `${theme.size} px`],
  } as const;
  for (const [name, [value, words]] of Object.entries(measures)) {
    one<HTMLInputElement>(`[name=${name}]`).value = String(value);
    one(`[data-of=${name}]`).textContent = words;
  }
  choose("family", FAMILIES, theme.family);
  choose("shadow", SHADOWS, theme.shadow);
}

/** Fills a list, with what the theme brings along as one more entry where it is none of ours. */
function choose(
  name: string,
  all: Readonly<Record<string, string>>,
  value: string,
): void {
  const list = one<HTMLSelectElement>(`[name=${name}]`);
  const brought = PRESETS[presetName()]![name as "family" | "shadow"];
  const entries = Object.entries(all);
  if (!entries.some(([, each]) => each === brought))
    entries.unshift(["The theme’s", brought]);
  list.replaceChildren(
    ...entries.map(([label, each]) => h("option", { value: each }, label)),
  );
  list.value = value;
}

const presetName = () => one<HTMLInputElement>("[name=preset]:checked").value;

/** What the browser makes of the text on buttons when the theme says nothing of it. */
function onAccent(): string {
  const button = rootIn(frames.banner, "consent-banner")?.querySelector(
    '[part~="accept-button"]',
  );
  return button ? getComputedStyle(button).color : "#000";
}

function setColor(name: Color, value: string | undefined): void {
  const { [name]: before, ...others } = theme.colors;
  if (value === undefined) {
    theme = { ...theme, colors: others };
    return;
  }
  const pair = before ?? { light: value, dark: value };
  theme = {
    ...theme,
    colors: { ...others, [name]: { ...pair, [scheme]: value } },
  };
}

/** Makes the fields of one colour: a swatch, its text, and whether there is one where there need not be. */
function makeColor(name: Color): void {
  const { label, absent } = COLORS[name];
  const id = `color-${name}`;
  const swatch = h("input", { type: "color", "aria-label": `${label}, pick` });
  const field = h("input", {
    type: "text",
    id,
    spellcheck: "false",
    autocomplete: "off",
  });
  swatch.addEventListener("input", () => {
    setColor(name, swatch.value);
    field.value = swatch.value;
    draw();
  });
  field.addEventListener("change", () => {
    const value = hex(field.value);
    field.setCustomValidity(value ? "" : "Write a colour, such as #1d4fd7.");
    if (!field.reportValidity()) return;
    setColor(name, value);
    fill();
    draw();
  });
  const row = one(`[data-color="${name}"]`);
  row.append(h("label", { for: id }, label), swatch, field);
  if (!absent) return;
  const own = h("input", { type: "checkbox" });
  own.addEventListener("change", () => {
    if (own.checked) {
      // One for each scheme, so that the other is not left with a colour that was meant for this one.
      const shown = scheme;
      for (const each of SCHEMES) {
        scheme = each;
        setScheme(each);
        setColor(
          name,
          name === "focus" ? theme.colors.accent![each] : hex(onAccent()),
        );
      }
      scheme = shown;
      setScheme(shown);
    } else setColor(name, undefined);
    draw();
    fill();
  });
  row.append(h("label", { class: "own" }, own, ` its own, not ${absent}`));
}

function listen(): void {
  const builder = one(".builder");
  builder.addEventListener("submit", (event) => event.preventDefault());
  builder.addEventListener("input", ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    if (name === "preset") theme = PRESETS[value]!;
    else if (name === "scheme") scheme = value as Scheme;
    else if (/^(radius|gap|width|size)$/.test(name))
      theme = { ...theme, [name]: Number(value) };
    else if (name === "family" || name === "shadow")
      theme = { ...theme, [name]: value };
    else return;
    draw();
    fill();
  });
  for (const field of document.querySelectorAll<HTMLInputElement>(
    "[name=window]",
  ))
    field.addEventListener("change", () => {
      one(".frames").dataset["window"] = field.value;
    });
  one("[data-copy]").addEventListener("click", async () => {
    const code = one("[data-css]");
    try {
      await navigator.clipboard.writeText(code.textContent);
      one("[data-copied]").textContent = "Copied.";
    } catch {
      // Without permission it is selected, ready for the keyboard.
      getSelection()!.selectAllChildren(code);
      one("[data-copied]").textContent = "Selected: copy it with the keyboard.";
    }
  });
}

dress();
if (matchMedia("(prefers-color-scheme: dark)").matches) {
  scheme = "dark";
  one<HTMLInputElement>("[name=scheme][value=dark]").checked = true;
}
for (const name of Object.keys(COLORS) as Color[]) makeColor(name);
listen();
draw();
fill();
await Promise.all([load("banner"), load("panel")]);
draw();
fill();
