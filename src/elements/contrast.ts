/** A colour as a screen has it: red, green, blue and opacity, each from 0 to 255. */
export type Paint = readonly [number, number, number, number];

let canvas: CanvasRenderingContext2D | null | undefined;

/** What `color` looks like; undefined where the browser cannot say. It is drawn, because it may be of any colour space. */
export function paintOf(color: string): Paint | undefined {
  canvas ??= Object.assign(document.createElement("canvas"), {
    width: 1,
    height: 1,
  }).getContext("2d", { willReadFrequently: true });
  if (!canvas || !CSS.supports("color", color)) return;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, opacity = 0] = canvas.getImageData(
    0,
    0,
    1,
    1,
  ).data;
  return [r, g, b, opacity];
}

/** `top` painted over `ground`, which is opaque. */
function over(top: Paint, ground: Paint): Paint {
  const share = top[3] / 255;
  const mix = (i: 0 | 1 | 2) => top[i] * share + ground[i] * (1 - share);
  return [mix(0), mix(1), mix(2), 255];
}

/** The contrast of two opaque colours, as WCAG 2 counts it: from 1 to 21. */
export function contrast(a: Paint, b: Paint): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/**
 * What is behind the text in `element`: its own background, and those around it within the same banner or panel. Undefined
 * where a picture is among them, or where nothing opaque is, so that it depends on the page.
 */
export function groundOf(element: Element): Paint | undefined {
  const layers: Paint[] = [];
  for (
    let at: Element | null | undefined = element;
    at;
    at =
      at.assignedSlot ??
      at.parentElement ??
      (at.getRootNode() as Partial<ShadowRoot>).host
  ) {
    const { backgroundColor, backgroundImage } = getComputedStyle(at);
    const paint = paintOf(backgroundColor);
    if (!paint || backgroundImage !== "none") return;
    layers.unshift(paint);
    if (paint[3] === 255)
      return layers.reduce((ground, layer) => over(layer, ground));
    // What is at a fixed place, or above all else, has something else behind it than what is around it.
    if (at.matches("dialog, consent-banner, consent-preferences")) return;
  }
  return;
}

/** The contrast between the text in `element` and what is behind it; undefined where that cannot be told. */
export function textContrast(element: Element): number | undefined {
  const ground = groundOf(element);
  const text = paintOf(getComputedStyle(element).color);
  return ground && text && contrast(over(text, ground), ground);
}

function luminance([r, g, b]: Paint): number {
  const [x, y, z] = [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}
